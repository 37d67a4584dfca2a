"""Each (bank, serial) once: the unique index decides, whoever notifies how often (A24, domain 5)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, text

from contracts.events.bank import PaymentNotified
from services.billing.rules.window import business_day
from services.chassis.work import UnitOfWork

_CLAIM = text("""
    INSERT INTO payments (id, version, employer_no, channel, bank, serial, slip_no, amount, paid_at, paid_on,
                          clearing_day, recorded_at, recorded_by, state)
    SELECT n.id, 1, n.employer_no, 'bank', n.bank, n.serial, n.slip_no, n.amount, n.paid_at, n.paid_on,
           n.clearing_day, :now, 'bank', 'suspended'
    FROM unnest(CAST(:ids AS uuid[]), CAST(:employers AS varchar[]), CAST(:banks AS varchar[]),
                CAST(:serials AS varchar[]), CAST(:slips AS varchar[]), CAST(:amounts AS bigint[]),
                CAST(:times AS timestamptz[]), CAST(:days AS date[]), CAST(:clearing AS date[]))
        n(id, employer_no, bank, serial, slip_no, amount, paid_at, paid_on, clearing_day)
    ORDER BY n.bank, n.serial
    ON CONFLICT DO NOTHING RETURNING id
""")
_BOOKED = text("""
    SELECT p.bank, p.serial, p.slip_no, p.amount, p.paid_at, p.clearing_day FROM payments p
    JOIN unnest(CAST(:banks AS varchar[]), CAST(:serials AS varchar[])) n(bank, serial)
      ON p.bank = n.bank AND p.serial = n.serial
""")
_CONFLICT = text("""
    INSERT INTO serial_conflicts
        (notification_id, bank, serial, slip_no, employer_no, amount, paid_at, recorded_at)
    VALUES (:id, :bank, :serial, :slip_no, :employer_no, :amount, :paid_at, :now) ON CONFLICT DO NOTHING
""")


async def claim(work: UnitOfWork, events: Sequence[PaymentNotified]) -> list[PaymentNotified]:
    """Those met for the first time, whose rows are now ours; a serial told with other content is noted."""
    first = {(event.bank, event.serial): event for event in reversed(events)}
    ours = await _insert(work, list(first.values()))
    fresh = [event for event in reversed(first.values()) if event.notification_id in ours]
    repeated = [event for event in events if event.notification_id not in ours]
    if repeated:
        await _note_conflicts(work, repeated)
    return fresh


async def _insert(work: UnitOfWork, events: Sequence[PaymentNotified]) -> set[object]:
    values = {
        "ids": [event.notification_id for event in events],
        "employers": [event.key() for event in events],
        "banks": [event.bank for event in events],
        "serials": [event.serial for event in events],
        "slips": [event.slip_no for event in events],
        "amounts": [event.amount for event in events],
        "times": [event.paid_at for event in events],
        "days": [business_day(event.paid_at) for event in events],
        "clearing": [event.clearing_day for event in events],
        "now": work.now,
    }
    return set((await work.session.execute(_CLAIM, values)).scalars())


async def _note_conflicts(work: UnitOfWork, events: Sequence[PaymentNotified]) -> None:
    keys = {"banks": [event.bank for event in events], "serials": [event.serial for event in events]}
    booked = {(row.bank, row.serial): row for row in await work.session.execute(_BOOKED, keys)}
    for event in events:
        if not _same(event, booked[event.bank, event.serial]):
            values = event.model_dump(include={"bank", "serial", "slip_no", "amount", "paid_at"})
            about = {"id": event.notification_id, "employer_no": event.key(), "now": work.now}
            await work.session.execute(_CONFLICT, values | about)
            work.audit("payment.serial_conflict", event.subject(), employer_no=event.key())


def _same(event: PaymentNotified, row: Row[tuple[object, ...]]) -> bool:
    told = event.slip_no, event.amount, event.paid_at, event.clearing_day
    return told == (row.slip_no, row.amount, row.paid_at, row.clearing_day)
