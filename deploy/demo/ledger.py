"""What the events of each day say, and whether the money of all days adds up."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from contracts.events.billing import PaymentPosted, PaymentSuspended
from deploy.demo.ground import Ground
from deploy.demo.money import Money
from deploy.local.bank.counter import yuan
from deploy.local.databases import PROCESSES
from deploy.local.postgres import OWNER
from services.chassis.clocks import plain_dsn

_NEW = "SELECT id, type, body::text AS body FROM outbox WHERE id > $1 ORDER BY id"
DOCUMENTS = {
    "SlipIssued": "缴费单",
    "ReceiptIssued": "收据",
    "OrderIssued": "通知书",
    "SubmissionDecided": "处理结果",
}


@dataclass
class Ledger:
    """Reads every process's outbox, from where it stopped the day before."""

    ground: Ground
    sent: int = 0
    """Fen that the banks and the counter have sent."""
    money: Money = field(default_factory=Money)
    events: Counter[str] = field(default_factory=Counter)
    _seen: dict[str, int] = field(default_factory=dict)

    async def tell(self, day: str, what: str) -> None:
        """One day's lines."""
        today: Counter[str] = Counter()
        before = self.money.posted, self.money.suspended
        for process in PROCESSES:
            for row in await self._new(process):
                today[row["type"]] += 1
                self._book(row["type"], json.loads(row["body"]))
        self.events += today
        print(f"\n{day}  {what}")
        print("  events     " + " · ".join(f"{name} {count}" for name, count in sorted(today.items())))
        print(f"  money      {self._moved(*before)}")
        made = [f"{name} {today[kind]}" for kind, name in DOCUMENTS.items() if today[kind]]
        print(f"  documents  {' · '.join(made) or '—'}")

    def _moved(self, posted: int, suspended: int) -> str:
        """What the day changed; money moves back where a debt grows smaller."""
        return (
            f"入账 {_signed(self.money.posted - posted)} · 挂账 {_signed(self.money.suspended - suspended)}"
        )

    def _book(self, kind: str, body: dict[str, Any]) -> None:
        for event in (PaymentPosted, PaymentSuspended):
            if kind == event.type_name():
                self.money.hear(event.model_validate(body))

    async def _new(self, process: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(plain_dsn(self.ground.data.cluster.dsn(OWNER, process)))
        try:
            rows: list[asyncpg.Record] = await connection.fetch(_NEW, self._seen.get(process, 0))
        finally:
            await connection.close()
        self._seen[process] = max((row["id"] for row in rows), default=self._seen.get(process, 0))
        return rows


def _signed(fen: int) -> str:
    return f"-{yuan(-fen)}" if fen < 0 else yuan(fen)
