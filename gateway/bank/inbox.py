"""The bank inbox: a notification is stored with its outbox row in one transaction, then answered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from contracts.errors import gateway as codes
from contracts.events.bank import PaymentNotified
from contracts.http.bank import Accepted, Notification
from services.chassis.clocks import wall_now
from services.chassis.plain import PlainWork
from services.chassis.problems import Problem
from services.chassis.work import new_id

Identity = tuple[str, str]
_GIVEN = "unnest($1::varchar[], $2::varchar[], $3::bytea[]) AS g(bank, nonce, body_hash)"
_ENTER = (
    "INSERT INTO bank_nonces (bank, nonce, body_hash, seen_at) "
    f"SELECT bank, nonce, body_hash, $4 FROM {_GIVEN} ON CONFLICT DO NOTHING"
)
# A statement of its own: only a later snapshot sees what another replica entered meanwhile.
_MISUSED = (
    f"SELECT g.bank, g.nonce FROM {_GIVEN} JOIN bank_nonces n USING (bank, nonce) "
    "WHERE n.body_hash <> g.body_hash"
)
_PAYMENTS = (
    "INSERT INTO bank_payments (bank, serial, notification_id, content_hash, slip_no, amount, paid_at, "
    "clearing_day, payer, received_at) SELECT *, $10 FROM unnest($1::varchar[], $2::varchar[], $3::uuid[], "
    "$4::bytea[], $5::varchar[], $6::bigint[], $7::timestamptz[], $8::date[], $9::bytea[]) "
    "ON CONFLICT (bank, serial) DO NOTHING"
)
_KNOWN = (
    "SELECT p.bank, p.serial, p.notification_id, p.content_hash, p.received_at FROM bank_payments p "
    "JOIN unnest($1::varchar[], $2::varchar[]) AS g(bank, serial) USING (bank, serial)"
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


async def accept(work: PlainWork, letters: Sequence[Letter]) -> Sequence[Outcome]:
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


async def _misused_nonces(work: PlainWork, letters: Sequence[Letter]) -> set[tuple[str, str, bytes]]:
    """Calls whose nonce came before with another body, in the table or earlier in this group."""
    first: dict[tuple[str, str], bytes] = {}
    for letter in letters:
        first.setdefault((letter.bank, letter.nonce), letter.body_hash)
    order = sorted(first)
    values = [bank for bank, _ in order], [nonce for _, nonce in order], [first[key] for key in order]
    taken: set[tuple[str, str]] = set()
    if await work.write(_ENTER, *values, wall_now()) < len(order):
        taken = {(row["bank"], row["nonce"]) for row in await work.connection.fetch(_MISUSED, *values)}
    return {
        (letter.bank, letter.nonce, letter.body_hash)
        for letter in letters
        if (letter.bank, letter.nonce) in taken or first[letter.bank, letter.nonce] != letter.body_hash
    }


async def _store(work: PlainWork, letters: Sequence[Letter]) -> dict[Identity, _Stored]:
    """Insert what is new with its event; return what stands for every identity."""
    now = wall_now()
    first = {letter.identity: letter for letter in reversed(letters)}
    new = {identity: _Stored(new_id(), first[identity].content_hash, now) for identity in sorted(first)}
    rows = [_row(work, first[identity], stored.notification_id) for identity, stored in new.items()]
    stands = new
    if await work.write(_PAYMENTS, *map(list, zip(*rows, strict=True)), now) < len(rows):
        stands = await _known(work, new)
    for identity, stored in new.items():
        if stands[identity].notification_id == stored.notification_id:
            work.publish(_event(first[identity], stored.notification_id))
    return stands


async def _known(work: PlainWork, identities: Iterable[Identity]) -> dict[Identity, _Stored]:
    rows = await work.connection.fetch(_KNOWN, *map(list, zip(*identities, strict=True)))
    return {
        (row["bank"], row["serial"]): _Stored(row["notification_id"], row["content_hash"], row["received_at"])
        for row in rows
    }


def _row(work: PlainWork, letter: Letter, identity: UUID) -> tuple[Any, ...]:
    """The columns of the statement's arrays."""
    said = letter.notification
    payer = work.chassis.vault.seal(f"{said.payer_account} {said.payer_name}")
    return (
        letter.bank,
        said.serial,
        identity,
        letter.content_hash,
        said.slip_no,
        said.amount,
        said.paid_at,
        said.clearing_day,
        payer,
    )


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
