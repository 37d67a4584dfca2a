"""The bank inbox: a notification is stored with its outbox row in one transaction, then answered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import text

from contracts.errors import gateway as codes
from contracts.events.bank import PaymentNotified
from contracts.http.bank import Accepted, Notification
from services.chassis.clocks import wall_now
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id

Identity = tuple[str, str]
_GIVEN = (
    "unnest(CAST(:banks AS varchar[]), CAST(:nonces AS varchar[]), CAST(:hashes AS bytea[])) "
    "AS g(bank, nonce, body_hash)"
)
_ENTER = text(
    "INSERT INTO bank_nonces (bank, nonce, body_hash, seen_at) "
    f"SELECT bank, nonce, body_hash, CAST(:now AS timestamptz) FROM {_GIVEN} ON CONFLICT DO NOTHING"
)
# A statement of its own: only a later snapshot sees what another replica entered meanwhile.
_MISUSED = text(
    f"SELECT g.bank, g.nonce FROM {_GIVEN} JOIN bank_nonces n USING (bank, nonce) "
    "WHERE n.body_hash <> g.body_hash"
)
_PAYMENTS = text(
    "INSERT INTO bank_payments (bank, serial, notification_id, content_hash, slip_no, amount, paid_at, "
    "clearing_day, payer, received_at) SELECT * FROM unnest(CAST(:bank AS varchar[]), CAST(:serial AS varchar[]), "
    "CAST(:notification_id AS uuid[]), CAST(:content_hash AS bytea[]), CAST(:slip_no AS varchar[]), "
    "CAST(:amount AS bigint[]), CAST(:paid_at AS timestamptz[]), CAST(:clearing_day AS date[]), "
    "CAST(:payer AS bytea[]), CAST(:received_at AS timestamptz[])) "
    "ON CONFLICT (bank, serial) DO NOTHING RETURNING notification_id"
)
_KNOWN = text(
    "SELECT p.bank, p.serial, p.notification_id, p.content_hash, p.received_at FROM bank_payments p "
    "JOIN unnest(CAST(:banks AS varchar[]), CAST(:serials AS varchar[])) AS g(bank, serial) USING (bank, serial)"
)


@dataclass(frozen=True)
class Letter:
    """One verified call with its notification."""

    bank: str
    nonce: str
    body_hash: bytes
    notification: Notification

    @property
    def identity(self) -> Identity:
        """(bank, serial)."""
        return self.bank, self.notification.serial

    @cached_property
    def content_hash(self) -> bytes:
        """What must be the same when the serial is."""
        return hashlib.sha256(self.notification.model_dump_json().encode()).digest()


@dataclass(frozen=True)
class _Stored:
    notification_id: UUID
    content_hash: bytes
    received_at: datetime


Outcome = Accepted | Problem


async def accept(work: UnitOfWork, letters: Sequence[Letter]) -> Sequence[Outcome]:
    """Store a group of notifications; each gets its answer, a repeat the answer of the first."""
    refused = await _misused_nonces(work, letters)
    welcome = [letter for letter in letters if (letter.bank, letter.nonce, letter.body_hash) not in refused]
    stored = await _store(work, welcome) if welcome else {}
    return [
        _answer(letter, stored[letter.identity])
        if (letter.bank, letter.nonce, letter.body_hash) not in refused
        else Problem(codes.NONCE_REUSED)
        for letter in letters
    ]


def _answer(letter: Letter, stored: _Stored) -> Outcome:
    if stored.content_hash != letter.content_hash:
        return Problem(codes.SERIAL_REUSED)
    return Accepted(
        notification_id=stored.notification_id,
        serial=letter.notification.serial,
        received_at=stored.received_at,
    )


async def _misused_nonces(work: UnitOfWork, letters: Sequence[Letter]) -> set[tuple[str, str, bytes]]:
    """Calls whose nonce came before with another body, in the table or earlier in this group."""
    first: dict[tuple[str, str], bytes] = {}
    for letter in letters:
        first.setdefault((letter.bank, letter.nonce), letter.body_hash)
    order = sorted(first)
    values = {
        "banks": [bank for bank, _ in order],
        "nonces": [nonce for _, nonce in order],
        "hashes": [first[key] for key in order],
    }
    await work.session.execute(_ENTER, values | {"now": wall_now()})
    taken = {(row.bank, row.nonce) for row in await work.session.execute(_MISUSED, values)}
    return {
        (letter.bank, letter.nonce, letter.body_hash)
        for letter in letters
        if (letter.bank, letter.nonce) in taken or first[letter.bank, letter.nonce] != letter.body_hash
    }


async def _store(work: UnitOfWork, letters: Sequence[Letter]) -> dict[Identity, _Stored]:
    """Insert what is new with its event; return what stands for every identity."""
    now = wall_now()
    first = {letter.identity: letter for letter in reversed(letters)}
    order = [first[identity] for identity in sorted(first)]
    ids = [new_id() for _ in order]
    rows = [_row(work, letter, identity, now) for letter, identity in zip(order, ids, strict=True)]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    new = set((await work.session.execute(_PAYMENTS, columns)).scalars())
    for letter, identity in zip(order, ids, strict=True):
        if identity in new:
            work.publish(_event(letter, identity))
    stored = {
        letter.identity: _Stored(identity, letter.content_hash, now)
        for letter, identity in zip(order, ids, strict=True)
        if identity in new
    }
    return stored | await _known(work, [letter.identity for letter in order if letter.identity not in stored])


async def _known(work: UnitOfWork, identities: Sequence[Identity]) -> dict[Identity, _Stored]:
    if not identities:
        return {}
    values = {"banks": [bank for bank, _ in identities], "serials": [serial for _, serial in identities]}
    rows = await work.session.execute(_KNOWN, values)
    return {
        (row.bank, row.serial): _Stored(row.notification_id, row.content_hash, row.received_at)
        for row in rows
    }


def _row(work: UnitOfWork, letter: Letter, identity: UUID, now: datetime) -> dict[str, Any]:
    said = letter.notification
    return {
        "bank": letter.bank,
        "serial": said.serial,
        "notification_id": identity,
        "content_hash": letter.content_hash,
        "slip_no": said.slip_no,
        "amount": said.amount,
        "paid_at": said.paid_at,
        "clearing_day": said.clearing_day,
        "payer": work.chassis.vault.seal(f"{said.payer_account} {said.payer_name}"),
        "received_at": now,
    }


def _event(letter: Letter, identity: UUID) -> PaymentNotified:
    said = letter.notification
    return PaymentNotified(
        version=1,
        notification_id=identity,
        bank=letter.bank,
        serial=said.serial,
        slip_no=said.slip_no,
        amount=said.amount,
        paid_at=said.paid_at,
        clearing_day=said.clearing_day,
    )
