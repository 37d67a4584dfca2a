"""The end of an employer on the real four services: other kinds, everybody leaves, all is paid, 注销登记 (A20, 4.2)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest

from contracts.values import Role
from services.billing.app import create as create_billing
from services.enrollment.app import create as create_enrollment
from services.notices.app import create as create_notices
from tests.gateway.desk.test_changes import AGENCYS, AS_IT_STANDS
from tests.gateway.desk.test_deregistration import ENDED, OWN
from tests.gateway.portal.test_real import NEW_PASSWORD, PEOPLE, City, enroll, log_in, paid
from tests.servers.house import Person, house
from tests.servers.postgres import Databases

NO = "3706000001"
AT = f"/desk/employers/{NO}"
FOUR = ["pension", "medical", "unemployment", "injury"]


@pytest.fixture
async def city(databases: Databases) -> AsyncIterator[City]:
    async with house(
        databases, enrollment=create_enrollment, billing=create_billing, notices=create_notices
    ) as home:
        yield City(home)


async def days(city: City, day: date) -> None:
    """The day comes, and what it brings goes round."""
    for service in city.services.values():
        await service.at(day)
    for service in city.services.values():
        await service.run_days()
        await city.post()


async def pays(city: City, person: Person, month: str, total: int) -> None:
    """Confirmed by its specialist, paid through the bank."""
    page = (await person.get(f"/bill/{month}")).text
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    done = await person.send(f"/bill/{month}/confirm", version=version, total=str(total), key=month)
    assert done.status_code == 303, done.text
    await city.post()
    slip = re.findall(r'href="/slips/(\d{17})"', (await person.get(f"/bill/{month}")).text)[0]
    await city.home.real["billing"].take(paid(slip, total))
    await city.post()


async def kinds_changed(city: City, officer: Person) -> None:
    given = AS_IT_STANDS | AGENCYS | {"effective_on": "2016-10-01"}
    filed = await officer.send(f"{AT}/changes", **given, kinds=FOUR, key="kinds")
    assert (await officer.send(f"{filed.headers['location']}/accept", key="accept")).status_code == 303


async def obstacles(person: Person) -> list[str]:
    """What the page names."""
    found = re.search(r'class="faults">(.*?)</ul>', (await person.get(OWN)).text, re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found[1]) if found else []


async def test_A20_4_2_from_three_people_to_the_last_log_in(city: City):
    person = await log_in(city)
    officer = await city.home.officer(Role.COUNTER)
    for one in PEOPLE:
        await enroll(city, person, **one)
    assert (await obstacles(person))[:2] == [
        "尚有3人在册参保，请先办理减员",
        "2016年9月应缴8,602.58元尚未确认和缴清",
    ]
    await pays(city, person, "2016-09", 860258)
    await kinds_changed(city, officer)
    await days(city, date(2016, 10, 1))
    assert "8,488.12" in (await person.get("/bill/2016-10")).text
    assert await obstacles(person) == [
        "尚有3人在册参保，请先办理减员",
        "2016年10月应缴8,488.12元尚未确认和缴清",
    ]
    await everybody_leaves(city, person)
    assert await obstacles(person) == []
    assert (await person.send(OWN, **ENDED, key="end")).status_code == 303
    case = re.findall(r"X201610-\d{6}", (await officer.get("/desk/employers/deregistrations")).text)[0]
    done = await officer.send(f"/desk/employers/deregistrations/{case}/accept", key="done")
    assert done.status_code == 303, done.text
    await city.post()
    assert (await person.get("/")).headers["location"] == "/log-in"
    again = await city.home.stranger().client.post("/log-in", data={"account": NO, "password": NEW_PASSWORD})
    assert "已于2016-10-01注销登记" in again.text
    await days(city, date(2016, 11, 1))
    bills = await city.home.real["billing"].rows("SELECT month FROM bills ORDER BY month")
    assert [row["month"] for row in bills] == [201609, 201610]


async def everybody_leaves(city: City, person: Person) -> None:
    """All three left in September, whose bill is paid: October is emptied."""
    for one in PEOPLE:
        await person.get("/decrease/new")
        picked = (await person.send("/decrease/new", text=one["name"])).text
        (path,) = set(re.findall(r'href="(/decrease/new/[0-9a-f-]{36})"', picked))
        left = await person.send(path, left_on="2016-09-30", reason="27", key=one["id_number"])
        assert left.status_code == 303, left.text
        await city.post()
