"""办事指南 over HTTP: read by everybody, changed by an editor of the city, every version kept."""

from __future__ import annotations

import asyncio

from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import SYSTEM
from tests.registry.conftest import COUNTER, officer, specialist
from tests.servers.bare_service import BareService

EDITOR = officer(Role.NOTICE_EDITOR, district=WHOLE_CITY, account="bian.ji")
ITEM = {"title": "注销登记", "place": "参保地", "materials": ["申请"], "note": "", "forms": []}
EDIT = {"base": 1, "items": [ITEM], "reason": "试改"}


async def test_5_the_first_guide_names_what_is_done_at_the_counter(registry: BareService):
    for caller in (SYSTEM, COUNTER, specialist("3706000001")):
        guide = (await registry.get("/guide", caller)).json()
        assert (guide["version"], len(guide["items"])) == (1, 10)
        assert guide["items"][0]["forms"] == ["authorisation", "agreement"]


async def test_5_of_edits_at_once_one_becomes_the_next_version(registry: BareService):
    answers = await asyncio.gather(*(registry.post("/guide", EDITOR, EDIT) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    ahead = await registry.post("/guide", EDITOR, EDIT | {"base": 7})
    assert (ahead.status_code, ahead.json()["code"]) == (409, "conflict")
    rows = (await registry.get("/guide/versions", COUNTER)).json()["rows"]
    assert [(row["version"], row["reason"]) for row in rows] == [(2, "试改"), (1, "系统预置")]
    assert len((await registry.get("/guide/versions/1", COUNTER)).json()["items"]) == 10
    assert (await registry.get("/guide/versions/3", COUNTER)).status_code == 404


async def test_5_an_edit_is_recorded_before_and_after(registry: BareService):
    await registry.post("/guide", EDITOR, EDIT)
    acts = await registry.rows("SELECT act, before, after FROM audit")
    assert [(row["act"], len(row["before"]["items"]), len(row["after"]["items"])) for row in acts] == [
        ("guide_edited", 10, 1)
    ]


async def test_laws_only_an_editor_of_the_city_changes_the_guide(registry: BareService):
    for caller in (officer(Role.NOTICE_EDITOR), COUNTER, specialist("3706000001")):
        assert (await registry.post("/guide", caller, EDIT)).status_code == 403
    assert (await registry.get("/guide/versions", specialist("3706000001"))).status_code == 403
