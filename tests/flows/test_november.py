"""Autumn goes on: first persons, late ones, leavers, and slips that a roster change has overtaken."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from contracts.http.bank import Accepted
from contracts.http.billing import ArrearsSlip, PaymentPage, SlipView
from contracts.http.enrollment import CounterConfirm, Decrease, DecreaseView, IncreaseView, RawIncrease
from contracts.month import Month
from services.chassis.clocks import SHANGHAI
from tests.flows.flow import City, Flow, types
from tests.flows.people import person

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]
NOVEMBER = Month(2016, 11)
BILL, E1 = 860_258, 110_289
SETTLED = {"PaymentPosted": 1, "ReceiptIssued": 1, "BillSettled": 1, "SubmissionDecided": 1}
E2_KINDS = {
    "pension": (97_758, 43_448),
    "medical": (38_017, 10_862),
    "unemployment": (5_431, 2_716),
    "injury": (4_888, 0),
    "maternity": (2_716, 0),
}
E2 = 205_836


async def test_A6_A7_A8_in_time_by_the_rolled_day_voided_on_the_1st_and_late_with_its_fee(city: City):
    await city.day(date(2016, 10, 24))
    waiting, late = city.early
    void_no = await one_in_time_and_one_late(waiting)
    await a_late_one_is_confirmed(city, late)
    await city.day(date(2016, 10, 31), hour=23)
    assert (await waiting.told(), await late.told()) == ({}, {})
    await city.day(date(2016, 11, 1), hour=0)
    assert types(await waiting.told()) == {"EnrollmentVoided": 1, "SubmissionDecided": 1, "BillAssessed": 1}
    bill = await waiting.bill("2016-11")
    assert (bill.persons, bill.total) == (1, 2 * E1)  # October of who came in time, without fee
    assert (await waiting.arrears("2016-11-01")).total == 0
    again = await waiting.increase(hired_in_september(21, 2, "李秀英", "2016-09-21"))
    assert [(row.state, row.replaces) for row in again.accepted] == [("awaiting_counter", void_no)]
    assert again.accepted[0].submission_no != void_no
    assert types(await waiting.told()) == {"EnrollmentAwaitingCounter": 1, "SubmissionDecided": 1}
    await supplements_are_paid_with_their_fee(city, late)


def hired_in_september(number: int, row: int, name: str, hired_on: str) -> RawIncrease:
    """王建国 with 2,500.00 or 李秀英 with 5,431.37."""
    wage = {"王建国": "2500.00", "李秀英": "5431.37"}[name]
    return person(number, row, name, wage, rural=False, hired_on=hired_on)


async def one_in_time_and_one_late(flow: Flow) -> str:
    """The 30 days end on Saturday 10-22, so on Monday 10-24, or on Friday 10-21; the late one's number."""
    sent = await flow.increase(
        hired_in_september(21, 1, "王建国", "2016-09-22"), hired_in_september(21, 2, "李秀英", "2016-09-21")
    )
    assert [(row.state, row.limit_day) for row in sent.accepted] == [
        ("confirmed_auto", date(2016, 10, 24)),
        ("awaiting_counter", date(2016, 10, 21)),
    ]
    told = {"EnrollmentStarted": 1, "EnrollmentAwaitingCounter": 1, "SubmissionDecided": 2}
    assert types(await flow.told()) == told
    assert list(await flow.roster()) == ["王建国"]
    return sent.accepted[1].submission_no


async def a_late_one_is_confirmed(city: City, flow: Flow) -> None:
    """Hired on 09-21, confirmed at the counter on 10-24: both months are closed and owed with a fee from 10-22."""
    (sent,) = (await flow.increase(hired_in_september(22, 1, "李秀英", "2016-09-21"))).accepted
    assert types(await flow.told()) == {"EnrollmentAwaitingCounter": 1, "SubmissionDecided": 1}
    papers = CounterConfirm(filing_materials=True, staff_register=True, two_tables=True)
    path = flow.path(f"increases/{sent.submission_no}/confirm")
    confirmed = await city.officers["guitai"].post(path, IncreaseView, papers, key=sent.submission_no)
    assert confirmed.state == "confirmed_counter"
    assert types(await flow.told()) == {"EnrollmentStarted": 1, "SubmissionDecided": 1}


