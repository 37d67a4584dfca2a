"""A flow's driver: officers and employers through the JSON API, the bank through its door, events as a whole list."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from contracts.errors.code import ProblemBody
from contracts.http.bank import Accepted, Notification, SlipQuestion
from contracts.http.billing import ArrearsView, BillView, ConfirmBill, PaymentPage, SlipForBank, SlipView
from contracts.http.enrollment import IncreaseBatch, IncreaseResult, RawIncrease, RosterPage, RosterRow
from contracts.http.registry import EmployerView, NewAccount, NewOfficer, OpeningReceipt, OpenService
from contracts.identity import WHOLE_CITY
from contracts.month import Month
from contracts.values import Role
from deploy.city.api import Api
from deploy.city.log_ins import log_in
from deploy.local.bank.client import Client
from deploy.local.bank.settings import Settings as BankSettings
from deploy.local.databases import PROCESSES
from services.chassis.clocks import SHANGHAI
from tests.flows.fleet import REPLICAS, Fleet
from tests.flows.people import SEPTEMBER, entry, opening, staff
from tests.flows.turns import by_turns

PASSWORD = "Hai-Feng-2016-yantai"  # of accounts that live as long as the tests
OFFICERS = {
    "guitai": Role.COUNTER,
    "zhengjiao": Role.COLLECTION,
    "tongzhi": Role.NOTICE_EDITOR,
    "xitong": Role.SYSTEM_ADMIN,
}
TOLD = "SELECT id, type, subject FROM outbox WHERE key = $1 AND id > $2 ORDER BY id"
OCTOBER = Month(2016, 10)
COALESCING = {"BillAssessed"}
Told = Counter[tuple[str, str]]


@dataclass
class City:
    """The fleet with the people who work on it; every call goes to the gateway's next replica."""

    fleet: Fleet
    officers: dict[str, Api] = field(default_factory=dict)
    banks: list[Client] = field(default_factory=list)
    early: tuple[Flow, ...] = ()
    """Employers of the first day with nobody yet, the first insured from October: a person hired before its
    employer was registered is refused (A5)."""

    async def open(self) -> None:
        """The first officer makes the others."""
        keys = {
            bank: {name: bytes.fromhex(key) for name, key in ring.items()}
            for bank, ring in self.fleet.secrets.bank_keys.items()
        }
        urls = [self.fleet.url("gateway", number) for number in range(REPLICAS)]
        self.banks = [Client(BankSettings(gateway_url=url, bank_keys=keys)) for url in urls]
        self._client = by_turns(urls)
        known = self.fleet.secrets
        admin = await log_in(self.api(), known.first_account, known.first_password, PASSWORD)
        for account, role in OFFICERS.items():
            asked = NewOfficer(
                account=account, display_name=account, roles=frozenset({role}), district=WHOLE_CITY
            )
            made = await admin.post("/officers", NewAccount, asked, key=account)
            self.officers[account] = await log_in(self.api(), account, made.initial_password, PASSWORD)
        self.early = await self.employer(21, OCTOBER), await self.employer(22)
        for flow in self.early:
            await flow.told()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
        for bank in self.banks:
            await bank.close()

    def api(self) -> Api:
        """The JSON API, of all replicas by turns."""
        return Api(self._client)

    async def day(self, day: date, hour: int = 9) -> None:
        """Move the clock forward to an hour of a day, and wait for rest."""
        await self.fleet.clock.advance_to(datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI))
        await self.fleet.rest()

    async def employer(self, number: int, insured_from: Month = SEPTEMBER) -> Flow:
        """Register an employer, open its service, log its specialist in."""
        counter = self.officers["guitai"]
        asked_for = entry(number, insured_from)
        view = await counter.post("/employers", EmployerView, asked_for, key=f"entry-{number}")
        flow = Flow(self, view.employer_no, number)
        path = f"/employers/{view.employer_no}/opening"
        asked: OpenService = opening(number)
        flow.receipt = await counter.post(path, OpeningReceipt, asked, key=f"opening-{number}")
        account, initial = flow.receipt.account, flow.receipt.initial_password
        flow.session = await log_in(self.api(), account, initial, PASSWORD)
        await self.fleet.rest()
        return flow

    async def enrolled(self, number: int, hired_on: str = "2016-09-01") -> Flow:
        """An employer with its three people on the roster, and its bill of 8,602.58."""
        flow = await self.employer(number, Month.parse(hired_on[:7]))
        assert types(await flow.told()) == {
            "EmployerRegistered": 1,
            "ServiceOpened": 1,
            "SubmissionDecided": 1,
        }
        result = await flow.increase(*staff(number, hired_on))
        assert len(result.accepted) == 3, result
        assert types(await flow.told()) == {"EnrollmentStarted": 3, "SubmissionDecided": 3, "BillAssessed": 1}
        return flow


