"""Why money is suspended (挂账): it came, but fits no slip as it stood at the bank's time (domain 5, A23, A30)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from services.billing.rules.slip import payable_at


class Reason(StrEnum):
    """What keeps a payment from its debts, in the order of the tests; the last is judged after it was posted."""

    UNKNOWN_SLIP = "unknown_slip"
    ALREADY_PAID = "already_paid"
    SLIP_EXPIRED = "slip_expired"
    SLIP_VOIDED = "slip_voided"
    WRONG_SUM = "wrong_sum"
    OVERPAID = "overpaid_after_decrease"


REASON_NAMES: dict[Reason, str] = {
    Reason.UNKNOWN_SLIP: "缴费单号不存在",
    Reason.ALREADY_PAID: "该缴费单已缴，重复缴费",
    Reason.SLIP_EXPIRED: "缴费时缴费单已过有效期",
    Reason.SLIP_VOIDED: "缴费时缴费单已作废",
    Reason.WRONG_SUM: "缴费金额与缴费单金额不符",
    Reason.OVERPAID: "减员后应缴减少，多缴部分挂账",
}


def waiting(state: str, amount: int, rest: int) -> int:
    """What of a payment waits in suspense, fen: all of it, or the rest that no debt took."""
    return amount if state == "suspended" else rest


def slip_reason(
    paid_at: datetime,
    amount: int,
    *,
    slip_amount: int,
    valid_until: datetime,
    voided_at: datetime | None,
    paid: bool,
) -> Reason | None:
    """Why a payment cannot be booked to a known slip, judged at the bank's time; none when it can."""
    if paid:
        return Reason.ALREADY_PAID
    if not payable_at(paid_at, valid_until):
        return Reason.SLIP_EXPIRED
    if not payable_at(paid_at, valid_until, voided_at):
        return Reason.SLIP_VOIDED
    return None if amount == slip_amount else Reason.WRONG_SUM
