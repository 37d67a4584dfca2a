"""Many payments at once, as a bank notifies them, and what has become of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.errors.code import ProblemBody
from contracts.http.bank import Accepted, Notification
from deploy.local.bank.client import NO_ANSWER, Client
from services.chassis.clocks import SHANGHAI
from tests.flows.fleet import Fleet
from tests.flows.slips import Paying

AT_ONCE = 50
PAID_AT = datetime(2016, 9, 7, 10, tzinfo=SHANGHAI)
TYPES = (
    "SELECT type, count(*), count(DISTINCT subject) AS subjects FROM outbox "
    "WHERE key BETWEEN $1 AND $2 GROUP BY type"
)
POSTED = (
    "SELECT count(*), coalesce(sum(amount), 0)::bigint AS sum FROM payments "
    "WHERE state = 'posted' AND employer_no BETWEEN $1 AND $2"
)


async def notify(bank: Client, paying: Sequence[Paying]) -> list[Accepted | ProblemBody]:
    """All notifications through one gateway, some at once; one without an answer is sent again, as the guide says."""
    answers: list[Accepted | ProblemBody] = []
    for start in range(0, len(paying), AT_ONCE):
        part = paying[start : start + AT_ONCE]
        answers += await asyncio.gather(*(_until_answered(bank, one.notification(PAID_AT)) for one in part))
    return answers


async def _until_answered(bank: Client, notification: Notification) -> Accepted | ProblemBody:
    while (answer := await bank.notify(notification)) == NO_ANSWER:
        continue
    return answer


@dataclass(frozen=True)
class Payers:
    """The employers whose numbers lie between two."""

    fleet: Fleet
    first: str
    last: str

    async def posted(self) -> tuple[int, int]:
        """Payments posted, and their sum."""
        (row,) = await self.fleet.rows("billing", POSTED, self.first, self.last)
        return row["count"], row["sum"]

    async def until_posted(self, count: int) -> None:
        """Wait until so many are posted."""
        await self.fleet.until("billing", POSTED, (self.first, self.last), count)

    async def told(self, process: str) -> dict[str, tuple[int, int]]:
        """Events about them by type: how many, about how many subjects."""
        rows = await self.fleet.rows(process, TYPES, self.first, self.last)
        return {row["type"]: (row["count"], row["subjects"]) for row in rows}
