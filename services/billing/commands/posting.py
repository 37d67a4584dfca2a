"""Posting of bank notifications, set-wise (A23, A24, A30, domain 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, text

from contracts.events.bank import PaymentNotified
from contracts.http.billing import SlipState
from contracts.values import Channel
from services.billing.commands import money_events, receipts
from services.billing.commands.books import Books, open_books
from services.billing.commands.claims import claim
from services.billing.commands.ledger import among, table_of
from services.billing.rules.payment import Money, Part
from services.billing.rules.suspense import Reason, slip_reason
from services.billing.rules.window import business_day
from services.billing.sql import whole
from services.billing.sql.whole import WholePayment
from services.billing.tables import Employer, Slip, SlipPart
from services.chassis.consumers import Received
from services.chassis.work import UnitOfWork

_SUSPEND = text("""
    UPDATE payments p SET reason = n.reason
    FROM unnest(CAST(:ids AS uuid[]), CAST(:reasons AS varchar[])) n(id, reason) WHERE p.id = n.id
""")


async def post_notifications(work: UnitOfWork, received: Sequence[Received[PaymentNotified]]) -> None:
    """Book each (bank, serial) once: to its slip's debts, or into suspense with a reason."""
    fresh = await claim(work, [item.event for item in received])
    if not fresh:
        return
    agencies = await lock_employers(work, {event.key() for event in fresh})
    async with whole.by_key(work):
        await book(work, agencies, fresh, await whole_of(work, fresh))


async def book(
    work: UnitOfWork,
    agencies: Mapping[str, str],
    fresh: Sequence[PaymentNotified],
    at_once: Sequence[WholePayment] = (),
) -> None:
    """Book notifications whose payments' rows are ours; those `at_once` need no look at each debt."""
    known = {one.payment_id for one in at_once}
    others = [event for event in fresh if event.notification_id not in known]
    slips = await _slips(work, {event.slip_no for event in others})
    debt_ids = sorted({part.debt_id for slip in slips.values() for part in slip.parts})
    books = await open_books(work, agencies, debt_ids)
    books.whole = at_once
    decided = [(event, _take(books, slips.get(event.slip_no), event)) for event in others]
    await books.write()
    await _suspend(work, [(event, reason) for event, reason in decided if reason])
    posted = len(books.taken) + len(at_once)
    work.audit("payments.post", f"{len(fresh)} notifications, {posted} posted")


async def whole_of(work: UnitOfWork, fresh: Sequence[PaymentNotified]) -> list[WholePayment]:
    """The only payments of their employers in this batch that pay one untouched bill whole and in time."""
    times = Counter(event.key() for event in fresh)
    alone = [event for event in fresh if times[event.key()] == 1]
    slips = await whole.find(work, [event.slip_no for event in alone])
    return [
        WholePayment(event.notification_id, event.key(), event.amount, slip.slip_no, slip.bill_month)
        for event in alone
        if (slip := slips.get(event.slip_no)) is not None
        and slip.employer_no == event.key()
        and business_day(event.paid_at) < slip.fee_from
        and _reason(event, slip, paid=slip.state == SlipState.PAID) is None
    ]


@dataclass(slots=True)
class _Slip:
    """A slip with its frozen parts; `paid` also once a payment of this batch took it."""

    row: Row[Any]
    parts: tuple[Part, ...]
    paid: bool


def _take(books: Books, slip: _Slip | None, event: PaymentNotified) -> Reason | None:
    """Book one notification in memory, or say why not."""
    if slip is None:
        return Reason.UNKNOWN_SLIP
    reason = _reason(event, slip.row, paid=slip.paid)
    if reason is None and not books.takes(slip.parts):
        reason = Reason.ALREADY_PAID
    if reason is None:
        slip.paid = True
        books.take(_money(event, slip.parts))
    return reason


def _reason(event: PaymentNotified, slip: Row[Any], *, paid: bool) -> Reason | None:
    return slip_reason(
        event.paid_at,
        event.amount,
        slip_amount=slip.amount,
        valid_until=slip.valid_until,
        voided_at=slip.voided_at,
        paid=paid,
    )


def _money(event: PaymentNotified, parts: tuple[Part, ...]) -> Money:
    return Money(
        payment_id=event.notification_id,
        employer_no=event.key(),
        channel=Channel.BANK,
        amount=event.amount,
        paid_at=event.paid_at,
        paid_on=business_day(event.paid_at),
        slip_no=event.slip_no,
        bank=event.bank,
        serial=event.serial,
        parts=parts,
    )


async def lock_employers(work: UnitOfWork, numbers: set[str]) -> dict[str, str]:
    """Lock in order of number, so that two batches never wait for each other: employer → its agency."""
    table = table_of(Employer)
    query = select(table.c.employer_no, table.c.agency, table.c.district)
    query = query.where(among(table.c.employer_no, numbers)).order_by(table.c.employer_no).with_for_update()
    rows = await work.session.execute(query)
    return {row.employer_no: receipts.agency_of(row.agency, row.district) for row in rows}


async def _slips(work: UnitOfWork, numbers: set[str]) -> dict[str, _Slip]:
    if not numbers:
        return {}
    parts: dict[str, list[Part]] = {}
    table = table_of(SlipPart)
    query = select(table).where(among(table.c.slip_no, numbers)).order_by(table.c.slip_no, table.c.debt_id)
    for row in await work.session.execute(query):
        parts.setdefault(row.slip_no, []).append(Part(row.debt_id, row.unit, row.person, row.fee))
    table = table_of(Slip)
    slips = await work.session.execute(select(table).where(among(table.c.slip_no, numbers)))
    return {
        slip.slip_no: _Slip(slip, tuple(parts.get(slip.slip_no, ())), slip.state == SlipState.PAID)
        for slip in slips
    }


async def _suspend(work: UnitOfWork, suspended: Sequence[tuple[PaymentNotified, Reason]]) -> None:
    if not suspended:
        return
    ids = [event.notification_id for event, _ in suspended]
    await work.session.execute(_SUSPEND, {"ids": ids, "reasons": [reason.value for _, reason in suspended]})
    for event, reason in suspended:
        money_events.suspended(work, event, reason)
