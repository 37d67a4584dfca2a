"""Person lines of a bill, each opened to its explanation (architecture, Money)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import col

from contracts.http.billing import LinePage, LineView
from contracts.http.paging import PAGE_SIZE
from contracts.month import Month
from contracts.values import Kind, Part
from services.billing.queries.bills import bill_row
from services.billing.queries.rates import released
from services.billing.rules.explain import explain
from services.billing.rules.price import Operands, column
from services.billing.rules.rates import RateVersion, operands
from services.billing.sql.pricing import KIND_BITS, taken_from
from services.billing.tables import PersonLine
from services.chassis.work import UnitOfWork


async def lines(work: UnitOfWork, month: Month, kind: Kind, page: int = 1, size: int = PAGE_SIZE) -> LinePage:
    """One kind's lines of the caller's bill by person number; Problem NOT_FOUND without a bill."""
    _, bill = await bill_row(work, month)
    where = (
        (col(PersonLine.month) == month)
        & (col(PersonLine.employer_no) == bill.employer_no)
        & (col(PersonLine.kinds).op("&")(KIND_BITS[kind]) != 0)
    )
    total = await work.session.scalar(select(func.count()).select_from(PersonLine).where(where))
    order = (col(PersonLine.person_no), col(PersonLine.contribution_month), col(PersonLine.sort))
    query = select(PersonLine).where(where).order_by(*order).offset((page - 1) * size).limit(size)
    versions = {version.no: version for version in await released(work)}
    rows = (await work.session.scalars(query)).all()
    views = tuple(_view(row, kind, versions[row.rate_set]) for row in rows)
    return LinePage(total=total or 0, page=page, size=size, month=month, rows=views)


def _operands(row: PersonLine, version: RateVersion) -> Operands[int]:
    taken = dict.fromkeys(taken_from(row.kinds), 1)
    return operands(row.contribution_month, row.base, row.rural, taken, version, row.injury_rate)


def _view(row: PersonLine, kind: Kind, version: RateVersion) -> LineView:
    by = _operands(row, version)
    rates = by.kinds[kind]
    prefix = "" if row.contribution_month == row.month else f"补缴{row.contribution_month}："
    return LineView(
        person_no=row.person_no,
        kind=kind,
        base=row.base,
        unit_rate=rates.unit,
        person_rate=rates.person,
        unit=getattr(row, column(kind, Part.UNIT)),
        person=getattr(row, column(kind, Part.PERSON)),
        unit_text=prefix + explain(by, kind, Part.UNIT),
        person_text=prefix + explain(by, kind, Part.PERSON),
    )
