"""工作日表 over HTTP: entered, released by a second officer, told, and counted by (A32; domain 1.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.values import Role
from tests.registry.conftest import COUNTER, officer, specialist
from tests.registry.test_applications import NO, RESET, WRITTEN, opened, received
from tests.registry.test_templates import FIRST, SECOND
from tests.servers.bare_service import BareService

OCTOBER = {"holidays": [f"2016-10-{day:02d}" for day in range(1, 8)], "swapped": ["2016-10-08", "2016-10-09"]}
REST_OF_2016 = {
    "holidays": ["2016-01-01", *(f"2016-02-{d:02d}" for d in (8, 9, 10, 11, 12)), "2016-04-04", "2016-05-02",
                 "2016-06-09", "2016-06-10", "2016-09-15", "2016-09-16"],
    "swapped": ["2016-02-06", "2016-02-14", "2016-06-12", "2016-09-18"],
}  # fmt: skip
"""The State Council's dates of 2016 beside those of October."""


def year_2016(**changes: list[str]) -> dict[str, Any]:
    october = OCTOBER | changes
    whole = {name: [*REST_OF_2016[name], *october[name]] for name in ("holidays", "swapped")}
    return {"year": 2016, "document_no": "国办发明电〔2015〕18号", **whole}


async def drafted(registry: BareService, body: dict[str, Any]) -> dict[str, Any]:
    answer = await registry.post("/working-days", FIRST, body)
    assert answer.status_code == 200, answer.text
    draft: dict[str, Any] = answer.json()
    return draft


async def due(registry: BareService, day: date) -> str:
    """When an application checked on a day is due."""
    await registry.at(day)
    number = await received(registry, RESET)
    checked = await registry.post(f"/applications/{number}/check", COUNTER, {"materials": WRITTEN})
    await registry.post(f"/applications/{number}/finish", COUNTER)
    return str(checked.json()["due_on"])


async def test_A32_one_working_day_from_30_september_before_and_after_an_edit(registry: BareService):
    await opened(registry)
    same = await drafted(registry, year_2016())
    assert (same["to_rest"], same["to_work"], same["new"]) == ([], [], False)
    assert (await registry.post(f"/working-days/{same['id']}/release", SECOND)).status_code == 200
    assert await due(registry, date(2016, 9, 30)) == "2016-10-08"
    shifted = await drafted(registry, year_2016(swapped=["2016-10-09"]))
    assert (shifted["to_rest"], shifted["to_work"]) == (["2016-10-08"], [])
    assert await due(registry, date(2016, 9, 30)) == "2016-10-08"
    assert (await registry.post(f"/working-days/{shifted['id']}/release", SECOND)).status_code == 200
    assert await due(registry, date(2016, 9, 30)) == "2016-10-09"


async def test_1_5_a_year_takes_two_officers_and_is_told_in_full(registry: BareService):
    draft = await drafted(registry, year_2016(swapped=["2016-10-09"]))
    own = await registry.post(f"/working-days/{draft['id']}/release", FIRST)
    assert (own.status_code, own.json()["code"]) == (409, "four_eyes.same_officer")
    assert await registry.events() == []
    await registry.post(f"/working-days/{draft['id']}/release", SECOND)
    assert await registry.events() == [("WorkingDaysPublished", "calendar/2016")]
    body = (await registry.rows("SELECT key, body FROM outbox"))[0]
    assert (body["key"], body["body"]["version"], len(body["body"]["rest_days"])) == ("calendar", 1, 117)
    assert "2016-10-08" in body["body"]["rest_days"]
    again = await registry.post(f"/working-days/{draft['id']}/release", SECOND)
    assert (again.status_code, again.json()["code"]) == (409, "calendar.released")
    acts = await registry.rows("SELECT act, account FROM audit ORDER BY id")
    assert [tuple(row.values()) for row in acts] == [
        ("working_days_drafted", "zhou.jie"),
        ("working_days_released", "sun.tao"),
    ]


async def test_A32_a_day_that_has_passed_is_not_changed(registry: BareService):
    body = year_2016()
    body["holidays"] = [*body["holidays"], "2016-09-05"]
    answer = await registry.post("/working-days", FIRST, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "calendar.passed")
    draft = await drafted(registry, year_2016(swapped=["2016-10-09"]))
    await registry.at(date(2016, 10, 8))
    late = await registry.post(f"/working-days/{draft['id']}/release", SECOND)
    assert (late.status_code, late.json()["code"]) == (422, "calendar.passed")


async def test_A32_wrong_dates_are_named_each(registry: BareService):
    answer = await registry.post("/working-days", FIRST, year_2016(swapped=["2016-10-10", "2017-01-01"]))
    assert (answer.status_code, answer.json()["code"]) == (422, "calendar.days")
    assert [(one["field"], one["value"]) for one in answer.json()["faults"]] == [
        ("swapped", "2017-01-01"),
        ("swapped", "2016-10-10"),
    ]


async def test_1_5_a_year_without_a_table_is_a_task_and_no_guess(registry: BareService):
    await opened(registry)
    await registry.at(date(2026, 11, 30))
    await registry.run_days()
    assert await registry.rows("SELECT problem FROM days WHERE problem <> ''") == []
    await registry.at(date(2026, 12, 1))
    await registry.run_days()
    stopped = (await registry.get("/quiescence", COUNTER)).json()["blocked"]
    assert [(job["job"], job["problem"]) for job in stopped] == [
        ("working_days_ahead", "缺少工作日表（2027）")
    ]
    await registry.at(date(2026, 12, 31))
    refused = await registry.post(f"/employers/{NO}/applications", COUNTER, RESET)
    assert (refused.status_code, refused.json()["code"]) == (409, "policy.missing")
    assert "2027" in refused.json()["detail"]
    year = {"year": 2027, "document_no": "国办发明电〔2026〕1号", "holidays": ["2027-01-01"], "swapped": []}
    draft = await drafted(registry, year)
    assert draft["new"] is True
    await registry.post(f"/working-days/{draft['id']}/release", SECOND)
    await registry.run_days()
    assert (await registry.get("/quiescence", COUNTER)).json()["blocked"] == []
    assert await due(registry, date(2026, 12, 31)) == "2027-01-04"
    view = (await registry.get("/working-days?year=2027", COUNTER)).json()
    assert (view["known"], view["years"][-1], view["drafts"]) == (True, 2027, [])


async def test_laws_the_calendar_is_the_citys(registry: BareService):
    for caller in (officer(Role.POLICY), COUNTER, specialist(NO)):
        assert (await registry.post("/working-days", caller, year_2016())).status_code == 403
    assert (await registry.get("/working-days?year=2016", COUNTER)).status_code == 200
    assert (await registry.get("/working-days?year=2016", specialist(NO))).status_code == 403
    unknown = (await registry.get("/working-days?year=2030", COUNTER)).json()
    assert (unknown["known"], unknown["rest_days"]) == (False, [])
