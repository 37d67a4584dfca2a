"""《参保单位缴纳社会保险费人员增加表》 (clause 三(一), domain 4.1): kept by the employer, ×2 for the counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.http.enrollment import IncreaseState, IncreaseView
from contracts.values import Kind
from gateway.print import figures
from gateway.print.typesetter import typeset

MOST = 500
"""Persons one document holds."""
KINDS: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("养", frozenset({Kind.PENSION, Kind.GOV_PENSION})),
    ("医", frozenset({Kind.MEDICAL})),
    ("失", frozenset({Kind.UNEMPLOYMENT})),
    ("工", frozenset({Kind.INJURY})),
    ("生", frozenset({Kind.MATERNITY})),
    ("年", frozenset({Kind.ANNUITY})),
)
_COUNTER = frozenset({IncreaseState.AWAITING_COUNTER, IncreaseState.CONFIRMED_COUNTER})
_WAYS = {
    IncreaseState.CONFIRMED_AUTO: "自动",
    IncreaseState.AWAITING_COUNTER: "待柜台",
    IncreaseState.CONFIRMED_COUNTER: "柜台",
    IncreaseState.RETURNED: "已退回",
    IncreaseState.VOIDED: "已作废",
    IncreaseState.WITHDRAWN: "已撤销",
    IncreaseState.IMPORTED: "导入",
}


@dataclass(frozen=True, slots=True)
class TableHead:
    """Whose table it is and who prints it."""

    employer_name: str
    employer_no: str
    specialist: str
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    name: str
    sex: str
    id_kind: str
    id_number: str
    born_on: str
    household: str
    household_address: str
    home_address: str
    phone: str
    form: str
    reason: str
    hired_on: str
    contract_until: str
    wage: str
    base: str
    kinds: tuple[bool, ...]
    first_month: str
    way: str
    submission_no: str
    note: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One copy of one table."""

    copy: str
    counter: bool
    months: str
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    employer_name: str
    employer_no: str
    specialist: str
    printed_at: str
    kinds: tuple[str, ...]
    sheets: tuple[_Sheet, ...]


async def increase_table(head: TableHead, increases: Sequence[IncreaseView]) -> bytes:
    """The PDF; increases for the counter come as a table of their own in two copies."""
    own = [one for one in increases if one.state not in _COUNTER]
    counter = [one for one in increases if one.state in _COUNTER]
    sheets = [_sheet(own, copy="单位留存", counter=False)] if own else []
    if counter:
        sheets += [
            _sheet(counter, copy=copy, counter=True) for copy in ("第一份 经办机构留存", "第二份 单位留存")
        ]
    document = _Document(
        employer_name=head.employer_name,
        employer_no=head.employer_no,
        specialist=head.specialist,
        printed_at=figures.minute(head.printed_at),
        kinds=tuple(name for name, _ in KINDS),
        sheets=tuple(sheets),
    )
    return await typeset("increase_table", document)


def _sheet(increases: Sequence[IncreaseView], *, copy: str, counter: bool) -> _Sheet:
    months = tuple(one.first_month for one in increases)
    rows = tuple(_row(number, one) for number, one in enumerate(increases, start=1))
    return _Sheet(copy=copy, counter=counter, months=figures.months(months), rows=rows)


def _row(number: int, one: IncreaseView) -> _Row:
    return _Row(
        number=str(number),
        name=one.name,
        sex=one.sex,
        id_kind=one.id_kind,
        id_number=one.id_number,
        born_on=figures.short_day(one.born_on),
        household=one.household,
        household_address=one.household_address,
        home_address=one.home_address,
        phone=one.phone,
        form=one.employment_form,
        reason=one.reason,
        hired_on=figures.short_day(one.hired_on),
        contract_until=figures.short_day(one.contract_until),
        wage=figures.yuan(one.declared_wage),
        base=figures.yuan(one.base),
        kinds=tuple(bool(kinds & set(one.kinds)) for _, kinds in KINDS),
        first_month=str(one.first_month),
        way=_WAYS[one.state],
        submission_no=one.submission_no,
        note="；".join(part for part in (one.clamped, one.note) if part),
    )
