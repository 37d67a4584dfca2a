"""Notifications of a bank, by number."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from contracts.events.bank import PaymentNotified
from contracts.http.bank import Notification
from services.chassis.clocks import SHANGHAI

PAID_AT = datetime(2016, 9, 9, 10, 5, tzinfo=SHANGHAI)
CLEARED = date(2016, 9, 9)


def serial(number: int) -> str:
    """A serial that nobody else uses."""
    return f"ICBC20160909{number:08}"


def slip_no(number: int) -> str:
    """A slip number by form, spread over many employers."""
    return f"3706{number % 50_000:06}{number % 1_000_000:06}0"


def notification(number: int) -> Notification:
    """What the bank posts."""
    return Notification(
        serial=serial(number),
        slip_no=slip_no(number),
        amount=860_258,
        paid_at=PAID_AT,
        clearing_day=CLEARED,
        payer_account="1606020109000000001",
        payer_name="烟台海源机械有限公司",
    )


def notified(number: int) -> PaymentNotified:
    """What the gateway tells billing."""
    return PaymentNotified(
        version=1,
        notification_id=UUID(int=number + 1),
        bank="ICBC",
        serial=serial(number),
        slip_no=slip_no(number),
        amount=860_258,
        paid_at=PAID_AT,
        clearing_day=CLEARED,
    )
