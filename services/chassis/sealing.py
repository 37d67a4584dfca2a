"""The audit chain: a sealer links settled rows in id order, `verify` names any that was changed."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from typing import TYPE_CHECKING

from sqlalchemy import text

from services.chassis.failures import INFRASTRUCTURE, is_infrastructure
from services.chassis.identity import SYSTEM
from services.chassis.keeper import Keeper
from services.chassis.work import work_scope

if TYPE_CHECKING:
    from services.chassis.runtime import Chassis

log = logging.getLogger(__name__)
CHUNK = 1_000
GENESIS = b"\0" * 32
_CONTENT = (
    "concat_ws(chr(31), a.id, a.tx, extract(epoch FROM a.at), extract(epoch FROM a.business_at), a.account, "
    "a.roles, a.channel, a.employer_no, a.act, a.subject, a.before::text, a.after::text)"
)
# Rows of transactions older than every running one are settled: no lower id can still appear.
_SETTLED = text(
    f"SELECT a.id, {_CONTENT} AS content FROM audit a "
    "WHERE a.tx < txid_snapshot_xmin(txid_current_snapshot()) "
    "AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.audit_id = a.id) ORDER BY a.id LIMIT :chunk"
)
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('seal', 0))")
_LAST = text("SELECT seal_no, hash FROM audit_seals ORDER BY seal_no DESC LIMIT 1")
_SEAL = text("INSERT INTO audit_seals (seal_no, audit_id, hash) VALUES (:seal_no, :audit_id, :hash)")
_CHAIN = text(
    f"SELECT s.seal_no, s.audit_id, s.hash, a.id, {_CONTENT} AS content "
    "FROM audit_seals s LEFT JOIN audit a ON a.id = s.audit_id WHERE s.seal_no > :after "
    "ORDER BY s.seal_no LIMIT :chunk"
)


def link(before: bytes, content: str) -> bytes:
    """The hash of a link: SHA-256 over the link before and the row."""
    return hashlib.sha256(before + content.encode()).digest()


async def seal(chassis: Chassis) -> int:
    """Seal a chunk of settled rows; returns how many. Two at once, as in a take-over, go one after the other."""
    async with work_scope(chassis, SYSTEM) as work:
        await work.session.execute(_TURN)
        rows = (await work.session.execute(_SETTLED, {"chunk": CHUNK})).all()
        last = (await work.session.execute(_LAST)).first()
        number, chain = (last.seal_no, last.hash) if last else (0, GENESIS)
        seals = []
        for row in rows:
            number, chain = number + 1, link(chain, row.content)
            seals.append({"seal_no": number, "audit_id": row.id, "hash": chain})
        if seals:
            await work.session.execute(_SEAL, seals)
    return len(seals)


async def verify(chassis: Chassis) -> tuple[int, list[int]]:
    """Walk the whole chain: (rows checked, audit ids that were changed or removed)."""
    checked, changed, after, chain = 0, [], 0, GENESIS
    async with chassis.sessions() as session:
        while rows := (await session.execute(_CHAIN, {"after": after, "chunk": CHUNK})).all():
            for row in rows:
                expected = link(chain, row.content or "")
                if row.seal_no != after + 1 or row.id is None or expected != row.hash:
                    changed.append(row.audit_id)
                checked, after, chain = checked + 1, row.seal_no, row.hash
    return checked, changed


class Sealer:
    """Seals within a few seconds; one replica holds the lock."""

    def __init__(self, chassis: Chassis, keeper: Keeper) -> None:
        self._chassis = chassis
        self._keeper = keeper

    async def run(self) -> None:
        """Seal until cancelled."""
        while True:
            try:
                if await self._keeper.hold("audit"):
                    while await seal(self._chassis) == CHUNK:
                        pass
            except Exception as error:
                if not (isinstance(error, INFRASTRUCTURE) or is_infrastructure(error)):
                    raise
                log.warning("sealer pauses", extra={"cause": type(error).__name__})
            await asyncio.sleep(self._chassis.settings.seal_seconds)