async def supplements_are_paid_with_their_fee(city: City, flow: Flow) -> None:
    """12 days from 10-22 to 11-02: 8.47 + 2.93 + 0.49 + 0.29 + 0.16 for each of the two months."""
    assert types(await flow.told()) == {"BillAssessed": 1}
    bill = await flow.bill("2016-11")
    assert (bill.state, bill.persons, bill.total) == ("assessed", 1, 3 * E2)
    await city.day(date(2016, 11, 2))
    assert await flow.told() == {}
    slip = await flow.confirm("2016-11")
    assert slip.amount == 3 * E2
    assert types(await flow.told()) == {"BillConfirmed": 1, "SlipIssued": 1}
    await paid(flow, slip.slip_no, datetime(2016, 11, 2, 10, tzinfo=SHANGHAI))
    assert types(await flow.told()) == {"PaymentNotified": 1, **SETTLED}
    owed = await flow.arrears("2016-11-02")
    assert [(str(one.month), one.principal, one.fee) for one in owed.months] == [
        ("2016-09", 0, 1_234),
        ("2016-10", 0, 1_234),
    ]
    asked = ArrearsSlip(pay_on=date(2016, 11, 2))
    slip = await flow.api.post(flow.path("arrears/slips"), SlipView, asked, key="fee")
    assert (slip.principal, slip.fee) == (0, 2_468)
    await paid(flow, slip.slip_no, datetime(2016, 11, 2, 11, tzinfo=SHANGHAI))
    posted = {"PaymentPosted": 1, "ReceiptIssued": 1, "SubmissionDecided": 1}
    assert types(await flow.told()) == {"SlipIssued": 1, "PaymentNotified": 1, **posted}
    assert (await flow.arrears("2016-11-30")).total == 0


async def paid(flow: Flow, slip_no: str, at: datetime) -> None:
    """The bank asks, is paid and says so."""
    (answer,) = await flow.pay(slip_no, at)
    assert isinstance(answer, Accepted), answer


async def test_1_a_first_person_on_the_5th_is_billed_at_once_and_paid_on_the_9th(city: City):
    await city.day(date(2016, 11, 5))
    flow = await city.employer(23, NOVEMBER)
    assert types(await flow.told()) == {"EmployerRegistered": 1, "ServiceOpened": 1, "SubmissionDecided": 1}
    hired = person(23, 1, "李秀英", "5431.37", rural=False, hired_on="2016-11-05")
    sent = await flow.increase(hired)
    assert [row.state for row in sent.accepted] == ["confirmed_auto"]
    enrollment = (await flow.roster())["李秀英"].enrollment_id
    assert await flow.told() == {
        ("EnrollmentStarted", f"{flow.employer_no}/{enrollment}"): 1,
        ("SubmissionDecided", f"{flow.employer_no}/increase/{sent.accepted[0].submission_no}"): 1,
        ("BillAssessed", f"{flow.employer_no}/2016-11"): 1,
    }
    bill = await flow.bill("2016-11")
    assert (bill.state, bill.persons, bill.unit, bill.person, bill.total) == (
        "assessed",
        1,
        148_810,
        57_026,
        E2,
    )
    assert {one.kind: (one.unit, one.person) for one in bill.kinds} == E2_KINDS
    await city.day(date(2016, 11, 9))
    assert await flow.told() == {}
    slip = await flow.confirm("2016-11")
    assert (slip.amount, slip.fee, slip.valid_until) == (E2, 0, datetime(2016, 11, 11, tzinfo=SHANGHAI))
    assert types(await flow.told()) == {"BillConfirmed": 1, "SlipIssued": 1}
    await paid(flow, slip.slip_no, datetime(2016, 11, 9, 16, tzinfo=SHANGHAI))
    assert types(await flow.told()) == {"PaymentNotified": 1, **SETTLED}
    bill = await flow.bill("2016-11")
    assert (bill.state, bill.paid, bill.settled_on) == ("settled", E2, date(2016, 11, 9))
    assert await flow.payments() == [("posted", "", E2)]
    assert (await flow.arrears("2016-11-30")).total == 0


async def test_A11_A23_a_decrease_that_waits_and_slips_that_a_newcomer_has_overtaken(city: City):
    await city.day(date(2016, 11, 9), hour=10)
    leaving, after, before = [await city.enrolled(number, "2016-11-01") for number in (24, 25, 26)]
    await a_decrease_waits(leaving)
    slips = {flow.employer_no: await flow.confirm("2016-11") for flow in (after, before)}
    await city.day(date(2016, 11, 9), hour=12)
    for flow in (after, before):
        assert types(await flow.told()) == {"BillConfirmed": 1, "SlipIssued": 1}
        await a_newcomer_voids_the_slip(flow)
    await city.day(date(2016, 11, 9), hour=14)
    await paid_after_it_was_void(city, after, slips[after.employer_no])
    await paid_before_it_was_void(before, slips[before.employer_no])
    await the_payment_fires_the_decrease(leaving)
    await city.day(date(2016, 11, 11))
    for flow in (leaving, after, before):
        assert await flow.told() == {}
    await city.day(date(2016, 12, 1))
    december = {leaving: (2, BILL - E2), after: (4, BILL + E1), before: (4, BILL + 2 * E1)}
    for flow, (persons, total) in december.items():
        assert types(await flow.told()) == {"BillAssessed": 1}
        bill = await flow.bill("2016-12")
        assert (bill.persons, bill.total) == (persons, total)
        assert (await flow.arrears("2016-12-01")).total == 0


