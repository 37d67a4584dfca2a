"""The twins of the gateway's commands: whose business it is gets past the door and reaches the owner of the data.

That nobody else does is tried by `tests/gateway/test_access.py`, from the same table of ways.
"""

from __future__ import annotations

import json
import re
import time
from uuid import uuid4

import httpx
import pytest

from contracts.http.bank import WindowMoney
from contracts.http.chassis import KnownIds
from contracts.identity import WHOLE_CITY
from contracts.values import Channel
from gateway.bank import signature
from gateway.sessions import store
from services.chassis.identity import SYSTEM, sign
from tests.gateway.access_ways import API, CLOSED, DESK, HERE, OWN, PORTAL, Way
from tests.gateway.bank.conftest import PAID
from tests.gateway.desk import samples
from tests.gateway.desk.city import ALL_ROLES
from tests.gateway.test_access import People, home, neighbours, people, try_api, try_page
from tests.servers.bare_service import KEY
from tests.servers.house import BANK_KEY, House, specialist

__all__ = ["home", "people"]
REFUSED = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)
WITHOUT_TWIN = {
    "POST /log-out": "ends the very session: tests/gateway/sessions/test_sessions.py",
    "POST /security/sessions/{session_id}/end": "of a session of one's own: tests/gateway/sessions/test_security.py",
    "POST /api/v1/employers": "of one's own district, by its form: tests/gateway/desk/test_opening.py",
    "POST /api/v1/working-days/{draft_id}/release": "of another's draft: tests/registry/test_calendar.py",
    "POST /desk/policy/calendar/{draft_id}/release": "as above",
    "POST /api/v1/password": "only with the old password: tests/gateway/api/test_routes.py",
}
"""Ways of the gateway that are tried elsewhere, each with where."""
BODIES = {
    "/bank/v1/notifications": json.dumps(PAID).encode(),
    "/bank/v1/slips/query": json.dumps({"slip_no": samples.SLIP}).encode(),
    "/bank/told": WindowMoney.model_validate(
        {"first_day": "2016-09-01", "last_day": "2016-09-10", "employers": [OWN]}
    )
    .model_dump_json()
    .encode(),
}
ON_BEHALF = re.compile(r"^/desk/employers/{employer_no}/")
"""Pages on which an officer stands in for an employer."""
OF_THE_OFFICER = ("/choices", "/unread")
"""What such a page asks that is about no employer."""
MACHINES = [way for way in CLOSED if way not in (*DESK, *PORTAL, *API) and str(way) not in WITHOUT_TWIN]
"""What banks and processes ask."""
READ_FIRST = [
    way for method in ("GET", "POST") for way in API if way.method == method and str(way) not in WITHOUT_TWIN
]
"""Readings come before commands, which change what there is to read."""


@pytest.fixture(scope="module", autouse=True)
async def colleague(people: People) -> None:
    """The officer's account that the examples name."""
    chief = await people.officer(*ALL_ROLES, account="sun.tao")
    made = await chief.send(
        "/desk/officers", account="liu.yan", display_name="刘岩", roles=["counter"], district="370602"
    )
    assert made.status_code == httpx.codes.OK, made.text


def asked(home: House) -> int:
    """How often somebody was asked."""
    return sum(len(one.asked) for one in neighbours(home))


def past_the_door(response: httpx.Response, *, asked: bool) -> bool:
    """Neither refused nor sent to log in; what is not found was at least looked for."""
    to_log_in = response.status_code == httpx.codes.SEE_OTHER and response.headers["location"] == "/log-in"
    absent = response.status_code == httpx.codes.NOT_FOUND and not asked
    return response.status_code not in REFUSED and not to_log_in and not absent


def test_every_way_is_somebodys():
    known = {str(way) for way in CLOSED}
    assert set(WITHOUT_TWIN) <= known
    tried = {str(way) for way in (*DESK, *PORTAL, *API, *MACHINES)}
    assert known - tried - set(WITHOUT_TWIN) == set()


