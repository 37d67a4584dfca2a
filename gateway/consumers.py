"""Events the gateway takes: which part of whose pages is new, and whose sessions are over."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from contracts.events.base import Event
from contracts.events.billing import (
    ArrearsOpened,
    ArrearsSettled,
    BillAssessed,
    BillConfirmed,
    BillSettled,
    PaymentPosted,
    PaymentSuspended,
    ReceiptIssued,
    RefundDecided,
    SlipIssued,
    SlipVoided,
)
from contracts.events.decisions import SubmissionDecided
from contracts.events.notices import NoticePosted, OrderIssued, OrderLapsed, OrderServed
from contracts.events.registry import AccountRevoked
from gateway.live.hub import CHANNEL, EVERYBODY
from services.chassis.clocks import wall_now
from services.chassis.consumers import Consumers, Received
from services.chassis.work import UnitOfWork

consumers = Consumers()
BILL, ORDERS, RESULTS, BOARD = "bill", "orders", "results", "board"
PARTS: dict[type[Event], str] = {
    **dict.fromkeys((BillAssessed, BillConfirmed, BillSettled, SlipIssued, SlipVoided), BILL),
    **dict.fromkeys((ArrearsOpened, ArrearsSettled), BILL),
    **dict.fromkeys((PaymentPosted, PaymentSuspended, RefundDecided, ReceiptIssued), BILL),
    **dict.fromkeys((OrderIssued, OrderServed, OrderLapsed), ORDERS),
    SubmissionDecided: RESULTS,
    NoticePosted: BOARD,
}
"""Event → the part of a page that shows it."""
_MARK = text(
    "INSERT INTO live_states (employer_no, version, facts) "
    "SELECT no, 1, CAST(fact AS jsonb) "
    "FROM unnest(CAST(:nos AS varchar[]), CAST(:facts AS varchar[])) AS new(no, fact) "
    "ON CONFLICT (employer_no) DO UPDATE "
    "SET version = live_states.version + 1, facts = live_states.facts || excluded.facts"
)
_RING = text("SELECT pg_notify(:channel, no) FROM unnest(CAST(:nos AS varchar[])) AS woken(no)")
_END = text(
    "UPDATE sessions SET ended_at = :now FROM "
    "unnest(CAST(:accounts AS varchar[]), CAST(:befores AS timestamptz[])) AS over(account, before) "
    "WHERE sessions.account = over.account AND sessions.opened_at < over.before AND ended_at IS NULL"
)


@consumers.on(*PARTS)
async def mark(work: UnitOfWork, received: Sequence[Received[Any]]) -> None:
    """Note for each employer which part is new, and tell the open pages at commit.

    The row holds no figures: a page asks their owner, so that no older copy can overtake a newer one.
    """
    facts: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for item in received:
        whose = getattr(item.event, "employer_no", None) or EVERYBODY
        facts[whose][PARTS[type(item.event)]] = {"after": f"{item.topic}/{item.id}"}
    nos = sorted(facts)
    await work.session.execute(_MARK, {"nos": nos, "facts": [json.dumps(facts[no]) for no in nos]})
    await work.session.execute(_RING, {"channel": CHANNEL, "nos": nos})


@consumers.on(AccountRevoked)
async def end_sessions(work: UnitOfWork, received: Sequence[Received[AccountRevoked]]) -> None:
    """End the sessions of a reset, locked or superseded account; those opened since stay (clause 三(六))."""
    accounts = [item.event.account for item in received]
    befores = [item.event.before for item in received]
    await work.session.execute(_END, {"now": wall_now(), "accounts": accounts, "befores": befores})
