"""The main job end to end: opened, logged in, enrolled, billed, confirmed, paid; and what becomes of who pays late."""

from __future__ import annotations

import secrets
from datetime import date, datetime

import pytest

from contracts.http.bank import Accepted
from contracts.http.billing import ArrearsSlip, CounterPayment, PaymentView, SlipView
from contracts.http.notices import OrderPage, OrderView, Released, ReleaseOrders
from contracts.month import Month
from services.chassis.clocks import SHANGHAI
from tests.flows.fleet import REPLICAS
from tests.flows.flow import City, Flow, types

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]
BILL = 860_258
OWNERS = ("registry", "enrollment", "billing", "notices")
READERS = ("enrollment", "billing", "notices", "gateway")
V3 = {"pension": 11_903, "medical": 4_120, "unemployment": 541, "injury": 412, "maternity": 229}
"""Late fee of 40 days."""
SETTLED = {"PaymentPosted": 1, "ReceiptIssued": 1, "BillSettled": 1, "SubmissionDecided": 1}


async def test_1_who_pays_is_seen_paid_at_once(city: City):
    flow = await city.enrolled(1)
    bill = await flow.bill("2016-09")
    assert (bill.persons, bill.total, bill.state) == (3, BILL, "assessed")
    slip = await flow.confirm("2016-09")
    assert (slip.amount, slip.state) == (BILL, "valid")
    assert types(await flow.told()) == {"BillConfirmed": 1, "SlipIssued": 1}
    answers = await flow.pay(slip.slip_no, datetime(2016, 9, 7, 15, tzinfo=SHANGHAI), times=4)
    assert all(isinstance(one, Accepted) for one in answers), answers
    assert len({one.notification_id for one in answers if isinstance(one, Accepted)}) == 1
    assert types(await flow.told()) == {"PaymentNotified": 1, **SETTLED}
    bill = await flow.bill("2016-09")
    assert (bill.state, bill.paid) == ("settled", BILL)
    assert await flow.payments() == [("posted", "", BILL)]


async def test_1_who_pays_late_gets_an_order_and_pays_172_05_or_in_parts_109_55(city: City):
    never, parts = await city.enrolled(2), await city.enrolled(3)
    await city.day(date(2016, 9, 11))
    for flow in (never, parts):
        assert await flow.told() == {("ArrearsOpened", f"{flow.employer_no}/2016-09"): 1}
        owed = await flow.arrears("2016-09-11")
        assert (owed.principal, owed.fee) == (BILL, 431)
        await serve(city, flow)
    await city.day(date(2016, 9, 25))
    await a_slip_for_a_later_day(never)
    assert types(await never.told()) == {"OrderLapsed": 1, "SlipIssued": 2, "SlipVoided": 1}
    assert types(await parts.told()) == {"OrderLapsed": 1}
    await at_counter(city, parts, 500_000, date(2016, 9, 25))
    assert types(await parts.told()) == {"PaymentPosted": 1, "ReceiptIssued": 1, "SubmissionDecided": 1}
    await city.day(date(2016, 10, 1))  # a run that came after the 10th would owe the bill a later window
    for flow in (never, parts):
        assert types(await flow.told()) == {"BillAssessed": 1}
    await city.day(date(2016, 10, 20))
    for flow in (never, parts):
        assert types(await flow.told()) == {"ArrearsOpened": 1}
    await paid_whole(never)
    await paid_in_parts(city, parts)
    await both_replicas_worked(city)


async def both_replicas_worked(city: City) -> None:
    """Each of the two replicas of every process has answered calls and taken events.

    Which of them reads an employer's partition is the broker's choice: further employers come until both have read.
    An owner's replica is called by the gateway's replica of the same number alone.
    """
    more = iter(range(91, 97))
    while not await replicas_that_count(city, "si_inbox_consumed_total") >= both(READERS):
        await city.employer(next(more), Month(2016, 10))
    assert await replicas_that_count(city, "si_http_requests_total") >= both(OWNERS)


def both(processes: tuple[str, ...]) -> set[str]:
    """Their replicas."""
    return {f"{name}-{number}" for name in processes for number in range(REPLICAS)}


