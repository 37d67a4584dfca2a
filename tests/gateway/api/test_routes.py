"""The JSON API: a route of the table reaches its owner in the caller's name, with query, body and key."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from contracts.values import Channel, Role
from gateway.api.billing import BILLING
from gateway.api.enrollment import ENROLLMENT
from gateway.api.forwarding import EMPLOYER, Row
from gateway.api.notices import NOTICES
from gateway.api.rows import ROWS
from gateway.sessions import store
from tests.data.examples import examples
from tests.servers.house import House, house, specialist
from tests.servers.postgres import Databases

OWN, FOREIGN = "3706000001", "3706000002"
VALUES = {
    "employer_no": OWN,
    "submission_no": "Z201609-000001",
    "account": "gao.min",
    "request_no": "T201609-000001",
    "change_no": "B201609-000001",
    "deregistration_no": "X201609-000001",
    "application_no": "S201609-000001",
    "paper": "agreement",
    "version": "1",
    "draft_id": "00000000-0000-0000-0000-000000000004",
    "case_no": "K201609-000001",
    "template_id": "00000000-0000-0000-0000-000000000001",
    "import_id": "00000000-0000-0000-0000-000000000001",
    "month": "2016-09",
    "slip_no": "37060001230000018",
    "id": "00000000-0000-0000-0000-000000000001",
    "enrollment_id": "00000000-0000-0000-0000-000000000003",
    "payment_id": "00000000-0000-0000-0000-000000000002",
}
QUERIES = {
    "page": "1",
    "days": "30",
    "year": "2016",
    "on": "2016-10-20",
    "month": "2016-09",
    "state": "prepared",
    "kind": "pension",
    "text": "王",
}
ROTE = [row for row in ROWS if row.process != "registry"]
_NAMES = re.compile(r"{(\w+)}")


def name_of(row: Row) -> str:
    return f"{row.method} {row.path}"


def example_of(model: type[BaseModel]) -> BaseModel:
    """One valid instance."""
    found: list[BaseModel] = []

    @given(st.data())
    @settings(max_examples=1, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def draw(data: st.DataObject) -> None:
        found.append(data.draw(examples(model)))

    draw()
    return found[0]


@pytest.fixture(scope="module")
async def home(databases: Databases) -> AsyncIterator[House]:
    async with house(databases) as made:
        yield made


async def token(home: House, employer_no: str = OWN) -> dict[str, str]:
    opened = await store.open_session(home.gateway.chassis, specialist(employer_no))
    return {"authorization": f"Bearer {opened}"}


async def officer_token(home: House, *roles: Role) -> dict[str, str]:
    person = await home.officer(*roles)
    return {"authorization": f"Bearer {person.client.cookies['sid']}"}


async def send(home: House, row: Row, headers: dict[str, str], **path: str) -> httpx.Response:
    names = VALUES | path
    target = "/api/v1" + row.path.format(**{name: names[name] for name in _NAMES.findall(row.path)})
    if row.query:
        target += "?" + "&".join(f"{name}={QUERIES[name]}" for name in row.query if name in QUERIES)
    if row.method == "GET":
        return await home.gateway.client.get(target, headers=headers)
    body: Any = example_of(row.body).model_dump(mode="json") if row.body else None
    return await home.gateway.client.post(target, json=body, headers=headers)


def neighbour(home: House, row: Row):
    return {"enrollment": home.enrollment, "billing": home.billing, "notices": home.notices}[row.process]


@pytest.mark.parametrize("row", ROTE, ids=name_of)
async def test_each_route_reaches_its_owner(home: House, row: Row):
    target = row.target.format(**VALUES)
    owner = neighbour(home, row)
    said = example_of(row.answer)
    owner.tell(row.method, target, said)
    acting = row.own and row.path.startswith(EMPLOYER)
    headers = await token(home) if acting else await officer_token(home, Role.COUNTER)
    before = len(owner.asked)
    answer = await send(home, row, headers | {"idempotency-key": "k-7"})
    assert answer.status_code == 200, answer.text
    assert answer.json() == json.loads(said.model_dump_json())
    (asked,) = owner.asked[before:]
    assert (asked.method, asked.path) == (row.method, target)
    assert asked.caller.channel is Channel.API
    assert asked.caller.employer_no == (OWN if acting else None)
    if row.method == "POST":
        assert asked.key == "k-7"
    else:
        assert set(asked.query.split("&")) - {""} == {
            httpx.QueryParams({name: QUERIES[name]}).__str__() for name in row.query if name in QUERIES
        }


@pytest.mark.parametrize(
    "row", [row for row in ROTE if row.own and row.path.startswith(EMPLOYER)], ids=name_of
)
async def test_laws_a_foreign_employer_is_refused_before_anybody_is_asked(home: House, row: Row):
    owner = neighbour(home, row)
    before = len(owner.asked)
    answer = await send(home, row, await token(home), employer_no=FOREIGN)
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.forbidden")
    assert owner.asked[before:] == []


@pytest.mark.parametrize("row", ROWS, ids=name_of)
async def test_laws_nothing_is_done_without_a_session(home: House, row: Row):
    for headers in ({}, {"authorization": "Bearer nobody"}, {"authorization": "Basic eDp5"}):
        answer = await send(home, row, headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "identity.missing")


@pytest.mark.parametrize("row", [*BILLING, *ENROLLMENT, *NOTICES], ids=name_of)
async def test_a_refusal_of_the_owner_arrives_as_it_is(home: House, row: Row):
    owner = neighbour(home, row)
    owner.answers.pop((row.method, row.target.format(**VALUES)), None)
    acting = row.own and row.path.startswith(EMPLOYER)
    headers = await token(home) if acting else await officer_token(home, Role.COUNTER)
    answer = await send(home, row, headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_5_an_officer_acts_for_an_employer_at_the_counter(home: House):
    row = next(row for row in ROTE if row.path == f"{EMPLOYER}/decreases" and row.method == "POST")
    home.enrollment.tell("POST", "/decreases", example_of(row.answer))
    answer = await send(home, row, await officer_token(home, Role.COUNTER))
    assert answer.status_code == 200
    asked = home.enrollment.asked[-1]
    assert (asked.caller.employer_no, asked.caller.district, asked.caller.channel) == (
        OWN,
        "370602",
        "counter",
    )


async def test_unknown_fields_are_refused_at_the_door(home: House):
    before = len(home.billing.asked)
    path = f"/api/v1/employers/{OWN}/bills/2016-09/confirm"
    answer = await home.gateway.client.post(
        path, json={"version": 1, "total": 1, "x": 1}, headers=await token(home)
    )
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (422, "x")
    assert home.billing.asked[before:] == []


async def test_a_program_logs_in_changes_the_password_and_works(home: House):
    chief = await home.officer(Role.SECURITY_ADMIN, district="370600", account="an.quan")
    headers = {"authorization": f"Bearer {chief.client.cookies['sid']}"}
    new = {"account": "liu.yan", "display_name": "刘岩", "roles": ["counter"], "district": "370602"}
    client = home.gateway.client
    made = (await client.post("/api/v1/officers", json=new, headers=headers)).json()
    opened = await client.post(
        "/api/v1/sessions", json={"account": "liu.yan", "password": made["initial_password"]}
    )
    assert opened.json()["who"]["must_change_password"] is True
    bearer = {"authorization": f"Bearer {opened.json()['token']}"}
    assert (await client.get("/api/v1/districts", headers=bearer)).status_code == 401
    fresh = {"old": made["initial_password"], "new": "Kelp7!tideQz"}
    assert (await client.post("/api/v1/password", json=fresh, headers=bearer)).status_code == 200
    assert (await client.get("/api/v1/districts", headers=bearer)).status_code == 200
    wrong = await client.post("/api/v1/sessions", json={"account": "liu.yan", "password": "no"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "log_in.refused")


async def test_laws_a_kept_answer_is_sealed_and_told_again(home: House):
    chief = await home.officer(Role.SECURITY_ADMIN, district="370600", account="an.quan")
    headers = {"authorization": f"Bearer {chief.client.cookies['sid']}", "idempotency-key": "k-1"}
    new = {"account": "sun.tao", "display_name": "孙涛", "roles": ["policy"], "district": "370602"}
    first, again = [
        (await home.gateway.client.post("/api/v1/officers", json=new, headers=headers)).json()
        for _ in range(2)
    ]
    assert first == again
    (kept,) = await home.registry.rows("SELECT answer FROM idempotency_keys WHERE key = 'k-1'")
    assert first["initial_password"].encode() not in bytes(kept["answer"])
    assert b"sun.tao" not in bytes(kept["answer"])
    other = await home.gateway.client.post(
        "/api/v1/officers", json=new | {"account": "li.na"}, headers=headers
    )
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.key_reused")


async def test_the_document_names_every_route(home: House):
    document = (await home.gateway.client.get("/openapi.json")).json()
    for row in ROWS:
        operation = document["paths"][f"/api/v1{row.path}"][row.method.lower()]
        assert operation["summary"] == row.summary
        if row.body:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            assert schema["$ref"].endswith(row.body.__name__)
    assert not any(path.startswith("/desk") for path in document["paths"])
