"""Processes die at the worst moment: the bank gets its answer, an employer a problem, and everything happens once."""

from __future__ import annotations

import asyncio

import pytest

from contracts.http.bank import Accepted
from tests.flows.flow import City
from tests.flows.paying import Payers, notify
from tests.flows.slips import BEFORE_NO, BILL, LAST_NO, issue_slips

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]
COUNT, ENOUGH = 1_000, 100
RECEIPTS = "SELECT count(*), count(DISTINCT payment_id) AS payments FROM receipts WHERE employer_no BETWEEN $1 AND $2"


async def test_1_billing_is_killed_and_a_thousand_payments_notified_twice_are_posted_once(city: City):
    fleet = city.fleet
    paying, payers = await issue_slips(fleet, COUNT), Payers(fleet, BEFORE_NO, LAST_NO)
    await fleet.launch("billing", SI_CONSUMER_BATCH="20")
    notifying = asyncio.gather(*(notify(bank, paying) for bank in city.banks))
    await payers.until_posted(ENOUGH)
    await fleet.kill("billing")
    assert not notifying.done(), "it was killed too late"
    first, second = await notifying
    refused = [one for one in first if not isinstance(one, Accepted)]
    assert (refused, first) == ([], second)
    assert len({one.notification_id for one in first if isinstance(one, Accepted)}) == COUNT
    assert ENOUGH <= (await payers.posted())[0] < COUNT
    await fleet.start_all("billing")
    await fleet.rest()
    assert await payers.posted() == (COUNT, COUNT * BILL)
    (receipts,) = await fleet.rows("billing", RECEIPTS, BEFORE_NO, LAST_NO)
    assert (receipts["count"], receipts["payments"]) == (COUNT, COUNT)
    once = (COUNT, COUNT)
    assert await payers.told("gateway") == {"PaymentNotified": once}
    assert await payers.told("billing") == {
        "SlipIssued": once,
        "PaymentPosted": once,
        "ReceiptIssued": once,
        "BillSettled": once,
        "SubmissionDecided": once,
    }
