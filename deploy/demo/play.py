"""The play: who does what on which day of September and October 2016."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from contracts.errors.code import ProblemBody
from contracts.http.bank import Notification, SlipQuestion
from contracts.http.billing import (
    ArrearsSlip,
    ArrearsView,
    BillPage,
    BillView,
    ConfirmBill,
    CounterPayment,
    PaymentPage,
    PaymentView,
    SlipView,
)
from contracts.http.enrollment import (
    Decrease,
    DecreaseView,
    IncreaseBatch,
    IncreaseResult,
    RosterPage,
)
from contracts.http.notices import OrderPage, OrderView, Released, ReleaseOrders
from contracts.http.registry import EmployerView, NewAccount, NewOfficer, OpeningReceipt
from contracts.identity import WHOLE_CITY
from contracts.values import Role as Duty
from deploy.city.api import Api
from deploy.city.log_ins import log_in, own_password
from deploy.demo.cast import CAST, Habit, Role
from deploy.demo.ledger import Ledger
from deploy.demo.totals import Equation
from deploy.local.bank.client import Client
from services.chassis.clocks import SHANGHAI

OFFICERS = {"guitai": Duty.COUNTER, "zhengjiao": Duty.COLLECTION, "zijin": Duty.FINANCE}
LATE_FEE, PARTIAL_FEE = 17_205, 10_955
"""Worked figures, fen: V3, V3b (domain 3.5)."""
FIRST_PART = 500_000
UNKNOWN_SLIP = "37069999990000013"


@dataclass(frozen=True)
class Player:
    """One employer with its session."""

    role: Role
    number: str
    api: Api

    def path(self, rest: str) -> str:
        """A path of the JSON API under this employer."""
        return f"/employers/{self.number}/{rest}"


@dataclass
class Play:
    """The stage: the API, a bank, the officers and the employers."""

    api: Api
    bank: Client
    ledger: Ledger
    secret: str
    officers: dict[str, Api] = field(default_factory=dict)
    players: list[Player] = field(default_factory=list)
    fees: dict[Habit, int] = field(default_factory=dict)
    """Late fees that were asked of employers, by habit."""
    serials: int = 0

    def of(self, *habits: Habit) -> Sequence[Player]:
        """Employers of some habits, or all."""
        return [it for it in self.players if not habits or it.role.habit in habits]

    async def begin(self, first_account: str) -> None:
        """Officers, then each employer: registered, opened, enrolled."""
        admin = await log_in(self.api, first_account, self.secret, own_password(self.secret, first_account))
        for account, duty in OFFICERS.items():
            asked = NewOfficer(
                account=account, display_name=account, roles=frozenset({duty}), district=WHOLE_CITY
            )
            made = await admin.post("/officers", NewAccount, asked)
            self.officers[account] = await self._in(account, made.initial_password)
        for place, habit in enumerate(CAST):
            self.players.append(await self._open(Role(place, habit)))
        await self.ledger.ground.rest()
        for player in self.players:
            batch = IncreaseBatch(rows=player.role.staff())
            await player.api.post(player.path("increases"), IncreaseResult, batch)

    async def _in(self, account: str, initial: str) -> Api:
        return await log_in(self.api, account, initial, own_password(self.secret, account))

    async def _open(self, role: Role) -> Player:
        counter = self.officers["guitai"]
        employer = await counter.post("/employers", EmployerView, role.entry())
        path = f"/employers/{employer.employer_no}/opening"
        receipt = await counter.post(path, OpeningReceipt, role.opening())
        return Player(role, employer.employer_no, await self._in(receipt.account, receipt.initial_password))

    async def confirm(self, player: Player, month: str) -> SlipView:
        """Confirm a month's bill as it stands."""
        bill = await player.api.get(player.path(f"bills/{month}"), BillView)
        seen = ConfirmBill(version=bill.version, total=bill.total)
        return await player.api.post(player.path(f"bills/{month}/confirm"), SlipView, seen)

    async def slip(self, player: Player, month: str) -> SlipView:
        """The slip of a month that was confirmed; ValueError without one."""
        bill = await player.api.get(player.path(f"bills/{month}"), BillView)
        if bill.slip is None:
            raise ValueError(f"{player.role.name} has no slip for {month}")
        return bill.slip

    async def pay(self, slip: SlipView, at: datetime, *, amount: int = 0) -> None:
        """At the bank: ask, then send the notification, each twice, as banks do."""
        await self.bank.query(SlipQuestion(slip_no=slip.slip_no))
        await self.send(slip.slip_no, amount or slip.amount, at)

    async def send(self, slip_no: str, amount: int, at: datetime) -> None:
        """One payment of the bank; its notification goes out twice and counts once."""
        self.serials += 1
        note = Notification(
            serial=f"DEMO{self.serials:08}",
            slip_no=slip_no,
            amount=amount,
            paid_at=at,
            clearing_day=at.date(),
            payer_account="1606020109000000001",
            payer_name="付款单位",
        )
        for _ in range(2):
            answer = await self.bank.notify(note)
            if isinstance(answer, ProblemBody):
                raise TypeError(answer.detail)
        self.ledger.sent += amount

    async def counter(self, player: Player, amount: int, on: date) -> None:
        """Money at the counter."""
        paid = CounterPayment(
            employer_no=player.number, amount=amount, paid_on=on, reference=f"柜{on:%m%d}-{player.number}"
        )
        await self.officers["zijin"].post("/counter-payments", PaymentView, paid)
        self.ledger.sent += amount

    async def pay_all(self, month: str, at: datetime, *habits: Habit) -> None:
        """Confirm and pay a month."""
        for player in self.of(*habits):
            await self.pay(await self.confirm(player, month), at)

    async def orders(self) -> None:
        """A collection officer releases the prepared orders; the employers open theirs."""
        collection = self.officers["zhengjiao"]
        prepared = await collection.get("/orders?state=prepared", OrderPage)
        asked = ReleaseOrders(ids=tuple(row.id for row in prepared.rows))
        released = await collection.post("/orders/release", Released, asked)
        await self.ledger.ground.rest()
        for order in released.rows:
            player = next(it for it in self.players if it.number == order.employer_no)
            await player.api.post(player.path(f"orders/{order.id}/open"), OrderView)

    async def grow(self) -> None:
        """A newcomer is enrolled."""
        for player in self.of(Habit.GROWS):
            batch = IncreaseBatch(rows=(player.role.newcomer(),))
            await player.api.post(player.path("increases"), IncreaseResult, batch)

    async def shrink(self) -> None:
        """One has left in September, whose bill is paid."""
        for player in self.of(Habit.SHRINKS):
            roster = await player.api.get(player.path("roster"), RosterPage)
            leaver = next(row for row in roster.rows if row.name == "王建国")
            asked = Decrease(enrollment_id=leaver.enrollment_id, left_on=date(2016, 9, 20), reason="27")
            await player.api.post(player.path("decreases"), DecreaseView, asked)

    async def arrears(self, on: date) -> None:
        """The late one pays by an arrears slip, the partial one its rest at the counter."""
        for player in self.of(Habit.LATE):
            slip = await player.api.post(player.path("arrears/slips"), SlipView, ArrearsSlip(pay_on=on))
            self.fees[Habit.LATE] = slip.fee
            await self.pay(slip, datetime(on.year, on.month, on.day, 10, tzinfo=SHANGHAI))
        for player in self.of(Habit.PARTIAL):
            owed = await player.api.get(player.path(f"arrears?on={on}"), ArrearsView)
            self.fees[Habit.PARTIAL] = owed.fee
            await self.counter(player, owed.total, on)

    async def totals(self) -> list[Equation]:
        """What must be equal at the end."""
        billed = paid = open_sums = fees = 0
        for player in self.players:
            bills = await player.api.get(player.path("bills"), BillPage)
            billed += sum(bill.total for bill in bills.rows)
            paid += sum(bill.paid for bill in bills.rows)
            owed = await player.api.get(player.path("arrears?on=2016-10-31"), ArrearsView)
            open_sums += owed.principal
            payments = await player.api.get(player.path("payments"), PaymentPage)
            fees += sum(it.fee for row in payments.rows for it in row.allocations)
        suspense = await self.officers["zijin"].get("/suspense", PaymentPage)
        sent, book = self.ledger.sent, self.ledger.money
        return [
            Equation("银行和柜台送来 = 入账 + 挂账", sent, book.posted + book.suspended),
            Equation("入账 = 分配到险种和滞纳金", book.posted, book.allocated),
            Equation("挂账事件 = 挂账清单", book.suspended, sum(row.amount for row in suspense.rows)),
            Equation("应缴 = 已缴 + 欠费", billed, paid + open_sums),
            Equation("入账 = 各月已缴 + 滞纳金", book.posted, paid + fees),
            Equation("逾期单位滞纳金（V3）", self.fees[Habit.LATE], LATE_FEE),
            Equation("分次缴费单位滞纳金（V3b）", self.fees[Habit.PARTIAL], PARTIAL_FEE),
        ]
