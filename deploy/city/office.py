"""What the office has in hand on the first morning: applications, a second person, changes, materials, a correction."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.http.applications import (
    AccountReceipt,
    ApplicationMaterial,
    ApplicationMatter,
    ApplicationView,
    CheckApplication,
    ReceiveApplication,
)
from contracts.http.changes import ChangeView, FileChange, RegistrationItems
from contracts.http.materials import (
    AnswerRequest,
    RequestedMaterials,
    RequestMaterials,
    RequestSort,
    RequestState,
    RequestView,
)
from contracts.http.registry import SpecialistData
from deploy.city.api import Api, RefusedError
from deploy.city.employers import Employer
from deploy.city.log_ins import Order, log_in, own_password
from deploy.city.people import SURNAMES, id_number
from deploy.city.progress import Progress
from deploy.city.staff import newcomers

PERSONS_FROM = 91_000_000
"""Indexes of people that neither a roster nor a specialist has."""
SOON, LATER = date(2016, 9, 9), date(2016, 9, 20)
SCAN = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one point, in the place of a wage list."""
SPENT = ("request.deadline", "application.open", "change.open")
"""What a city is told that is loaded long after its morning, or once more: it goes on without."""


@dataclass(frozen=True)
class Office:
    """The desk and the specialists who came to it; every command carries its key."""

    counter: Api
    auditor: Api
    specialist: Callable[[Employer], Awaitable[Api]]
    progress: Progress
    secret: str
    order: Order

    async def open(self, shown: Sequence[Employer], others: Sequence[Employer]) -> None:
        """Cases of every sort, in every state a newcomer may look for."""
        quiet = [it for it in others if not newcomers(it)]
        two, lost, due, *changed = quiet[:5]
        await self._two_persons(two)
        await self._applied(lost, ApplicationMatter.PASSWORD, "密码遗失", steps=0)
        await self._applied(due, ApplicationMatter.SPECIALIST, "原专管员调离", steps=1)
        for employer, matter in zip(
            changed, (ApplicationMatter.SPECIALIST, ApplicationMatter.PASSWORD), strict=True
        ):
            await self._applied(employer, matter, "原专管员离职", steps=2)
        await self._moved(shown[1], due)
        await self._asked(shown, quiet)

    async def _two_persons(self, employer: Employer) -> None:
        """One prepares, another approves: both can be tried."""
        await self.specialist(employer)
        receipt = await self._applied(employer, ApplicationMatter.APPROVER, "内部分设经办与复核", steps=2)
        if receipt is None:
            return
        own = own_password(self.secret, receipt.account)
        session = self.counter.under("")
        await log_in(session, receipt.account, receipt.initial_password, own, self.order)
        name = employer.entry.name
        self.progress.log_in(f"{name}（经办）", employer.number, own_password(self.secret, employer.number))
        self.progress.log_in(f"{name}（复核）", receipt.account, own)

    async def _applied(
        self, employer: Employer, matter: ApplicationMatter, reason: str, *, steps: int
    ) -> AccountReceipt | None:
        """A written application: received, then checked, then finished."""
        key, at = f"city/{matter}/{employer.number}", f"/employers/{employer.number}/applications"
        named = matter in (ApplicationMatter.SPECIALIST, ApplicationMatter.APPROVER)
        asked = ReceiveApplication(
            matter=matter, reason=reason, specialist=_person(employer) if named else None
        )
        case = await self.counter.post(at, ApplicationView, asked, key=key)
        one = f"/applications/{case.application_no}"
        seen = CheckApplication(materials=frozenset(ApplicationMaterial if named else case.needs))
        if steps:
            await self.counter.post(f"{one}/check", ApplicationView, seen, key=key)
        return await self.counter.post(f"{one}/finish", AccountReceipt, key=key) if steps > 1 else None

    async def _moved(self, own: Employer, other: Employer) -> None:
        """One change filed by its employer, one at the counter; both wait to be decided."""
        items = RegistrationItems(address="烟台市芝罘区北马路7号", postcode="264001")
        asked = FileChange(effective_on=SOON, reason="单位迁址", items=items)
        for employer, session in ((own, await self.specialist(own)), (other, self.counter)):
            path = f"/employers/{employer.number}/changes"
            await _unless_spent(session.post(path, ChangeView, asked, key=f"city/change/{employer.number}"))

    async def _asked(self, shown: Sequence[Employer], quiet: Sequence[Employer]) -> None:
        """Wage lists of several employers, one of them handed in, and one order to correct."""
        asked = RequestMaterials(
            sort=RequestSort.MATERIALS,
            employer_nos=tuple(it.number for it in (*shown[1:3], *quiet[1:3])),
            what="2016年8月工资发放表和考勤表",
            ground="",
            deadline=SOON,
        )
        order = RequestMaterials(
            sort=RequestSort.CORRECTION,
            employer_nos=(shown[3].number,),
            what="更正申报的缴费基数，提交更正后的工资发放表",
            ground="2016年8月工资发放表载明的工资高于申报的缴费工资",
            deadline=LATER,
        )
        made = await _unless_spent(
            self.auditor.post("/material-requests", RequestedMaterials, asked, key="city/materials")
        )
        await _unless_spent(
            self.auditor.post("/material-requests", RequestedMaterials, order, key="city/correction")
        )
        if made:
            await self._handed_in(await self.specialist(shown[2]), made.request_nos)

    async def _handed_in(self, session: Api, numbers: Sequence[str]) -> None:
        """The request that is this employer's own, with a scan."""
        for number in numbers:
            try:
                one = await session.get(f"/material-requests/{number}", RequestView)
            except RefusedError:
                continue
            if one.state is RequestState.SENT:
                path = f"/material-requests/{number}"
                await session.upload(f"{path}/files?name=wages.png", RequestView, SCAN, key="")
                await session.post(f"{path}/answer", RequestView, AnswerRequest(note="见附件"), key=path)


async def _unless_spent(command: Awaitable[RequestedMaterials | ChangeView]) -> RequestedMaterials | None:
    try:
        made = await command
    except RefusedError as error:
        if error.problem.code not in SPENT:
            raise
        return None
    return made if isinstance(made, RequestedMaterials) else None


def _person(employer: Employer) -> SpecialistData:
    """Somebody who is no specialist yet."""
    return SpecialistData(
        name=f"{SURNAMES[employer.place % len(SURNAMES)]}晓明",
        id_number=id_number(PERSONS_FROM + employer.place),
        mobile=f"136{employer.place:08}",
    )
