"""开通单, 密码重置单: the slip with an initial password (clauses 二, 三, 三(六)); printed once and handed over."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.http.applications import AccountReceipt, ApplicationMatter
from contracts.http.registry import OpeningReceipt
from gateway.print import figures
from gateway.print.typesetter import typeset

SYSTEM = "烟台市社会保险单位网上服务系统"
TITLES = {
    ApplicationMatter.PASSWORD: "密码重置单",
    ApplicationMatter.SPECIALIST: "专管员变更单",
    ApplicationMatter.APPROVER: "复核人账户单",
    ApplicationMatter.APPROVER_PASSWORD: "复核人密码重置单",
}


_APPROVERS = (ApplicationMatter.APPROVER, ApplicationMatter.APPROVER_PASSWORD)


@dataclass(frozen=True, slots=True)
class _Slip:
    title: str
    reference_label: str
    reference: str
    day_label: str
    day: str
    employer_name: str
    employer_no: str
    agency_name: str
    officer: str
    account: str
    holder_label: str
    specialist_name: str
    initial_password: str


def _slip(receipt: OpeningReceipt | AccountReceipt) -> _Slip:
    if isinstance(receipt, OpeningReceipt):
        head = (f"{SYSTEM}开通单", "协议书编号", receipt.agreement_no, "开通日期", receipt.opened_on)
    else:
        title = f"{SYSTEM}{TITLES[receipt.matter]}"
        head = (title, "申请编号", receipt.application_no, "办结日期", receipt.issued_on)
    return _Slip(
        *head[:4],
        figures.day(head[4]),
        employer_name=receipt.employer_name,
        employer_no=receipt.employer_no,
        agency_name=receipt.agency_name,
        officer=receipt.officer,
        account=receipt.account,
        holder_label="复核人" if _approves(receipt) else "社会保险专管员",
        specialist_name=receipt.specialist_name,
        initial_password=receipt.initial_password,
    )


def _approves(receipt: OpeningReceipt | AccountReceipt) -> bool:
    return isinstance(receipt, AccountReceipt) and receipt.matter in _APPROVERS


async def account_slip(receipt: OpeningReceipt | AccountReceipt) -> bytes:
    """The PDF; nothing of it is stored."""
    return await typeset("account_slip", _slip(receipt))
