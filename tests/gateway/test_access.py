"""Who may see what: every route of the gateway, tried by those whom it does not concern, with its twin.

The routes are read from the gateway itself, so a new one is tried without being named here; a placeholder
without an example, or a route that is open to everybody without being listed, fails.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.http import billing, enrollment, notices
from contracts.http.chassis import KnownIds
from contracts.values import Role
from gateway.desk.sections import Guard, Only
from gateway.sessions import store
from services.chassis.problems import Problem, answer
from tests.gateway.access_ways import (
    ALL,
    API,
    CLOSED,
    DESK,
    ELSEWHERE,
    EXAMPLES,
    HERE,
    NOBODYS,
    OPEN,
    OTHER,
    OWN,
    PORTAL,
    QUERY,
    SECRETS,
    Way,
)
from tests.gateway.api.test_routes import example_of
from tests.gateway.desk import samples
from tests.gateway.desk.city import ALL_ROLES, fill
from tests.gateway.desk.test_changes import AGENCYS, MOVED
from tests.gateway.desk.test_deregistration import ENDED
from tests.gateway.desk.test_materials import ASKED, uploaded
from tests.gateway.desk.test_opening import opened, pdf_text
from tests.gateway.desk.test_register_imports import line, sent, table
from tests.gateway.portal.city import DECREASE_ROW, ROUND
from tests.servers.house import Asked, House, Neighbour, Person, house, specialist
from tests.servers.postgres import Databases


@dataclass
class Owner(Neighbour):
    """A service that obeys the law: an employer gets its own, an officer the own district's, nobody else anything."""

    served: list[Asked] = field(default_factory=list)

    async def _reply(self, request: Any) -> Response:
        reply = await super()._reply(request)
        asked = self.asked[-1]
        caller = asked.caller
        here = caller.sees_district(HERE) if caller.is_officer else caller.employer_no == OWN
        if not here:
            return answer(Problem(codes.NOT_FOUND).body)
        self.served.append(asked)
        return reply


@pytest.fixture(scope="module")
async def home(databases: Databases) -> AsyncIterator[House]:
    async with house(databases, neighbour=Owner) as made:
        await _open_and_apply(await made.officer(Role.COUNTER))
        EXAMPLES["file_id"] = await uploaded(await made.specialist(OWN))
        fill(made)
        _tell_portal(made)
        made.gateway.app.state.hub.close()
        yield made


async def _open_and_apply(officer: Person) -> None:
    """The real registry knows the employer, its specialist and one written application."""
    await opened(officer)
    made = await officer.send(f"/desk/applications/new/{OWN}", matter="password", reason="密码遗失")
    assert made.status_code == 303
    made = await officer.send(f"/desk/employers/{OWN}/changes", **MOVED, **AGENCYS)
    assert made.status_code == 303
    made = await officer.send(f"/desk/employers/{OWN}/deregistration", **ENDED)
    assert made.status_code == 303
    made = await sent(officer, table(line(1, "芝罘区")).encode(), total="1", district_370611="")
    EXAMPLES["import_id"] = made.headers["location"].partition("?")[0].rpartition("/")[2]
    made = await officer.send("/desk/materials/new", **ASKED)
    assert made.status_code == 303


