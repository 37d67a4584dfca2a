"""The main job end to end: opened, logged in, enrolled, billed, confirmed, paid; and what becomes of who never pays."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from contracts.http.bank import Accepted
from contracts.http.billing import ArrearsSlip, ArrearsView, BillView, ConfirmBill, PaymentPage, SlipView
from contracts.http.enrollment import IncreaseBatch, IncreaseResult
from contracts.http.notices import OrderPage, OrderView, Released, ReleaseOrders
from services.chassis.clocks import SHANGHAI
from tests.flows.flow import City, Flow, Told
from tests.flows.people import staff

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]
BILL = 860_258


async def enrolled(city: City, number: int) -> Flow:
    """An employer with its three people on the roster."""
    flow = await city.employer(number)
    print(await flow.told())
    assert flow.api is not None
    batch = IncreaseBatch(rows=staff(number))
    result = await flow.api.post(flow.path("increases"), IncreaseResult, batch, key="staff")
    assert len(result.accepted) == 3, result
    print(await flow.told())
    return flow


async def test_1_who_pays_is_seen_paid_at_once(city: City):
    flow = await enrolled(city, 1)
    assert flow.api is not None
    bill = await flow.api.get(flow.path("bills/2016-09"), BillView)
    assert (bill.persons, bill.total, bill.state) == (3, BILL, "assessed")
    confirm = ConfirmBill(version=bill.version, total=bill.total)
    slip = await flow.api.post(flow.path("bills/2016-09/confirm"), SlipView, confirm, key="confirm")
    assert (slip.amount, slip.state) == (BILL, "valid")
    print(await flow.told())
    paid_at = datetime(2016, 9, 7, 15, tzinfo=SHANGHAI)
    answers = await flow.pay(slip.slip_no, paid_at, times=4)
    assert all(isinstance(one, Accepted) for one in answers), answers
    assert len({one.notification_id for one in answers if isinstance(one, Accepted)}) == 1
    print(await flow.told())
    bill = await flow.api.get(flow.path("bills/2016-09"), BillView)
    assert (bill.state, bill.paid) == ("settled", BILL)
    payments = await flow.api.get(flow.path("payments"), PaymentPage)
    assert [(one.state, one.amount) for one in payments.rows] == [("posted", BILL)]


async def test_1_who_never_pays_gets_arrears_an_order_and_the_late_fee(city: City):
    flow = await enrolled(city, 2)
    assert flow.api is not None
    await city.day(date(2016, 9, 11))
    print(await flow.told())
    owed = await flow.api.get(flow.path("arrears?on=2016-09-11"), ArrearsView)
    assert (owed.principal, owed.fee) == (BILL, 431)
    collection = city.officers["zhengjiao"]
    prepared = await collection.get("/orders?state=prepared", OrderPage)
    mine = tuple(row.id for row in prepared.rows if row.employer_no == flow.employer_no)
    released = await collection.post("/orders/release", Released, ReleaseOrders(ids=mine), key="release")
    assert [row.principal for row in released.rows] == [BILL]
    print(await flow.told())
    order = await flow.api.post(flow.path(f"orders/{mine[0]}/open"), OrderView, key="open")
    assert order.state == "served"
    print(await flow.told())
    await city.day(date(2016, 9, 30))
    asked = ArrearsSlip(pay_on=date(2016, 9, 30))
    slip = await flow.api.post(flow.path("arrears/slips"), SlipView, asked, key="slip")
    print(slip.principal, slip.fee, await flow.told())


__all__ = ["Told"]
