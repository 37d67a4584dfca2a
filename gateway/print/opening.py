"""开通单: the opening slip with the initial password (clause 二, 三); it is printed once and handed over."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.http.registry import OpeningReceipt
from gateway.print import figures
from gateway.print.typesetter import typeset


@dataclass(frozen=True, slots=True)
class _Opening:
    employer_name: str
    employer_no: str
    agreement_no: str
    opened_on: str
    agency_name: str
    officer: str
    account: str
    specialist_name: str
    initial_password: str


async def opening_slip(receipt: OpeningReceipt) -> bytes:
    """The PDF; nothing of it is stored."""
    form = _Opening(
        employer_name=receipt.employer_name,
        employer_no=receipt.employer_no,
        agreement_no=receipt.agreement_no,
        opened_on=figures.day(receipt.opened_on),
        agency_name=receipt.agency_name,
        officer=receipt.officer,
        account=receipt.account,
        specialist_name=receipt.specialist_name,
        initial_password=receipt.initial_password,
    )
    return await typeset("opening", form)
