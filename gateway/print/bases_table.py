"""《职工缴费基数申报确认表》 (clause 三(三)1, domain 4.2): each employee signs, the employer keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.http.enrollment import BaseRound, BaseRow
from contracts.month import Month
from gateway.figures import whole_yuan
from gateway.print import figures
from gateway.print.increase_table import TableHead
from gateway.print.typesetter import typeset


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    person_no: str
    name: str
    id_number: str
    paid_from: str
    paid_to: str
    total: str
    average: str
    base: str
    clamped: str


@dataclass(frozen=True, slots=True)
class _Document:
    year: str
    employer_name: str
    employer_no: str
    specialist: str
    printed_at: str
    declaration_no: str
    floor: str
    ceiling: str
    posted: str
    total: str
    base: str
    rows: tuple[_Row, ...]


async def bases_table(head: TableHead, round_: BaseRound, rows: Sequence[BaseRow]) -> bytes:
    """The PDF of everybody declared, in the order of the rows."""
    posted = ""
    if round_.posted_from and round_.posted_to:
        posted = f"{figures.short_day(round_.posted_from)} 至 {figures.short_day(round_.posted_to)}"
    document = _Document(
        year=str(round_.year),
        employer_name=head.employer_name,
        employer_no=head.employer_no,
        specialist=head.specialist,
        printed_at=figures.minute(head.printed_at),
        declaration_no=round_.declaration_no,
        floor=whole_yuan(round_.floor),
        ceiling=whole_yuan(round_.ceiling),
        posted=posted,
        total=figures.yuan(sum(row.wage_total or 0 for row in rows)),
        base=whole_yuan(sum(row.base or 0 for row in rows)),
        rows=tuple(_row(round_.year, number, row) for number, row in enumerate(rows, start=1)),
    )
    return await typeset("bases_table", document)


def _row(year: int, number: int, row: BaseRow) -> _Row:
    last = Month(year - 1, 12)
    return _Row(
        number=str(number),
        person_no=row.person_no,
        name=row.name,
        id_number=row.id_number_masked,
        paid_from=str(last.plus(1 - (row.months or 1))),
        paid_to=str(last),
        total=figures.yuan(row.wage_total or 0),
        average=figures.yuan(row.declared_wage or 0),
        base=whole_yuan(row.base or 0),
        clamped=row.clamped,
    )