@pytest.mark.parametrize("way", READ_FIRST, ids=str)
async def test_twin_a_program_of_the_owner_reaches_the_owner_of_the_data(
    home: House, people: People, way: Way
):
    own = await store.open_session(home.gateway.chassis, specialist(OWN))
    officers = [
        await people.officer(*ALL_ROLES, account="sun.tao", district=district)
        for district in (HERE, WHOLE_CITY)
    ]
    found = []
    for token in (own, *(one.client.cookies["sid"] for one in officers)):
        before = asked(home)
        response = await try_api(home, way, token)
        found.append(past_the_door(response, asked=asked(home) > before))
    assert any(found), way


@pytest.mark.parametrize(
    "way", [way for way in DESK if way.method != "GET" and str(way) not in WITHOUT_TWIN], ids=str
)
async def test_twin_an_officer_of_the_district_acts(home: House, people: People, way: Way):
    before, marks = asked(home), [len(one.asked) for one in neighbours(home)]
    rows = await home.registry.rows("SELECT max(id) AS last FROM audit")
    response = await try_page(await people.officer(*ALL_ROLES, account="sun.tao"), way)
    if not past_the_door(response, asked=asked(home) > before):  # what the city alone decides
        response = await try_page(
            await people.officer(*ALL_ROLES, account="sun.tao", district=WHOLE_CITY), way
        )
    assert past_the_door(response, asked=asked(home) > before), response.text
    for one, mark in zip(neighbours(home), marks, strict=True):
        for call in one.asked[mark:]:
            assert call.caller.channel is Channel.COUNTER
            assert call.caller.employer_no in (None, OWN)
    acts = "SELECT channel, employer_no, account, roles FROM audit WHERE id > $1"
    for act in await home.registry.rows(acts.replace("$1", str(rows[0]["last"]))):
        assert (act["channel"], act["account"], "counter" in act["roles"]) == ("counter", "sun.tao", True)
        assert act["employer_no"] in ((OWN,) if "{employer_no}" in way.path else (None, OWN))


@pytest.mark.parametrize("way", [way for way in DESK if ON_BEHALF.search(way.path)], ids=str)
async def test_agreement_5_what_is_done_for_an_employer_names_it_and_the_counter(
    home: House, people: People, way: Way
):
    marks = [len(one.asked) for one in neighbours(home)]
    await try_page(await people.officer(*ALL_ROLES, account="sun.tao"), way)
    for one, mark in zip(neighbours(home), marks, strict=True):
        for call in one.asked[mark:]:
            acts_for_it = call.caller.employer_no == OWN or OWN in f"{call.path} {call.query} {call.body!r}"
            assert acts_for_it or call.path in OF_THE_OFFICER, call


@pytest.mark.parametrize(
    "way", [way for way in PORTAL if way.method != "GET" and str(way) not in WITHOUT_TWIN], ids=str
)
async def test_twin_the_employer_itself_acts(home: House, people: People, way: Way):
    before = asked(home)
    response = await try_page(await people.specialist(OWN), way)
    assert past_the_door(response, asked=asked(home) > before), response.text


@pytest.mark.parametrize("way", MACHINES, ids=str)
async def test_twin_banks_and_processes_are_heard_by_their_signature(home: House, way: Way):
    body = BODIES.get(way.path, KnownIds(topic="x", ids=()).model_dump_json().encode())
    address = f"{way.address}?topic=x" if way.path == "/outbox/ids" else way.address
    if way.path.startswith("/bank/v1/"):
        headers = signature.headers(
            "ICBC", "k1", BANK_KEY, path=way.path, body=body, stamp=int(time.time()), nonce=uuid4().hex
        )
    else:
        headers = sign(KEY, way.method, address, SYSTEM) | {"content-type": "application/json"}
    response = await home.gateway.client.request(way.method, address, content=body, headers=headers)
    assert response.status_code < httpx.codes.BAD_REQUEST or "not_found" in response.text, response.text
