"""What billing tells about a payment: posted with its receipt and what it settled, or suspended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from contracts.events.bank import PaymentNotified
from contracts.events.base import EmployerEvent
from contracts.events.billing import Allocation, PaymentPosted, PaymentSuspended, ReceiptIssued
from contracts.events.decisions import SubmissionDecided
from contracts.values import Outcome
from services.billing.rules.explain import yuan
from services.billing.rules.payment import Money, Part
from services.billing.rules.standing import LedgerDebt
from services.billing.rules.suspense import REASON_NAMES, Reason
from services.chassis.work import UnitOfWork


def posted(
    work: UnitOfWork,
    money: Money,
    debts: Mapping[int, LedgerDebt],
    receipt_no: str,
    settled: Sequence[EmployerEvent],
) -> None:
    """PaymentPosted, ReceiptIssued, what the payment settled, and the decision for the employer."""
    work.publish(_payment(money, debts))
    work.publish(
        ReceiptIssued(
            version=2,
            employer_no=money.employer_no,
            payment_id=money.payment_id,
            receipt_no=receipt_no,
            amount=money.amount,
            issued_on=work.today,
        )
    )
    for event in settled:
        work.publish(event)
    text = accepted(money.amount, receipt_no)
    work.publish(_decision(money.employer_no, money.payment_id, Outcome.ACCEPTED, text, work.now))


def accepted(amount: int, receipt_no: str) -> str:
    """What the employer reads of a payment that was posted, its sum in fen."""
    return f"缴费{yuan(amount)}元已入账，票据号{receipt_no}"


def suspended(work: UnitOfWork, event: PaymentNotified, reason: Reason) -> None:
    """PaymentSuspended and the decision that names the reason."""
    work.publish(
        PaymentSuspended(
            version=1,
            employer_no=event.key(),
            payment_id=event.notification_id,
            amount=event.amount,
            paid_at=event.paid_at,
            slip_no=event.slip_no,
            bank=event.bank,
            serial=event.serial,
            reason=reason,
        )
    )
    text = f"缴费{yuan(event.amount)}元已挂账：{REASON_NAMES[reason]}"
    next_step = "请联系经办机构核对，由工作人员调账或退回原付款账户"
    decided = _decision(event.key(), event.notification_id, Outcome.WAITING, text, work.now)
    work.publish(decided.model_copy(update={"reason_code": reason.value, "next_step": next_step}))


def _payment(money: Money, debts: Mapping[int, LedgerDebt]) -> PaymentPosted:
    return PaymentPosted(
        version=1,
        employer_no=money.employer_no,
        payment_id=money.payment_id,
        channel=money.channel,
        amount=money.amount,
        paid_at=money.paid_at,
        slip_no=money.slip_no,
        bank=money.bank,
        serial=money.serial,
        allocations=tuple(allocation(part, debts[part.debt_id]) for part in money.parts),
    )


def allocation(part: Part, debt: LedgerDebt) -> Allocation:
    """Where a part goes, fen."""
    return Allocation(
        month=debt.month,
        kind=debt.kind,
        sort=debt.sort,
        unit=part.unit,
        person=part.person,
        fee=part.fee,
        bill_month=debt.bill_month,
        fee_from=debt.fee_from,
    )


def _decision(
    employer_no: str, payment_id: UUID, outcome: Outcome, text: str, at: datetime
) -> SubmissionDecided:
    return SubmissionDecided(
        version=1,
        employer_no=employer_no,
        owner="billing",
        submission_no=str(payment_id),
        matter="payment",
        outcome=outcome,
        reason=text,
        decided_at=at,
    )