def _tell_portal(home: House) -> None:
    """What the employer's own pages ask beyond the desk's."""
    for path, said in {
        "/bills/2016-09": samples.BILL,
        "/bills/2016-09/lines": billing.LinePage(total=0, month=samples.SEPTEMBER, rows=()),
    }.items():
        home.billing.tell("GET", path, said)
    for path, said in {
        "/bases": ROUND,
        "/to-do": enrollment.ToDo(
            active_persons=3,
            started_this_month=1,
            ended_this_month=0,
            awaiting_counter=samples.INCREASES.rows,
            queued_decreases=(samples.DECREASE,),
            unprinted=0,
        ),
    }.items():
        home.enrollment.tell("GET", path, said)
    home.enrollment.tell("POST", "/increases/printed", enrollment.PrintedCount(printed=1))
    home.enrollment.tell("POST", "/decreases/table", enrollment.DecreaseTable(rows=(DECREASE_ROW,)))
    home.enrollment.tell("POST", "/persons/names", enrollment.PersonNames(rows=()))
    issued = samples.order(
        state=notices.OrderState.ISSUED,
        order_no="烟芝社保责〔2016〕第0001号",
        issued_on=samples.at(12).date(),
        paragraphs=(
            "责令限期缴纳社会保险费通知书",
            "烟芝社保责〔2016〕第0001号",
            samples.NAME,
            "电话",
            "日期",
        ),
    )
    home.notices.tell("POST", f"/orders/{samples.ORDER}/open", issued)
    home.notices.tell("POST", f"/board/{samples.NOTICE.id}/read", samples.NOTICE)
    for path, view in {
        "/results": notices.Results(total=0, rows=()),
        "/reminders": notices.Reminders(total=0, rows=()),
        "/unread": notices.Unread(notices=1, results=0, orders=1),
        f"/orders/{samples.ORDER}": issued,
        f"/board/{samples.NOTICE.id}": samples.NOTICE,
    }.items():
        home.notices.tell("GET", path, view)


class People:
    """Those who try; each enters once."""

    def __init__(self, home: House) -> None:
        self._home = home
        self._known: dict[tuple[object, ...], Person] = {}

    async def officer(self, *roles: Role, district: str = HERE, account: str = "gao.min") -> Person:
        """An officer."""
        key = (frozenset(roles), district, account)
        if key not in self._known:
            self._known[key] = await self._home.officer(*roles, district=district, account=account)
        return self._known[key]

    async def specialist(self, employer_no: str) -> Person:
        """An employer's specialist."""
        if (employer_no,) not in self._known:
            self._known[employer_no,] = await self._home.specialist(employer_no)
        return self._known[employer_no,]


def neighbours(home: House) -> tuple[Neighbour, ...]:
    return home.enrollment, home.billing, home.notices


def served(home: House) -> int:
    """How often a neighbour gave something away."""
    return sum(len(one.served) for one in neighbours(home) if isinstance(one, Owner))


@pytest.fixture(scope="module")
async def people(home: House) -> People:
    return People(home)


async def try_page(person: Person, way: Way) -> httpx.Response:
    if way.method == "GET":
        return await person.get(f"{way.address}?{urlencode(QUERY)}")
    return await person.send(way.address, sealed="AAAA", employer_no=OWN)


