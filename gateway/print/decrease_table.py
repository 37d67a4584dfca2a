"""《参保单位缴纳社会保险费人员减少表》 (clause 三(二), domain 4.2): printed and kept with the papers of leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.http.enrollment import DecreaseRow, DecreaseState
from gateway.print import figures
from gateway.print.increase_table import KINDS, TableHead
from gateway.print.typesetter import typeset

_STATES = {
    DecreaseState.CONFIRMED_AUTO: "已减员",
    DecreaseState.QUEUED: "预约",
    DecreaseState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    name: str
    id_kind: str
    id_number: str
    reason_code: str
    reason: str
    left_on: str
    last_month: str
    kinds: tuple[bool, ...]
    involuntary: str
    papers: str
    state: str
    submission_no: str
    note: str


@dataclass(frozen=True, slots=True)
class _Document:
    employer_name: str
    employer_no: str
    specialist: str
    printed_at: str
    months: str
    kinds: tuple[str, ...]
    rows: tuple[_Row, ...]


async def decrease_table(head: TableHead, rows: Sequence[DecreaseRow]) -> bytes:
    """The PDF of one table, in the order of the rows."""
    document = _Document(
        employer_name=head.employer_name,
        employer_no=head.employer_no,
        specialist=head.specialist,
        printed_at=figures.minute(head.printed_at),
        months=figures.months(tuple(row.decrease.last_month for row in rows)),
        kinds=tuple(name for name, _ in KINDS),
        rows=tuple(_row(number, row) for number, row in enumerate(rows, start=1)),
    )
    return await typeset("decrease_table", document)


def _row(number: int, row: DecreaseRow) -> _Row:
    one = row.decrease
    return _Row(
        number=str(number),
        name=one.name,
        id_kind=row.id_kind,
        id_number=row.id_number,
        reason_code=one.reason,
        reason=one.reason_name,
        left_on=figures.short_day(one.left_on),
        last_month=str(one.last_month),
        kinds=tuple(bool(kinds & set(row.kinds)) for _, kinds in KINDS),
        involuntary="是" if row.involuntary else "否",
        papers="、".join(one.documents),
        state=_STATES[one.state],
        submission_no=one.submission_no,
        note="；".join(part for part in (figures.short_day(row.extra_date), row.note) if part),
    )
