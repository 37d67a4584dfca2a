"""The demo's book of payments: each is counted as its newest event tells it, in whatever order the events come."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from uuid import UUID

from contracts.events.billing import Allocation, PaymentEvent, PaymentPosted, PaymentSuspended
from contracts.month import Month
from contracts.values import Channel, DebtSort, Kind
from deploy.demo.money import Money
from services.chassis.clocks import SHANGHAI

PAID_AT = datetime(2016, 9, 8, 10, tzinfo=SHANGHAI)
ONE, OTHER = UUID(int=1), UUID(int=2)


def posted(payment: UUID, version: int, amount: int, allocated: int) -> PaymentPosted:
    part = Allocation(
        month=Month(2016, 9),
        kind=Kind.PENSION,
        sort=DebtSort.ORDINARY,
        unit=allocated - 30,
        person=20,
        fee=10,
    )
    return PaymentPosted(
        version=version,
        employer_no="3706000001",
        payment_id=payment,
        channel=Channel.BANK,
        amount=amount,
        paid_at=PAID_AT,
        slip_no=None,
        bank=None,
        serial=None,
        allocations=(part,),
    )


def suspended(payment: UUID, version: int, amount: int) -> PaymentSuspended:
    return PaymentSuspended(
        version=version,
        employer_no="3706000001",
        payment_id=payment,
        amount=amount,
        paid_at=PAID_AT,
        slip_no=None,
        bank=None,
        serial=None,
        reason="overpaid",
    )


def sums(*events: PaymentEvent) -> tuple[int, int, int]:
    money = Money()
    for event in events:
        money.hear(event)
    return money.posted, money.allocated, money.suspended


def test_a_payment_told_again_counts_once_and_its_rest_waits() -> None:
    told = posted(ONE, 1, 860_258, 860_258), posted(ONE, 2, 860_258, 800_000), suspended(ONE, 3, 60_258)
    for order in permutations(told):
        assert sums(*order) == (800_000, 800_000, 60_258)


def test_suspended_money_that_was_matched_waits_no_more() -> None:
    told = suspended(ONE, 1, 5_000), posted(ONE, 2, 5_000, 5_000), suspended(OTHER, 1, 700)
    for order in permutations(told):
        assert sums(*order) == (5_000, 5_000, 700)


def test_a_sum_that_does_not_add_up_shows() -> None:
    assert sums(posted(ONE, 1, 5_000, 4_000)) == (5_000, 4_000, 0)
