"""The audit chain: a sealer links settled rows, each to the one before; `verifying` walks it."""

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
# An array, so that nothing reads alike which is not: a value cannot move into a neighbour that is empty.
CONTENT = (
    "jsonb_build_array(a.id, a.tx, extract(epoch FROM a.at), extract(epoch FROM a.business_at), a.account, "
    "a.roles, a.channel, a.employer_no, a.act, a.subject, a.before, a.after)::text"
)
# Rows of transactions older than every running one are settled: no older one can still appear. So the chain
# stands in the order of transactions, only what lies behind its end is read, and what is put in later under an old
# transaction is never sealed and stands out.
_SETTLED = text(
    f"SELECT a.id, a.tx, {CONTENT} AS content FROM audit a "
    "WHERE (a.tx, a.id) > (:tx, :id) AND a.tx < txid_snapshot_xmin(txid_current_snapshot()) "
    "ORDER BY a.tx, a.id LIMIT :chunk"
)
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('seal', 0))")
_LAST = text("SELECT seal_no, tx, audit_id, hash FROM audit_seals ORDER BY seal_no DESC LIMIT 1")
_SEAL = text("INSERT INTO audit_seals (seal_no, tx, audit_id, hash) VALUES (:seal_no, :tx, :audit_id, :hash)")


def link(before: bytes, content: str) -> bytes:
    """The hash of a link: SHA-256 over the link before and the row."""
    return hashlib.sha256(before + content.encode()).digest()


async def seal(chassis: Chassis) -> int:
    """Seal a chunk of settled rows; returns how many. Two at once, as in a take-over, go one after the other."""
    async with work_scope(chassis, SYSTEM) as work:
        await work.session.execute(_TURN)
        last = (await work.session.execute(_LAST)).first()
        number, chain = (last.seal_no, last.hash) if last else (0, GENESIS)
        behind = {"tx": last.tx if last else 0, "id": last.audit_id if last else 0, "chunk": CHUNK}
        rows = (await work.session.execute(_SETTLED, behind)).all()
        seals = []
        for row in rows:
            number, chain = number + 1, link(chain, row.content)
            seals.append({"seal_no": number, "tx": row.tx, "audit_id": row.id, "hash": chain})
        if seals:
            await work.session.execute(_SEAL, seals)
    return len(seals)


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