async def a_decrease_waits(flow: Flow) -> None:
    """李秀英 left; November is not paid, so the decrease is a 预约."""
    leaver = (await flow.roster())["李秀英"]
    asked = Decrease(enrollment_id=leaver.enrollment_id, left_on=date(2016, 11, 8), reason="27")
    queued = await flow.api.post(flow.path("decreases"), DecreaseView, asked, key="leaver")
    assert (queued.state, queued.waits_for, queued.last_month) == ("queued", NOVEMBER, NOVEMBER)
    assert types(await flow.told()) == {"SubmissionDecided": 1}


async def the_payment_fires_the_decrease(flow: Flow) -> None:
    """November is owed in full, of all three; its payment ends the leaver's insurance with November."""
    slip = await flow.confirm("2016-11")
    assert slip.amount == BILL
    assert types(await flow.told()) == {"BillConfirmed": 1, "SlipIssued": 1}
    await paid(flow, slip.slip_no, datetime(2016, 11, 9, 15, tzinfo=SHANGHAI))
    fired = {"EnrollmentEnded": 1, "SubmissionDecided": 2}
    assert types(await flow.told()) == {"PaymentNotified": 1, **SETTLED, **fired}
    insured = {name: row.last_month for name, row in (await flow.roster()).items()}
    assert insured == {"王建国": None, "李秀英": NOVEMBER, "张伟": None}


async def a_newcomer_voids_the_slip(flow: Flow) -> None:
    """A fourth person with 2,500.00 makes the confirmed bill a larger one that nobody has confirmed."""
    sent = await flow.increase(person(flow.number, 4, "孙丽", "2500.00", rural=False, hired_on="2016-11-09"))
    assert [row.state for row in sent.accepted] == ["confirmed_auto"]
    told = {"EnrollmentStarted": 1, "SubmissionDecided": 1, "SlipVoided": 1, "BillAssessed": 1}
    assert types(await flow.told()) == told
    bill = await flow.bill("2016-11")
    assert (bill.state, bill.persons, bill.total, bill.slip) == ("assessed", 4, BILL + E1, None)


async def paid_after_it_was_void(city: City, flow: Flow, slip: SlipView) -> None:
    """The money waits in suspense, seen by both sides; the new bill is confirmed and paid beside it."""
    (answer,) = await flow.notify(slip.slip_no, BILL, datetime(2016, 11, 9, 13, tzinfo=SHANGHAI))
    assert isinstance(answer, Accepted), answer
    assert types(await flow.told()) == {"PaymentNotified": 1, "PaymentSuspended": 1, "SubmissionDecided": 1}
    assert await flow.payments() == [("suspended", "slip_voided", BILL)]
    desk = await city.officers["guitai"].get("/suspense", PaymentPage)
    assert [row.amount for row in desk.rows if row.employer_no == flow.employer_no] == [BILL]
    fresh = await flow.confirm("2016-11")
    assert (fresh.amount, fresh.slip_no == slip.slip_no) == (BILL + E1, False)
    assert types(await flow.told()) == {"BillConfirmed": 1, "SlipIssued": 1}
    await paid(flow, fresh.slip_no, datetime(2016, 11, 9, 15, tzinfo=SHANGHAI))
    assert types(await flow.told()) == {"PaymentNotified": 1, **SETTLED}


async def paid_before_it_was_void(flow: Flow, slip: SlipView) -> None:
    """The bank was paid while the slip was valid and says so later: its frozen bill is restored and settled."""
    (answer,) = await flow.notify(slip.slip_no, BILL, datetime(2016, 11, 9, 11, tzinfo=SHANGHAI))
    assert isinstance(answer, Accepted), answer
    assert types(await flow.told()) == {"PaymentNotified": 1, "BillAssessed": 1, **SETTLED}
    bill = await flow.bill("2016-11")
    assert (bill.state, bill.persons, bill.total, bill.paid) == ("settled", 3, BILL, BILL)
