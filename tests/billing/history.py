"""A random history of one employer on PostgreSQL, beside an independent account of what its roster owes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from contracts.events.enrollment import BaseAdjusted, EnrollmentEnded
from contracts.identity import Caller
from contracts.month import Month
from contracts.values import Channel, Role
from services.billing.commands.arrears import close_window
from services.billing.commands.expiry import expire_slips
from services.billing.commands.run import run_month
from services.billing.commands.stale import price_stale, sweep_stale
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.billing.facts import A, employer, officer, relation, specialist, started
from tests.billing.money.conftest import notified
from tests.billing.rules.oracle import premium
from tests.servers.bare_service import BareService

FIRST_DAY, LAST = date(2016, 9, 5), Month(2016, 12)
BANK = Caller(account="bank", roles=frozenset({Role.SYSTEM}), channel=Channel.BANK)
COUNTER = officer(Role.COUNTER)
RATES = {
    "pension": (180_000, 80_000),
    "medical": (70_000, 20_000),
    "unemployment": (10_000, 5_000),
    "injury": (9_000, 0),
    "maternity": (5_000, 0),
}
BASES = (2_910_00, 5_431_00, 14_549_00)
_LINES = (
    "SELECT enrollment_id, contribution_month AS month, "
    + ", ".join(f"unit_{kind}, person_{kind}" for kind in RATES)
    + " FROM person_lines"
)


@dataclass
class Relation:
    """One person as enrollment knows it: months, and bases by the month from which they hold."""

    number: int
    first: Month
    late: bool
    last: Month | None = None
    bases: list[tuple[Month, int]] = field(default_factory=list)
    version: int = 1

    def fact(self) -> dict[str, Any]:
        """The fields of its newest fact."""
        base_from, base = self.bases[-1]
        own = {"version": self.version, "from_month": self.first, "base_from": base_from}
        return relation(self.number, base, **own, last_month=self.last, hired_on=self.first.day(3))

    def owes(self, month: Month) -> bool:
        """Insured in the month."""
        return self.first <= month and (self.last is None or month <= self.last)

    def line(self, month: Month) -> dict[str, int]:
        """What the month costs, by column."""
        base = [base for since, base in self.bases if since <= month][-1]
        return {
            f"{part}_{kind}": premium(base, rate)
            for kind, rates in RATES.items()
            for part, rate in zip(("unit", "person"), rates, strict=True)
        }


@dataclass
class History:
    """What happens, one act after the other; `run_until` is the last month whose run was made."""

    service: BareService
    day: date = FIRST_DAY
    people: list[Relation] = field(default_factory=list)
    runs: list[Month] = field(default_factory=list)
    serial: int = 0

    async def begin(self) -> None:
        """An employer with two people, whose September is run."""
        await self.service.at(self.day)
        await self.service.take(employer())
        for number in range(2):
            await self.hire(number, 0)
        await self.run()

    async def act(self, name: str, number: int, choice: int) -> None:
        """One act by its name; the numbers choose whom and how."""
        await getattr(self, name)(number, choice)

    async def hire(self, number: int, choice: int) -> None:
        """Somebody of this month or up to two months ago, in time or late."""
        first = self._month().plus(-(choice % 3))
        person = Relation(len(self.people) + 1, first, late=choice % 2 == 1)
        person.bases.append((first, BASES[number % 3]))
        self.people.append(person)
        late = {"late": True, "limit_day": first.day(3) + timedelta(days=30)} if person.late else {}
        base = {"from_month": first, "base_from": first, "hired_on": first.day(3)}
        await self.service.take(started(person.number, person.bases[0][1], **base, **late))

    async def leave(self, number: int, choice: int) -> None:
        """Somebody has left this month or up to three months ago."""
        if person := self._whom(number):
            person.last, person.version = self._month().plus(-(choice % 4)), person.version + 1
            reason = {"reason": "27", "left_on": person.last.day(20)}
            await self.service.take(EnrollmentEnded.model_validate(person.fact() | reason))

    async def rebase(self, number: int, choice: int) -> None:
        """Another base from next month on; whoever had left is back."""
        if person := self._whom(number):
            person.last, person.version = None, person.version + 1
            old = person.bases[-1][1]
            person.bases.append((self._month().plus(1), BASES[choice % 3]))
            fact = person.fact() | {"old_base": old, "cause": "x"}
            await self.service.take(BaseAdjusted.model_validate(fact))

    async def confirm(self, number: int, choice: int) -> None:
        """The month's bill is confirmed as it stands."""
        month = self._month()
        seen = await self.service.get(f"/bills/{month}", specialist())
        if seen.status_code == 200:
            asked = {"version": seen.json()["version"], "total": seen.json()["total"]}
            answer = await self.service.post(f"/bills/{month}/confirm", specialist(), asked)
            assert answer.status_code < 500, (answer.text, number, choice)

    async def settle(self, number: int, choice: int) -> None:
        """The month's bill is confirmed, and its slip or an older one of it paid at once."""
        await self.confirm(number, choice)
        await self.pay(0, choice // 6)

    async def regret(self, number: int, choice: int) -> None:
        """The month's bill is paid, and then somebody turns out to have left before (A11)."""
        await self.settle(number, 0)
        await self.leave(number, 1 + choice % 3)

    async def overtake(self, number: int, choice: int) -> None:
        """The month's bill is confirmed, the roster changes, and the bank had taken the money before (A23)."""
        await self.confirm(number, choice)
        await (self.hire if choice % 2 else self.leave)(number, choice // 2)
        await self.pay(0, 0)

    async def ask(self, number: int, choice: int) -> None:
        """A slip for arrears and whatever has no bill yet."""
        pay_on = {"pay_on": str(self.day + timedelta(days=choice % 2))}
        answer = await self.service.post("/arrears/slips", specialist(), pay_on)
        assert answer.status_code < 500, (answer.text, number)

    async def query(self, number: int, choice: int) -> None:
        """A bank asks for a slip and so holds it."""
        if slip := await self._slip(number + choice):
            asked = {"bank": "ICBC", "slip_no": slip["slip_no"]}
            assert (await self.service.post("/slips/query", BANK, asked)).status_code == 200

    async def pay(self, number: int, choice: int) -> None:
        """A bank tells that a slip, in force or not any more, was paid when it was issued."""
        if slip := await self._slip(number + choice):
            self.serial += 1
            told = notified(slip["slip_no"], slip["amount"], slip["issued_at"], f"S{self.serial}")
            await self.service.take(told)

    async def count(self, number: int, choice: int) -> None:
        """Some money at the counter."""
        self.serial += 1
        money = {"employer_no": A, "amount": 1 + number * 97_531 + choice, "paid_on": str(self.day)}
        answer = await self.service.post(
            "/counter-payments", COUNTER, money | {"reference": f"P{self.serial}"}
        )
        assert answer.status_code < 500, answer.text

    async def go(self, number: int, choice: int) -> None:
        """Days pass; with an even choice the day's work is done, else it stays behind."""
        self.day = min(self.day + timedelta(days=1 + number * 2), date(2016, 11, 28))
        await self.service.at(self.day)
        if choice % 2 == 0:
            await self.run()

    async def run(self) -> None:
        """The work of the day, with the runs that are behind."""
        await self._job(price_stale)
        await self._job(expire_slips)
        await self._job(close_window)
        behind = self.runs[-1].plus(1) if self.runs else self._month()
        while behind <= self._month():
            async with work_scope(self.service.chassis, SYSTEM, day=behind.first_day) as work:
                assert await run_month(work, behind.first_day)
            self.runs.append(behind)
            behind = behind.plus(1)
        async with work_scope(self.service.chassis, SYSTEM) as work:
            assert await sweep_stale(work)

    async def end(self) -> None:
        """December's run takes whatever still waits."""
        self.day = LAST.first_day
        await self.service.at(self.day)
        await self.run()

    async def charged(self) -> dict[tuple[int, int], list[dict[str, int]]]:
        """Lines by person and month, in whatever bill they stand."""
        found: dict[tuple[int, int], list[dict[str, int]]] = {}
        for row in await self.service.rows(_LINES):
            key = int(row.pop("enrollment_id")), row.pop("month")
            found.setdefault(key, []).append(row)
        return found

    async def credited(self) -> dict[tuple[int, int], dict[str, int]]:
        """Credits by person and month, by column."""
        found: dict[tuple[int, int], dict[str, int]] = {}
        for row in await self.service.rows("SELECT enrollment_id, month, kind, unit, person FROM credits"):
            parts = {f"{part}_{row['kind']}": row[part] for part in ("unit", "person")}
            found.setdefault((int(row["enrollment_id"]), row["month"]), {}).update(parts)
        return found

    async def _job(self, job: Any) -> None:
        async with work_scope(self.service.chassis, SYSTEM, day=self.day) as work:
            assert await job(work, self.day)

    async def _slip(self, place: int) -> dict[str, Any] | None:
        slips = await self.service.rows("SELECT slip_no, amount, issued_at FROM slips ORDER BY slip_no DESC")
        return slips[place % len(slips)] if slips else None

    def _month(self) -> Month:
        return Month.of(self.day)

    def _whom(self, number: int) -> Relation | None:
        return self.people[number % len(self.people)] if self.people else None