async def try_api(home: House, way: Way, token: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    if way.method == "GET":
        query = {"on": "2016-10-20", "month": "2016-09", "year": "2016"}
        return await home.gateway.client.get(way.address, headers=headers, params=query)
    field_of_body = way.route.body_field
    model: Any = field_of_body.field_info.annotation if field_of_body else None
    body = example_of(model).model_dump(mode="json") if model else None
    return await home.gateway.client.post(way.address, headers=headers, json=body)


def nothing(response: httpx.Response) -> None:
    """The response tells nothing of the employer."""
    assert "location" not in response.headers or not any(
        secret in response.headers["location"] for secret in (samples.SLIP, str(samples.PAYMENT))
    )
    text = response.text
    assert [secret for secret in SECRETS if secret in text] == []
    assert response.headers.get("content-type", "") not in {"application/pdf", "image/svg+xml"}


def test_every_open_way_exists():
    assert {(way.method, way.path) for way in ALL} >= OPEN
    assert len(ALL) > 100


@pytest.mark.parametrize("way", CLOSED, ids=str)
async def test_without_a_session_nothing_is_done_and_nothing_told(home: House, way: Way):
    before = served(home)
    for cookies in ({}, {"sid": "nobody"}):
        stranger = home.stranger(**cookies)
        if way.programs:
            response = await try_api(home, way, cookies.get("sid", ""))
        elif way.path.startswith(("/bank/", "/inbox", "/outbox")):
            body = KnownIds(topic="x", ids=()).model_dump(mode="json")
            response = await stranger.client.request(way.method, way.address, json=body)
        else:
            response = await try_page(stranger, way)
        entered = response.status_code == 303 and response.headers["location"] == "/log-in"
        assert response.status_code == 401 or entered, response.status_code
        nothing(response)
    assert served(home) == before


@pytest.mark.parametrize("way", [way for way in ALL if (way.method, way.path) in OPEN], ids=str)
async def test_what_is_open_holds_nothing_of_anybody(home: House, way: Way):
    before = served(home)
    response = await home.stranger().client.request(way.method, way.address)
    if response.headers.get("content-type") == "application/pdf":
        assert [secret for secret in SECRETS if secret in pdf_text(response.content)] == []
    else:
        nothing(response)
    assert served(home) == before


@pytest.mark.parametrize("way", [way for way in PORTAL if way.path != "/log-out"], ids=str)
async def test_another_employer_sees_nothing_of_this_one(home: House, people: People, way: Way):
    before = served(home)
    response = await try_page(await people.specialist(OTHER), way)
    nothing(response)
    assert served(home) == before


@pytest.mark.parametrize("way", [way for way in PORTAL if way.method == "GET"], ids=str)
async def test_twin_the_employer_itself_gets_its_pages(home: House, people: People, way: Way):
    response = await try_page(await people.specialist(OWN), way)
    assert response.status_code < 400, response.text


@pytest.mark.parametrize("way", DESK, ids=str)
async def test_an_employer_has_no_way_to_the_desk(home: House, people: People, way: Way):
    asked = [len(one.asked) for one in neighbours(home)]
    response = await try_page(await people.specialist(OWN), way)
    assert response.status_code == 403
    assert [len(one.asked) for one in neighbours(home)] == asked


def needed(way: Way) -> list[frozenset[Role]]:
    """For each guard of a way the roles it lets in; every way of the desk has one."""
    guards = [dependency.dependency for dependency in way.route.dependencies]
    sections = [guard.section.roles for guard in guards if isinstance(guard, Guard)]
    assert len(sections) == 1, f"{way} hangs on no section"
    return [*sections, *(guard.roles for guard in guards if isinstance(guard, Only))]


@pytest.mark.parametrize("way", DESK, ids=str)
async def test_roles_that_do_not_reach_are_refused_before_anybody_is_asked(
    home: House, people: People, way: Way
):
    for wanted in needed(way):
        others = [role for role in ALL_ROLES if role not in wanted]
        if not wanted or not others:
            continue
        asked = [len(one.asked) for one in neighbours(home)]
        response = await try_page(await people.officer(*others), way)
        assert response.status_code == 403
        nothing(response)
        assert [len(one.asked) for one in neighbours(home)] == asked


@pytest.mark.parametrize("way", DESK, ids=str)
async def test_another_district_sees_nothing_of_this_one(home: House, people: People, way: Way):
    before = served(home)
    response = await try_page(await people.officer(*ALL_ROLES, district=ELSEWHERE), way)
    if way.path in NOBODYS:
        assert [secret for secret in SECRETS if secret in pdf_text(response.content)] == []
    else:
        nothing(response)
    if not way.path.startswith("/desk/audit"):
        assert served(home) == before


@pytest.mark.parametrize("way", [way for way in DESK if way.method == "GET"], ids=str)
async def test_twin_an_officer_of_the_district_gets_the_page(home: House, people: People, way: Way):
    response = await try_page(await people.officer(*ALL_ROLES, account="sun.tao"), way)
    assert response.status_code < 400, response.text


@pytest.mark.parametrize("way", API, ids=str)
async def test_programs_of_others_get_nothing(home: House, people: People, way: Way):
    before = served(home)
    other = await store.open_session(home.gateway.chassis, specialist(OTHER))
    nothing(await try_api(home, way, other))
    elsewhere = await people.officer(*ALL_ROLES, district=ELSEWHERE, account="qu.jing")
    nothing(await try_api(home, way, elsewhere.client.cookies["sid"]))
    assert served(home) == before
