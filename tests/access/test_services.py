"""Who may see what in the four services: every way in, tried by those whom it does not concern, with its twin."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.access.exceptions import (
    ABSENT,
    ANY_OFFICER,
    EVERY,
    NOT_THE_EMPLOYERS,
    OF_NOBODY,
    SECURITYS,
    WITHOUT_TWIN,
)
from tests.access.ways import ALL, BODIES, CLOSED, OPEN, QUERY, READING, WRITING, Way, nowhere
from tests.access.world import OWNERS, ROLELESS, STRANGERS, WITHOUT_A_ROLE, World, world
from tests.servers.postgres import Databases

REFUSALS = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND)
NAMING = [way for way in READING if "{" in way.path and way.key not in OF_NOBODY]
FORGED = {"caller": "e30=", "caller-time": "1473642000", "caller-signature": "0" * 64}


@pytest.fixture(scope="module")
async def here(databases: Databases) -> AsyncIterator[World]:
    async with world(databases) as made:
        yield made


def test_the_tables_name_ways_that_exist_and_give_reasons():
    known = {way.key for way in ALL}
    assert {*BODIES, *QUERY, *(key for table in EVERY for key in table)} - known == set()
    assert all(reason for table in EVERY for reason in table.values())
    assert len(ALL) > 120


@pytest.mark.parametrize("service", ["registry", "enrollment", "billing", "notices"])
async def test_without_a_signature_every_way_gives_one_and_the_same_refusal(here: World, service: str):
    client, said = here.services[service].client, set()
    for way in (one for one in CLOSED if one.service == service):
        for headers in ({}, FORGED):
            answer = await client.request(way.method, way.address(here.names), json={}, headers=headers)
            said.add((answer.status_code, answer.content))
    ((status, content),) = said
    assert (status, b"identity.missing" in content) == (401, True)


@pytest.mark.parametrize("way", OPEN, ids=str)
async def test_probes_hold_nothing_of_anybody(here: World, way: Way):
    answer = await here.services[way.service].client.request(way.method, way.address(here.names))
    assert (answer.status_code < httpx.codes.BAD_REQUEST or way.path == "/health", here.told(answer)) == (
        True,
        [],
    )


@pytest.mark.parametrize("way", READING, ids=str)
async def test_strangers_and_other_districts_read_nothing(here: World, way: Way):
    for caller in STRANGERS.values():
        answer = await here.ask(way, caller)
        assert here.told(answer) == [] or way.key == "registry GET /districts", answer.text


@pytest.mark.parametrize("way", NAMING, ids=str)
async def test_what_is_foreign_and_what_does_not_exist_are_answered_alike(here: World, way: Way):
    for caller in STRANGERS.values():
        foreign = await here.ask(way, caller)
        absent = await here.ask(way, caller, nowhere(here.names))
        assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize("way", READING, ids=str)
async def test_an_officer_without_a_role_that_works_with_employers_reads_nothing(here: World, way: Way):
    for caller in ROLELESS:
        answer = await here.ask(way, caller)
        assert here.told(answer) == [] or way.key in {*ANY_OFFICER, *OF_NOBODY}, answer.text


@pytest.mark.parametrize("way", READING, ids=str)
async def test_twin_its_owner_reads_it(here: World, way: Way):
    answers = [await here.ask(way, owner) for owner in OWNERS]
    given = [here.told(answer) for answer in answers if answer.status_code < httpx.codes.BAD_REQUEST]
    assert any(given) or way.key in OF_NOBODY, [(one.status_code, one.text[:200]) for one in answers]
    assert given or way.key in ABSENT


@pytest.mark.parametrize("way", WRITING, ids=str)
async def test_nobody_else_changes_anything(here: World, way: Way):
    lower = WITHOUT_A_ROLE if way.key in SECURITYS else (*WITHOUT_A_ROLE, *ROLELESS)
    before = await here.acts(way.service)
    for caller in (*STRANGERS.values(), *lower):
        answer = await here.ask(way, caller)
        assert here.told(answer) == [], answer.text
    assert await here.acts(way.service) == before or way.key in NOT_THE_EMPLOYERS


@pytest.mark.parametrize("way", [way for way in WRITING if way.key not in WITHOUT_TWIN], ids=str)
async def test_twin_its_owner_gets_past_the_door(here: World, way: Way):
    refused = []
    for owner in OWNERS:
        answer = await here.ask(way, owner)
        if answer.status_code not in REFUSALS:
            assert '"input.invalid"' not in answer.text, answer.text
            return
        refused.append((owner.account, answer.status_code, answer.text[:100]))
    pytest.fail(str(refused))
