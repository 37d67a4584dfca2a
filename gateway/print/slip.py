"""《社会保险费缴费单》 (clause 三(四), A23): number, QR code, kinds, late fee, sum in words, validity."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import segno

from contracts.http.billing import SlipKind, SlipState, SlipView
from contracts.values import KIND_NAMES
from gateway.print import figures
from gateway.print.typesetter import typeset

_STAMPS = {
    SlipState.VALID: "",
    SlipState.PAID: "已缴费",
    SlipState.VOIDED: "已作废",
    SlipState.EXPIRED: "已过期",
}


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    persons: str
    base_sum: str
    rates: str
    unit: str
    person: str
    fee: str
    total: str
    note: str


@dataclass(frozen=True, slots=True)
class _Slip:
    number: str
    code: str
    stamp: str
    employer_name: str
    employer_no: str
    credit_code: str
    agency_name: str
    months: str
    persons: str
    kinds: tuple[_Kind, ...]
    unit: str
    person: str
    fee: str
    amount: str
    words: str
    issued_at: str
    valid_until: str


async def slip_form(slip: SlipView) -> bytes:
    """The PDF of a slip; one that is no longer valid says so across the sheet."""
    form = _Slip(
        number=spaced(slip.slip_no),
        code=qr(slip.slip_no),
        stamp=_STAMPS[slip.state],
        employer_name=slip.employer_name,
        employer_no=slip.employer_no,
        credit_code=slip.credit_code,
        agency_name=slip.agency_name,
        months=figures.months(slip.months),
        persons=str(slip.persons),
        kinds=tuple(_kind(kind) for kind in slip.kinds),
        unit=figures.yuan(sum(kind.unit for kind in slip.kinds)),
        person=figures.yuan(sum(kind.person for kind in slip.kinds)),
        fee=figures.yuan(slip.fee),
        amount=figures.yuan(slip.amount),
        words=slip.amount_words,
        issued_at=figures.minute(slip.issued_at),
        valid_until=figures.until(slip.valid_until),
    )
    return await typeset("slip", form)


def spaced(slip_no: str) -> str:
    """A slip's number in groups of four, as people read it out."""
    return " ".join(slip_no[place : place + 4] for place in range(0, len(slip_no), 4))


def qr(slip_no: str) -> str:
    """The number alone: nothing about the employer is readable from the code."""
    target = BytesIO()
    segno.make_qr(slip_no, error="m").save(target, kind="svg", xmldecl=False, border=0)
    return target.getvalue().decode()


def _kind(kind: SlipKind) -> _Kind:
    return _Kind(
        name=KIND_NAMES[kind.kind],
        persons=str(kind.persons),
        base_sum=figures.yuan(kind.base_sum),
        rates=f"{figures.percent(kind.unit_rate)} / {figures.percent(kind.person_rate)}",
        unit=figures.yuan(kind.unit),
        person=figures.yuan(kind.person),
        fee=figures.yuan(kind.fee),
        total=figures.yuan(kind.unit + kind.person + kind.fee),
        note=kind.note,
    )
