"""The load from end to end; every command carries a key, so that a second load goes on where the first stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from contracts.http.enrollment import IncreaseResult
from contracts.http.notices import NewNotice, NoticeView
from contracts.http.registry import EmployerView, OpeningReceipt
from deploy.city.api import Api
from deploy.city.cutover import Roster, import_existing, limits_in_force
from deploy.city.employers import Employer
from deploy.city.log_ins import Order, log_in, own_password
from deploy.city.office import Office
from deploy.city.officers import Officers, security_administrator
from deploy.city.progress import Progress
from deploy.city.register import import_register
from deploy.city.sheet import sheet
from deploy.city.staff import newcomers, newly_hired

AT_ONCE = 4
REGISTRATION = 25
"""Units of progress: an employer takes as long as so many imported persons."""
SHOWN, OPENED = 4, 300
"""Employers whose log-in is shown, and those that use the online service from the first day."""
NOTICE = NewNotice(
    title="关于2016年9月社会保险费申报缴纳的通知",
    body="各参保单位：请于每月1日至10日（含节假日）登录系统核对人数和金额，确认后在缴费单有效期内缴费。",
)


@dataclass(frozen=True)
class Loader:
    """One load of a city."""

    api: Api
    city: Sequence[Employer]
    size: str
    secret: str
    progress: Progress
    initial: dict[str, str] = field(default_factory=dict)
    """Initial passwords by employer number, from the opening slips."""
    order: Order = field(default_factory=Order)

    async def run(self, first_account: str) -> None:
        """Everything, in an order that lets the portal be used as early as can be."""
        admin = await security_administrator(self.api, first_account, self.secret, self.progress, self.order)
        officers = Officers(self.api, admin, self.secret, self.progress, self.order)
        centre = await officers.centre()
        counter, checker = centre["guitai1"], centre["guitai2"]
        roster = Roster(self.city, await limits_in_force(centre["zhengce1"]))
        await self._each(self.city[:OPENED], lambda employer: self._opened(counter, employer))
        await import_register(self.city[OPENED:], counter, checker, self.progress, REGISTRATION)
        await self._show()
        await import_existing(roster, self.size, counter, checker, self.progress)
        await self._each([it for it in self.city[:OPENED] if newcomers(it)], self._upload)
        await centre["tongzhi"].post("/board", NoticeView, NOTICE, key="city/notice")
        await officers.districts()
        await self._office(counter, centre["jihe"])

    async def _each(self, chosen: Sequence[Employer], work: Callable[[Employer], Awaitable[object]]) -> None:
        """A few at once; the first failure ends the load."""
        waiting = iter(chosen)

        async def work_off() -> None:
            for employer in waiting:
                await work(employer)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(work_off())

    async def _registered(self, counter: Api, employer: Employer) -> None:
        await counter.post("/employers", EmployerView, employer.entry, key=f"city/{employer.number}")
        self.progress.step("单位登记", REGISTRATION)

    async def _opened(self, counter: Api, employer: Employer) -> None:
        await self._registered(counter, employer)
        path = f"/employers/{employer.number}/opening"
        receipt = await counter.post(path, OpeningReceipt, employer.opening(), key=f"city/{employer.number}")
        self.initial[employer.number] = receipt.initial_password

    async def _show(self) -> None:
        """The first few with passwords of their own, and one whose first log-in is still to come."""
        for employer in self.city[:SHOWN]:
            await self._specialist(employer)
            self.progress.log_in(
                employer.entry.name, employer.number, own_password(self.secret, employer.number)
            )
        fresh = self.city[SHOWN]
        self.progress.log_in(f"{fresh.entry.name}（首次登录）", fresh.number, self.initial[fresh.number])

    async def _specialist(self, employer: Employer) -> Api:
        number = employer.number
        own = own_password(self.secret, number)
        return await log_in(self.api, number, self.initial[number], own, self.order)

    async def _office(self, counter: Api, auditor: Api) -> None:
        """What people come to the desk for: the last of those that were opened, so that the first stay as they are."""
        office = Office(counter, auditor, self._specialist, self.progress, self.secret, self.order)
        await office.open(self.city[:SHOWN], self.city[SHOWN + 1 : OPENED][::-1])

    async def _upload(self, employer: Employer) -> None:
        """The newcomers' sheet, sent by the employer's own specialist."""
        specialist, people = await self._specialist(employer), newly_hired(employer)
        path = f"/employers/{employer.number}/increases/sheet"
        await specialist.upload(path, IncreaseResult, sheet(people), key="city/newcomers")
        self.progress.step("增员表上传", len(people))