async def replicas_that_count(city: City, metric: str) -> set[str]:
    """Replicas whose counter is above zero."""
    return {name for name, count in (await city.fleet.counted(metric)).items() if count}


async def a_slip_for_a_later_day(flow: Flow) -> None:
    """V3: asked on 09-25 for 10-20, while September is the only month owed; the next one asked for voids it."""
    slip = await arrears_slip(flow, date(2016, 10, 20))
    assert (slip.principal, slip.fee, slip.amount) == (BILL, 17_205, 877_463)
    assert slip.valid_until == datetime(2016, 10, 21, tzinfo=SHANGHAI)
    assert {one.kind: one.fee for one in slip.kinds} == V3
    slip = await arrears_slip(flow, date(2016, 9, 25))
    assert (slip.principal, slip.fee) == (BILL, 6_453)


async def paid_whole(flow: Flow) -> None:
    """V3: September and October by one slip of the bank."""
    owed = await flow.arrears("2016-10-20")
    assert [(str(one.month), one.principal, one.fee) for one in owed.months] == [
        ("2016-09", BILL, 17_205),
        ("2016-10", BILL, 4_301),
    ]
    slip = await arrears_slip(flow, date(2016, 10, 20))
    assert (slip.principal, slip.fee) == (2 * BILL, 21_506)
    assert types(await flow.told()) == {"SlipIssued": 1}
    answers = await flow.pay(slip.slip_no, datetime(2016, 10, 20, 10, tzinfo=SHANGHAI))
    assert isinstance(answers[0], Accepted), answers
    settled = {**SETTLED, "BillSettled": 2, "ArrearsSettled": 2}
    assert types(await flow.told()) == {"PaymentNotified": 1, **settled}
    assert (await flow.arrears("2016-10-21")).total == 0


async def arrears_slip(flow: Flow, pay_on: date) -> SlipView:
    """A slip for all that is owed, with the fee to a day."""
    asked = ArrearsSlip(pay_on=pay_on)
    return await flow.api.post(flow.path("arrears/slips"), SlipView, asked, key=secrets.token_hex(8))


async def paid_in_parts(city: City, flow: Flow) -> None:
    """V3b: the rest of September with the fee of both stretches, and October, at the counter."""
    owed = await flow.arrears("2016-10-20")
    assert [(str(one.month), one.principal, one.fee) for one in owed.months] == [
        ("2016-09", BILL - 500_000, 10_955),
        ("2016-10", BILL, 4_301),
    ]
    await at_counter(city, flow, owed.total, date(2016, 10, 20))
    assert types(await flow.told()) == {**SETTLED, "BillSettled": 2, "ArrearsSettled": 2}
    assert (await flow.arrears("2016-10-21")).total == 0
    assert [amount for _, _, amount in await flow.payments()] == [2 * BILL - 500_000 + 15_256, 500_000]


async def at_counter(city: City, flow: Flow, amount: int, day: date) -> None:
    """An officer takes money for an employer."""
    reference = f"{flow.employer_no}-{day:%m%d}"
    asked = CounterPayment(employer_no=flow.employer_no, amount=amount, paid_on=day, reference=reference)
    taken = await city.officers["guitai"].post("/counter-payments", PaymentView, asked, key=reference)
    assert (taken.amount, taken.state) == (amount, "posted")


async def serve(city: City, flow: Flow) -> None:
    """A collection officer releases the order of this employer, whose specialist opens it."""
    collection = city.officers["zhengjiao"]
    prepared = await collection.get("/orders?state=prepared", OrderPage)
    (mine,) = [row.id for row in prepared.rows if row.employer_no == flow.employer_no]
    key = f"release-{flow.employer_no}"
    released = await collection.post("/orders/release", Released, ReleaseOrders(ids=(mine,)), key=key)
    assert [row.principal for row in released.rows] == [BILL]
    assert types(await flow.told()) == {"OrderIssued": 1}
    order = await flow.api.post(flow.path(f"orders/{mine}/open"), OrderView, key="open")
    assert order.state == "served"
    assert types(await flow.told()) == {"OrderServed": 1}
