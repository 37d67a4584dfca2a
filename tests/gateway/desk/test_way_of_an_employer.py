"""An employer's way through registry, page by page: each step with all its events, decisions, papers and acts."""

from __future__ import annotations

import re

from contracts.values import Role
from tests.gateway.desk.test_applications import ALL_SIX as ALL_MATERIALS
from tests.gateway.desk.test_applications import LI, WRITTEN
from tests.gateway.desk.test_changes import MOVED
from tests.gateway.desk.test_materials import ASKED, sends
from tests.gateway.desk.test_opening import opened, pdf_text
from tests.registry.rules.test_scans import pdf
from tests.servers.house import House, Person

NO = "3706000001"
_SECRET = re.compile(r'class="secret">([^<]+)<')
_SEALED = re.compile(r'name="sealed" value="([^"]+)"')
WORKED = ["application_received", "application_checked", "application_finished"]


class Steps:
    """What has happened since the last look, in registry: events and acts."""

    def __init__(self, home: House) -> None:
        self._home, self._events, self._acts = home, 0, 0

    async def events(self) -> list[tuple[str, str]]:
        """Every event of the step, by type and subject."""
        found = await self._home.registry.events()
        new, self._events = found[self._events :], len(found)
        return new

    async def acts(self) -> list[str]:
        """Every act of the step that stands in the audit trail."""
        found = await self._home.registry.rows("SELECT act FROM audit ORDER BY id")
        new, self._acts = [row["act"] for row in found[self._acts :]], len(found)
        return new


async def first_log_in(home: House, account: str, initial: str, own: str) -> Person:
    """Enter with the initial password and change it, as clause 三 asks."""
    person = home.stranger()
    entered = await person.send("/log-in", account=account, password=initial)
    assert entered.headers["location"] == "/password"
    await person.get("/password")
    assert (await person.send("/password", old=initial, new=own, again=own)).status_code == 303
    return person


async def applied(officer: Person, number: str, materials: list[str], **fields: str) -> tuple[str, str]:
    """A written application from receipt to its slip; returns the initial password and the slip's text."""
    case = f"/desk/applications/{number}"
    received = await officer.send(f"/desk/applications/new/{NO}", **fields)
    assert received.headers["location"] == f"{case}?said=application_received"
    assert (await officer.send(f"{case}/check", materials=materials)).status_code == 303
    done = (await officer.send(f"{case}/finish")).text
    slip = await officer.send(f"{case}/slip", sealed=_SEALED.findall(done)[0])
    return _SECRET.findall(done)[0], pdf_text(slip.content)


async def _open(home: House, officer: Person, steps: Steps) -> None:
    """Opened at the counter; the first log-in forces a password of its own."""
    initial = _SECRET.findall(await opened(officer))[0]
    assert await steps.events() == [
        ("EmployerRegistered", NO),
        ("ServiceOpened", NO),
        ("SubmissionDecided", f"{NO}/opening/370602〔2016〕第000001号"),
    ]
    assert await steps.acts() == ["employer_registered", "service_opened"]

    await first_log_in(home, NO, initial, "Kelp7!tideQz")
    assert await steps.events() == []
    assert await steps.acts() == ["log_in", "password_changed"]


async def _new_specialist(home: House, officer: Person, steps: Steps) -> None:
    """A new specialist gets an account of its own, and the old one ends."""
    secret, slip = await applied(
        officer, "S201609-000001", ALL_MATERIALS, matter="specialist", reason="原专管员离职", **LI
    )
    assert ("专管员变更单" in slip, "李静" in slip, secret in slip) == (True, True, True)
    assert await steps.events() == [
        ("AccountRevoked", NO),
        ("AccountRevoked", f"{NO}-2"),
        ("EmployerChanged", NO),
        ("SpecialistChanged", f"{NO}/specialist"),
        ("SubmissionDecided", f"{NO}/specialist/S201609-000001"),
    ]
    assert await steps.acts() == WORKED
    await first_log_in(home, f"{NO}-2", secret, "Gull8!windQs")
    assert await steps.acts() == ["log_in", "password_changed"]


async def _reset(home: House, officer: Person, steps: Steps) -> Person:
    """The password is reset on paper; the clerk who works from now on."""
    secret, slip = await applied(officer, "S201609-000002", WRITTEN, matter="password", reason="密码遗失")
    assert ("密码重置单" in slip, f"{NO}-2" in slip) == (True, True)
    assert await steps.events() == [
        ("AccountRevoked", f"{NO}-2"),
        ("SubmissionDecided", f"{NO}/password/S201609-000002"),
    ]
    assert await steps.acts() == WORKED
    clerk = await first_log_in(home, f"{NO}-2", secret, "Tern4!sandWx")
    assert await steps.acts() == ["log_in", "password_changed"]

    return clerk


async def _move(officer: Person, clerk: Person, steps: Steps) -> None:
    """The address changes."""
    await clerk.get("/account/changes/new")
    assert (await clerk.send("/account/changes/new", **MOVED)).status_code == 303
    assert (await officer.send("/desk/employers/changes/B201609-000001/accept")).status_code == 303
    assert await steps.events() == [
        ("SubmissionDecided", f"{NO}/registration/B201609-000001"),
        ("EmployerChanged", NO),
    ]
    assert await steps.acts() == ["change_filed", "change_accepted"]


async def _hand_in(officer: Person, clerk: Person, steps: Steps) -> None:
    """Materials are called in, handed in and accepted."""
    assert (await officer.send("/desk/materials/new", **ASKED)).status_code == 303
    assert await sends(clerk, pdf()) == 303
    assert (await clerk.send("/materials/T201609-000001/answer", note="")).status_code == 303
    assert (await officer.send("/desk/materials/T201609-000001/accept")).status_code == 303
    subject = f"{NO}/materials/T201609-000001"
    assert await steps.events() == [
        ("MaterialsRequested", subject),
        ("SubmissionDecided", subject),
        ("MaterialsAnswered", subject),
        ("MaterialsAnswered", subject),
        ("SubmissionDecided", subject),
    ]
    assert await steps.acts() == [
        "materials_requested",
        "scan_uploaded",
        "materials_answered",
        "materials_accepted",
    ]


async def test_2_3_4_from_opening_to_handed_in_materials(home: House):
    officer, steps = await home.officer(Role.COUNTER, Role.AUDITOR), Steps(home)
    await _open(home, officer, steps)
    await _new_specialist(home, officer, steps)
    clerk = await _reset(home, officer, steps)
    await _move(officer, clerk, steps)
    await _hand_in(officer, clerk, steps)
