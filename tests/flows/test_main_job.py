"""The main job end to end: opened, logged in, enrolled, billed, confirmed, paid; and what becomes of who pays late."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from contracts.http.bank import Accepted
from contracts.http.billing import ArrearsSlip, CounterPayment, PaymentView, SlipView
from contracts.http.notices import OrderPage, OrderView, Released, ReleaseOrders
from services.chassis.clocks import SHANGHAI
from tests.flows.flow import City, Flow, types

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]
BILL = 860_258
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
    lapsed = {"OrderLapsed": 1}
    assert types(await never.told()) == lapsed
    assert types(await parts.told()) == lapsed
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


async def paid_whole(flow: Flow) -> None:
    """V3: September and October by one slip of the bank."""
    owed = await flow.arrears("2016-10-20")
    assert [(str(one.month), one.principal, one.fee) for one in owed.months] == [
        ("2016-09", BILL, 17_205),
        ("2016-10", BILL, 4_301),
    ]
    asked = ArrearsSlip(pay_on=date(2016, 10, 20))
    slip = await flow.api.post(flow.path("arrears/slips"), SlipView, asked, key="slip")
    assert (slip.principal, slip.fee) == (2 * BILL, owed.fee)
    assert types(await flow.told()) == {"SlipIssued": 1}
    answers = await flow.pay(slip.slip_no, datetime(2016, 10, 20, 10, tzinfo=SHANGHAI))
    assert isinstance(answers[0], Accepted), answers
    settled = {**SETTLED, "BillSettled": 2, "ArrearsSettled": 2}
    assert types(await flow.told()) == {"PaymentNotified": 1, **settled}
    assert (await flow.arrears("2016-10-21")).total == 0


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
