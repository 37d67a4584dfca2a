"""Rates drafted by one officer and released by another (domain 1.5, 3.1)."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy.exc
from sqlalchemy import select
from sqlmodel import col

from contracts.errors import billing as codes
from contracts.errors import chassis as common
from contracts.http.billing import NewRates, RatesView
from contracts.identity import WHOLE_CITY
from contracts.values import KIND_NAMES, Kind, Role
from services.billing.queries.rates import view_of
from services.billing.tables import PersonLine, RateRow, RateSet
from services.chassis.identity import require, two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id


async def draft_rates(work: UnitOfWork, asked: NewRates) -> RatesView:
    """A draft, which prices nothing; Problem for a kind named twice, for 工伤 and for a span that ends too early."""
    _require_policy(work)
    _check(asked)
    draft = RateSet(
        id=new_id(),
        scheme=asked.scheme.value,
        from_month=asked.effective_from,
        until_month=asked.until,
        document_no=asked.document_no,
        drafted_by=work.caller.account,
        drafted_at=work.now,
    )
    work.session.add(draft)
    await work.session.flush()
    for rate in asked.rates:
        work.session.add(RateRow(rate_set=draft.no or 0, **rate.model_dump(mode="json")))
    await work.session.flush()
    view = await view_of(work, draft)
    work.audit("rates.drafted", f"rates/{draft.id}", after=view)
    return view


async def release_rates(work: UnitOfWork, rates_id: UUID) -> RatesView:
    """Put a draft in force; Problem SAME_OFFICER, or where the month is billed or has released rates already."""
    _require_policy(work)
    query = select(RateSet).where(col(RateSet.id) == rates_id).with_for_update()
    draft = await work.session.scalar(query)
    if draft is None:
        raise Problem(common.NOT_FOUND)
    two_officers(draft.drafted_by, work.caller)
    if draft.released_by is not None:
        raise Problem(codes.RATES_RELEASED, officer=draft.released_by)
    await _refuse_billed(work, draft)
    month = draft.from_month
    draft.released_by, draft.released_at = work.caller.account, work.now
    work.session.add(draft)
    try:
        await work.session.flush()
    except sqlalchemy.exc.IntegrityError as error:
        raise Problem(codes.RATES_EXIST, month=month) from error
    view = await view_of(work, draft)
    work.audit("rates.released", f"rates/{draft.id}", after=view)
    return view


def _require_policy(work: UnitOfWork) -> None:
    """Rates hold for the whole city, so its own officers keep them."""
    require(work.caller, Role.POLICY)
    if not work.caller.sees_district(WHOLE_CITY):
        raise Problem(common.FORBIDDEN)


def _check(asked: NewRates) -> None:
    kinds = [rate.kind for rate in asked.rates]
    if twice := [kind for kind in Kind if kinds.count(kind) > 1]:
        raise Problem(codes.RATES_UNFIT, field="rates", reason=f"{KIND_NAMES[twice[0]]}出现两次")
    if Kind.INJURY in kinds:
        raise Problem(codes.RATES_UNFIT, field="rates", reason="工伤费率属于单位，不在费率表中")
    if asked.until is not None and asked.until < asked.effective_from:
        raise Problem(codes.RATES_UNFIT, field="until", reason="截止月早于起始月")


async def _refuse_billed(work: UnitOfWork, draft: RateSet) -> None:
    """A month in which the scheme has lines is not changed behind them: that is a matter of differences (A17).

    Lines of the other scheme do not count: a run that waits for this one's rates could never get them.
    """
    line = PersonLine
    query = (
        select(col(line.contribution_month))
        .join(RateSet, col(RateSet.no) == col(line.rate_set))
        .where(
            col(line.month) >= draft.from_month,
            col(line.contribution_month) >= draft.from_month,
            col(RateSet.scheme) == draft.scheme,
        )
    )
    if billed := await work.session.scalar(query.order_by(col(line.month).desc()).limit(1)):
        raise Problem(codes.RATES_MONTH_BILLED, month=billed)
