"""Processes die at the worst moment: the bank gets its answer, an employer a problem, and everything happens once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from contracts.errors.code import ProblemBody
from contracts.http.bank import Accepted
from deploy.local.bank.client import Client
from services.chassis.clocks import SHANGHAI
from tests.flows.fleet import Fleet
from tests.flows.flow import City
from tests.flows.slips import BEFORE_NO, BILL, LAST_NO, Paying, issue_slips

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]
COUNT, AT_ONCE, ENOUGH = 1_000, 50, 100
PAID_AT = datetime(2016, 9, 7, 10, tzinfo=SHANGHAI)
TYPES = (
    "SELECT type, count(*), count(DISTINCT subject) AS subjects FROM outbox "
    "WHERE key BETWEEN $1 AND $2 GROUP BY type"
)
POSTED = (
    "SELECT count(*), coalesce(sum(amount), 0)::bigint AS sum FROM payments "
    "WHERE state = 'posted' AND employer_no BETWEEN $1 AND $2"
)
RECEIPTS = "SELECT count(*), count(DISTINCT payment_id) AS payments FROM receipts WHERE employer_no BETWEEN $1 AND $2"


async def notify(bank: Client, paying: Sequence[Paying]) -> list[Accepted | ProblemBody]:
    """All notifications through one gateway, some at once."""
    answers: list[Accepted | ProblemBody] = []
    for start in range(0, len(paying), AT_ONCE):
        part = paying[start : start + AT_ONCE]
        answers += await asyncio.gather(*(bank.notify(one.notification(PAID_AT)) for one in part))
    return answers


async def posted(fleet: Fleet) -> tuple[int, int]:
    """Payments posted, and their sum."""
    (row,) = await fleet.rows("billing", POSTED, BEFORE_NO, LAST_NO)
    return row["count"], row["sum"]


async def told(fleet: Fleet, process: str) -> dict[str, tuple[int, int]]:
    """Events about the thousand by type: how many, about how many subjects."""
    rows = await fleet.rows(process, TYPES, BEFORE_NO, LAST_NO)
    return {row["type"]: (row["count"], row["subjects"]) for row in rows}


async def test_1_billing_is_killed_and_a_thousand_payments_notified_twice_are_posted_once(city: City):
    fleet = city.fleet
    paying = await issue_slips(fleet, COUNT)
    await fleet.launch("billing", SI_CONSUMER_BATCH="20")
    notifying = asyncio.gather(*(notify(bank, paying) for bank in city.banks))
    await fleet.until("billing", POSTED, (BEFORE_NO, LAST_NO), ENOUGH)
    await fleet.kill("billing")
    assert not notifying.done(), "it was killed too late"
    first, second = await notifying
    refused = [one for one in first if not isinstance(one, Accepted)]
    assert (refused, first) == ([], second)
    assert len({one.notification_id for one in first if isinstance(one, Accepted)}) == COUNT
    assert ENOUGH <= (await posted(fleet))[0] < COUNT
    await fleet.start_all("billing")
    await fleet.rest()
    assert await posted(fleet) == (COUNT, COUNT * BILL)
    (receipts,) = await fleet.rows("billing", RECEIPTS, BEFORE_NO, LAST_NO)
    assert (receipts["count"], receipts["payments"]) == (COUNT, COUNT)
    once = (COUNT, COUNT)
    assert await told(fleet, "gateway") == {"PaymentNotified": once}
    assert await told(fleet, "billing") == {
        "SlipIssued": once,
        "PaymentPosted": once,
        "ReceiptIssued": once,
        "BillSettled": once,
        "SubmissionDecided": once,
    }