def types(told: Told) -> dict[str, int]:
    """Events by type, each subject of which was told once."""
    assert set(told.values()) <= {1}, told
    return dict(Counter(kind for kind, _ in told))


@dataclass(eq=False)
class Flow:
    """One employer's way through the system."""

    city: City
    employer_no: str
    number: int
    receipt: OpeningReceipt | None = None
    session: Api | None = None
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def api(self) -> Api:
        """Its specialist's session."""
        assert self.session is not None
        return self.session

    def path(self, rest: str) -> str:
        """A path of the JSON API under this employer."""
        return f"/employers/{self.employer_no}/{rest}"

    async def increase(self, *rows: RawIncrease) -> IncreaseResult:
        """Send increases, all or none."""
        batch = IncreaseBatch(rows=rows)
        return await self.api.post(self.path("increases"), IncreaseResult, batch, key=secrets.token_hex(8))

    async def roster(self) -> dict[str, RosterRow]:
        """Who is on the roster, by name."""
        page = await self.api.get(self.path("roster"), RosterPage)
        return {row.name: row for row in page.rows}

    async def bill(self, month: str) -> BillView:
        """A month's bill."""
        return await self.api.get(self.path(f"bills/{month}"), BillView)

    async def confirm(self, month: str) -> SlipView:
        """Confirm a month's bill as it stands; its slip."""
        bill = await self.bill(month)
        asked = ConfirmBill(version=bill.version, total=bill.total)
        path = self.path(f"bills/{month}/confirm")
        return await self.api.post(path, SlipView, asked, key=secrets.token_hex(8))

    async def arrears(self, on: str) -> ArrearsView:
        """What is owed if paid on a day."""
        return await self.api.get(self.path(f"arrears?on={on}"), ArrearsView)

    async def payments(self) -> list[tuple[str, str, int]]:
        """State, reason and amount of every payment, newest first."""
        page = await self.api.get(self.path("payments"), PaymentPage)
        return [(one.state.value, one.reason, one.amount) for one in page.rows]

    async def told(self) -> Told:
        """At rest: every event of this employer since the last step, BillAssessed at most once a subject."""
        await self.city.fleet.rest()
        told: Told = Counter()
        for process in PROCESSES:
            rows = await self.city.fleet.rows(process, TOLD, self.employer_no, self.seen.get(process, 0))
            told.update((row["type"], row["subject"]) for row in rows)
            self.seen[process] = max((row["id"] for row in rows), default=self.seen.get(process, 0))
        return Counter({it: 1 if it[0] in COALESCING else count for it, count in told.items()})

    async def pay(self, slip_no: str, paid_at: datetime, *, times: int = 1) -> list[Accepted | ProblemBody]:
        """The bank asks what the slip costs and sends its notification so often, to both gateways by turns."""
        slip = await self.city.banks[0].query(SlipQuestion(slip_no=slip_no))
        assert isinstance(slip, SlipForBank), slip
        return await self.notify(slip_no, slip.amount, paid_at, times=times)

    async def notify(
        self, slip_no: str, amount: int, paid_at: datetime, *, times: int = 1
    ) -> list[Accepted | ProblemBody]:
        """The bank, which has not asked, says so often that the slip was paid."""
        note = Notification(
            serial=f"S{secrets.token_hex(8)}",
            slip_no=slip_no,
            amount=amount,
            paid_at=paid_at,
            clearing_day=paid_at.date(),
            payer_account="6222000000000000001",
            payer_name="付款单位",
        )
        turns = (self.city.banks[turn % REPLICAS] for turn in range(times))
        return list(await asyncio.gather(*(one.notify(note) for one in turns)))
