"""The main job end to end: opened, logged in, enrolled, billed, confirmed, paid; and what becomes of who never pays."""

from __future__ import annotations

from collections import Counter
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
    assert types(await flow.told()) == {"EmployerRegistered": 1, "ServiceOpened": 1, "SubmissionDecided": 1}
    assert flow.api is not None
    batch = IncreaseBatch(rows=staff(number))
    result = await flow.api.post(flow.path("increases"), IncreaseResult, batch, key="staff")
    assert len(result.accepted) == 3, result
    assert types(await flow.told()) == {"EnrollmentStarted": 3, "SubmissionDecided": 3, "BillAssessed": 1}
    return flow


def types(told: Told) -> dict[str, int]:
    """Events by type, each subject of which was told once."""
    assert set(told.values()) <= {1}, told
    return dict(Counter(kind for kind, _ in told))


async def test_1_who_pays_is_seen_paid_at_once(city: City):
    flow = await enrolled(city, 1)
    assert flow.api is not None
    bill = await flow.api.get(flow.path("bills/2016-09"), BillView)
    assert (bill.persons, bill.total, bill.state) == (3, BILL, "assessed")
    confirm = ConfirmBill(version=bill.version, total=bill.total)
    slip = await flow.api.post(flow.path("bills/2016-09/confirm"), SlipView, confirm, key="confirm")
    assert (slip.amount, slip.state) == (BILL, "valid")
    assert types(await flow.told()) == {"BillConfirmed": 1, "SlipIssued": 1}
    paid_at = datetime(2016, 9, 7, 15, tzinfo=SHANGHAI)
    answers = await flow.pay(slip.slip_no, paid_at, times=4)
    assert all(isinstance(one, Accepted) for one in answers), answers
    assert len({one.notification_id for one in answers if isinstance(one, Accepted)}) == 1
    assert types(await flow.told()) == {
        "PaymentNotified": 1,
        "PaymentPosted": 1,
        "ReceiptIssued": 1,
        "BillSettled": 1,
        "SubmissionDecided": 1,
    }
    bill = await flow.api.get(flow.path("bills/2016-09"), BillView)
    assert (bill.state, bill.paid) == ("settled", BILL)
    payments = await flow.api.get(flow.path("payments"), PaymentPage)
    assert [(one.state, one.amount) for one in payments.rows] == [("posted", BILL)]


async def test_1_who_never_pays_gets_arrears_an_order_and_the_late_fee(city: City):
    flow = await enrolled(city, 2)
    assert flow.api is not None
    await city.day(date(2016, 9, 11))
    assert await flow.told() == {("ArrearsOpened", f"{flow.employer_no}/2016-09"): 1}
    owed = await flow.api.get(flow.path("arrears?on=2016-09-11"), ArrearsView)
    assert (owed.principal, owed.fee) == (BILL, 431)
    order_id = await issued(city, flow)
    assert types(await flow.told()) == {"OrderIssued": 1}
    order = await flow.api.post(flow.path(f"orders/{order_id}/open"), OrderView, key="open")
    assert order.state == "served"
    assert types(await flow.told()) == {"OrderServed": 1}
    await city.day(date(2016, 10, 20))
    assert types(await flow.told()) == {"OrderLapsed": 1, "BillAssessed": 1, "ArrearsOpened": 1}
    owed = await flow.api.get(flow.path("arrears?on=2016-10-20"), ArrearsView)
    assert [(str(one.month), one.principal, one.fee) for one in owed.months] == [
        ("2016-09", BILL, 17_205),
        ("2016-10", BILL, 4_301),
    ]
    slip = await flow.api.post(
        flow.path("arrears/slips"), SlipView, ArrearsSlip(pay_on=date(2016, 10, 20)), key="slip"
    )
    assert (slip.principal, slip.fee) == (2 * BILL, owed.fee)
    answers = await flow.pay(slip.slip_no, datetime(2016, 10, 20, 10, tzinfo=SHANGHAI))
    assert isinstance(answers[0], Accepted), answers
    told = types(await flow.told())
    assert {
        name: told[name] for name in ("PaymentPosted", "ReceiptIssued", "BillSettled", "ArrearsSettled")
    } == {
        "PaymentPosted": 1,
        "ReceiptIssued": 1,
        "BillSettled": 2,
        "ArrearsSettled": 2,
    }
    owed = await flow.api.get(flow.path("arrears?on=2016-10-21"), ArrearsView)
    assert owed.total == 0


async def issued(city: City, flow: Flow) -> str:
    """The order that a collection officer releases for this employer."""
    collection = city.officers["zhengjiao"]
    prepared = await collection.get("/orders?state=prepared", OrderPage)
    mine = tuple(row.id for row in prepared.rows if row.employer_no == flow.employer_no)
    released = await collection.post("/orders/release", Released, ReleaseOrders(ids=mine), key="release")
    assert [row.principal for row in released.rows] == [BILL]
    return str(mine[0])
