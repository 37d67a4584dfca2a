"""Bills as their employer sees them (A22)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.billing import BillPage, BillState, BillView, SlipKind
from contracts.http.paging import PAGE_SIZE
from contracts.month import Month
from contracts.values import DebtSort, Kind, Part, Scheme
from services.billing.queries.bill_slip import current_slip, paid_of, receipt_of, voided_slip
from services.billing.queries.rates import released
from services.billing.queries.slips import slip_view
from services.billing.reach import employer_in_reach
from services.billing.rules.amount_words import amount_words
from services.billing.rules.explain import yuan
from services.billing.rules.price import KINDS
from services.billing.rules.rates import RateVersion, rates_in
from services.billing.rules.window import WINDOW_2016
from services.billing.tables import Bill, Employer, InjuryRateRow, KindSumRow
from services.chassis.identity import own_employer
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork

MONTHS_SHOWN = 60
"""Bills of five years."""


async def bill_row(work: UnitOfWork, month: Month) -> tuple[Employer, Bill]:
    """The caller's employer and its bill; Problem NOT_FOUND where there is none."""
    employer = await employer_in_reach(work, own_employer(work.caller))
    bill = await work.session.get(Bill, (employer.employer_no, month, "ordinary"))
    if bill is None:
        raise Problem(common.NOT_FOUND)
    return employer, bill


async def bill(work: UnitOfWork, month: Month) -> BillView:
    """One month's bill with its slip."""
    employer, row = await bill_row(work, month)
    return await _with_slip(work, row, await _view(work, employer, row, await released(work)))


async def bills(work: UnitOfWork, page: int = 1, size: int = PAGE_SIZE, *, slips: bool = False) -> BillPage:
    """The employer's bills, newest month first; `slips` adds the valid slip of each, or the one that paid it."""
    employer = await employer_in_reach(work, own_employer(work.caller))
    own = select(Bill).where(col(Bill.employer_no) == employer.employer_no)
    shown = own.order_by(col(Bill.month).desc()).limit(MONTHS_SHOWN).subquery()
    total = await work.session.scalar(select(func.count()).select_from(shown))
    query = own.order_by(col(Bill.month).desc()).offset((page - 1) * size)
    rows = (
        await work.session.scalars(query.limit(max(min(size, MONTHS_SHOWN - (page - 1) * size), 0)))
    ).all()
    versions = await released(work)
    views = [await _view(work, employer, row, versions) for row in rows]
    if slips:
        views = [await _with_slip(work, row, view) for row, view in zip(rows, views, strict=True)]
    return BillPage(total=total or 0, page=page, size=size, rows=tuple(views))


async def _with_slip(work: UnitOfWork, row: Bill, view: BillView) -> BillView:
    slip = await current_slip(work, row)
    if slip is None:
        return view.model_copy(update={"voided_slip_no": await voided_slip(work, row)})
    return view.model_copy(update={"slip": await slip_view(work, slip.slip_no)})


async def _view(work: UnitOfWork, employer: Employer, row: Bill, versions: Sequence[RateVersion]) -> BillView:
    previous = await work.session.get(Bill, (row.employer_no, row.month.plus(-1), "ordinary"))
    return BillView(
        employer_no=row.employer_no,
        month=row.month,
        version=row.version,
        state=BillState(row.state),
        persons=row.persons,
        kinds=await _kinds(work, employer, row, versions),
        unit=row.unit,
        person=row.person,
        total=row.total,
        total_words=amount_words(row.total),
        paid=await paid_of(work, row),
        due_day=row.due_day,
        window_from=WINDOW_2016.opens(row.month),
        previous_total=previous.total if previous else None,
        confirmed_at=row.confirmed_at,
        settled_on=row.settled_on,
        receipt_no=await receipt_of(work, row),
    )


async def _kinds(
    work: UnitOfWork, employer: Employer, row: Bill, versions: Sequence[RateVersion]
) -> tuple[SlipKind, ...]:
    query = select(KindSumRow).where(
        col(KindSumRow.employer_no) == row.employer_no, col(KindSumRow.month) == row.month
    )
    sums = (await work.session.scalars(query)).all()
    if not sums:
        return ()
    injury = await _injury_rate(work, row)
    rates = rates_in(row.month, Scheme(employer.scheme), versions)
    by_kind = {kind: [one for one in sums if one.kind == kind] for kind in KINDS}
    return tuple(_kind(kind, found, rates, injury) for kind, found in by_kind.items() if found)


async def _injury_rate(work: UnitOfWork, row: Bill) -> int:
    query = select(col(InjuryRateRow.rate)).where(
        col(InjuryRateRow.employer_no) == row.employer_no,
        col(InjuryRateRow.from_month) <= row.month,
        col(InjuryRateRow.to_month) >= row.month,
    )
    return int(await work.session.scalar(query) or 0)


def _kind(kind: Kind, sums: Sequence[KindSumRow], rates: RateVersion, injury: int) -> SlipKind:
    """One kind of the bill: heads and bases of the month itself, sums with what is supplemented."""
    own = [one for one in sums if one.sort == DebtSort.ORDINARY]
    extra = sum(one.unit + one.person for one in sums if one.sort == DebtSort.SUPPLEMENT)
    return SlipKind(
        kind=kind,
        persons=sum(one.persons for one in own),
        base_sum=sum(one.base_sum for one in own),
        unit_rate=injury if kind is Kind.INJURY else _rate(rates, kind, Part.UNIT),
        person_rate=_rate(rates, kind, Part.PERSON),
        unit=sum(one.unit for one in sums),
        person=sum(one.person for one in sums),
        fee=0,
        note=f"含补缴{yuan(extra)}" if extra else "",
    )


def _rate(rates: RateVersion, kind: Kind, part: Part) -> int:
    found = rates.kinds.get(kind)
    if found is None:
        return 0
    return found.unit if part is Part.UNIT else found.person
