"""Written applications over HTTP: password reset and change of specialist (clause 三(六), 协议 一.2)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from contracts.http.registry import LogIn, Material, OpenService, SpecialistData
from contracts.values import Role
from services.chassis.identity import SYSTEM
from tests.registry.conftest import COUNTER, FUSHAN, officer, specialist
from tests.registry.test_registration import asked
from tests.servers.bare_service import BareService

NO = "3706000001"
WRITTEN = ["application", "seal", "signature"]
ALL_SIX = [*WRITTEN, "authorisation", "identity_original", "identity_copy"]
WANG = SpecialistData(name="王敏", id_number="370602199001010017", mobile="13805350000")
LI = {"name": "李静", "id_number": "37061119880808123X", "mobile": "13905350001"}
RESET = {"matter": "password", "reason": "密码遗失"}
CHANGE = {"matter": "specialist", "reason": "原专管员离职", "specialist": LI}


async def opened(registry: BareService) -> str:
    """An employer whose service is opened; returns the first password."""
    await registry.post("/employers", COUNTER, asked())
    command = OpenService(
        materials=frozenset(Material),
        agreement_signed_on=date(2016, 9, 7),
        employer_handler="王敏",
        specialist=WANG,
    )
    answer = await registry.post(f"/employers/{NO}/opening", COUNTER, command)
    return str(answer.json()["initial_password"])


async def received(registry: BareService, body: dict[str, Any]) -> str:
    answer = await registry.post(f"/employers/{NO}/applications", COUNTER, body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["application_no"])


async def finished(registry: BareService, body: dict[str, Any], materials: list[str]) -> dict[str, Any]:
    number = await received(registry, body)
    await registry.post(f"/applications/{number}/check", COUNTER, {"materials": materials})
    answer = await registry.post(f"/applications/{number}/finish", COUNTER)
    assert answer.status_code == 200, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


async def log_in(registry: BareService, account: str, password: str) -> int:
    command = LogIn(account=account, password=password, address="10.0.0.7")
    return (await registry.post("/log-in", SYSTEM, command)).status_code


async def test_3_6_a_reset_gives_a_new_initial_password_once(registry: BareService):
    first = await opened(registry)
    before = await registry.events()
    receipt = await finished(registry, RESET, WRITTEN)
    assert (receipt["account"], receipt["specialist_name"]) == (NO, "王敏")
    assert await log_in(registry, NO, first) == 401
    assert await log_in(registry, NO, receipt["initial_password"]) == 200
    assert (await registry.events())[len(before) :] == [
        ("AccountRevoked", NO),
        ("SubmissionDecided", f"{NO}/password/S201609-000001"),
    ]
    stored = await registry.rows("SELECT body::text AS it FROM outbox UNION SELECT after::text FROM audit")
    assert not [row for row in stored if receipt["initial_password"] in str(row["it"])]
    assert (await registry.post("/applications/S201609-000001/finish", COUNTER)).status_code == 409


async def test_3_6_a_new_specialist_gets_an_account_and_the_old_one_ends(registry: BareService):
    first = await opened(registry)
    before = await registry.events()
    receipt = await finished(registry, CHANGE, ALL_SIX)
    assert (receipt["account"], receipt["specialist_name"]) == (f"{NO}-2", "李静")
    assert await log_in(registry, NO, first) == 401
    assert await log_in(registry, f"{NO}-2", receipt["initial_password"]) == 200
    assert (await registry.events())[len(before) :] == [
        ("AccountRevoked", NO),
        ("AccountRevoked", f"{NO}-2"),
        ("EmployerChanged", NO),
        ("SpecialistChanged", f"{NO}/specialist"),
        ("SubmissionDecided", f"{NO}/specialist/S201609-000001"),
    ]
    entry = (await registry.get(f"/employers/{NO}", specialist(NO))).json()
    assert (entry["specialist"], entry["version"]) == (f"{NO}-2", 3)
    now = (await registry.get(f"/employers/{NO}/specialist", COUNTER)).json()
    assert (now["name"], now["id_number_masked"][-4:]) == ("李静", "123X")
    kept = await registry.rows("SELECT new_specialist FROM applications")
    assert kept == [{"new_specialist": None}]


async def test_3_6_a_third_specialist_follows_the_second(registry: BareService):
    await opened(registry)
    await finished(registry, CHANGE, ALL_SIX)
    third = await finished(registry, CHANGE | {"specialist": LI | {"name": "赵强"}}, ALL_SIX)
    assert third["account"] == f"{NO}-3"
    reset = await finished(registry, RESET, WRITTEN)
    assert (reset["account"], reset["specialist_name"]) == (f"{NO}-3", "赵强")


async def test_3_6_missing_materials_are_named_and_the_clock_does_not_start(registry: BareService):
    await opened(registry)
    number = await received(registry, RESET)
    answer = await registry.post(
        f"/applications/{number}/check", COUNTER, {"materials": ["application", "seal"]}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "application.materials")
    assert [fault["field"] for fault in answer.json()["faults"]] == ["materials.signature"]
    assert (await registry.post(f"/applications/{number}/finish", COUNTER)).status_code == 409
    view = (await registry.get(f"/applications/{number}", COUNTER)).json()
    assert (view["state"], view["due_on"]) == ("received", None)


async def test_3_6_a_returned_application_is_told_with_its_reason(registry: BareService):
    await opened(registry)
    number = await received(registry, RESET)
    before = await registry.events()
    await registry.post(f"/applications/{number}/return", COUNTER, {"reason": "缺法定代表人签字"})
    assert (await registry.events())[len(before) :] == [("SubmissionDecided", f"{NO}/password/{number}")]
    body = (await registry.rows("SELECT body FROM outbox WHERE type = 'SubmissionDecided' ORDER BY id"))[-1]
    assert (body["body"]["outcome"], body["body"]["reason"]) == ("refused", "缺法定代表人签字")
    assert await received(registry, RESET) == "S201609-000002"


async def test_A32_the_working_day_runs_from_the_check_and_the_age_from_receipt(registry: BareService):
    await opened(registry)
    await registry.at(date(2016, 9, 29))
    number = await received(registry, RESET)
    await registry.at(date(2016, 9, 30))
    checked = (await registry.post(f"/applications/{number}/check", COUNTER, {"materials": WRITTEN})).json()
    assert (checked["check_by"], checked["due_on"]) == ("2016-09-30", "2016-10-08")
    await registry.at(date(2016, 10, 8))
    in_time = (await registry.get("/applications?state=checked", COUNTER)).json()
    assert (in_time["overdue"], in_time["rows"][0]["overdue"], in_time["rows"][0]["age_days"]) == (
        0,
        False,
        9,
    )
    await registry.at(date(2016, 10, 9))
    late = (await registry.get("/applications?state=checked", COUNTER)).json()
    assert (late["overdue"], late["rows"][0]["overdue"]) == (1, True)


async def test_A32_an_unchecked_application_is_overdue_after_one_working_day(registry: BareService):
    await opened(registry)
    await received(registry, RESET)
    await registry.at(date(2016, 9, 9))
    page = (await registry.get("/applications?state=received", COUNTER)).json()
    assert (page["overdue"], page["rows"][0]["check_by"]) == (1, "2016-09-08")


async def test_3_6_one_application_of_a_kind_is_open_at_a_time(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/applications"
    answers = await asyncio.gather(*(registry.post(path, COUNTER, RESET) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert "S201609-000001" in refused.json()["detail"]
    assert (await registry.post(path, COUNTER, CHANGE)).status_code == 200


async def test_3_6_of_two_who_finish_at_once_one_gets_the_password(registry: BareService):
    await opened(registry)
    number = await received(registry, RESET)
    await registry.post(f"/applications/{number}/check", COUNTER, {"materials": WRITTEN})
    path = f"/applications/{number}/finish"
    answers = await asyncio.gather(*(registry.post(path, COUNTER) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    given = next(answer for answer in answers if answer.status_code == 200).json()["initial_password"]
    assert await log_in(registry, NO, given) == 200


async def test_2_2_nothing_is_applied_for_before_the_opening(registry: BareService):
    await registry.post("/employers", COUNTER, asked())
    answer = await registry.post(f"/employers/{NO}/applications", COUNTER, RESET)
    assert (answer.status_code, answer.json()["code"]) == (409, "employer.not_opened")


async def test_3_6_a_change_names_the_new_specialist_and_a_reset_does_not(registry: BareService):
    await opened(registry)
    path = f"/employers/{NO}/applications"
    nameless = await registry.post(path, COUNTER, {"matter": "specialist", "reason": "离职"})
    named = await registry.post(path, COUNTER, RESET | {"specialist": LI})
    assert [nameless.status_code, named.status_code] == [422, 422]


async def test_laws_an_application_is_seen_by_its_employer_and_its_district(registry: BareService):
    await opened(registry)
    number = await received(registry, RESET)
    stranger, elsewhere = specialist("3706000002"), officer(Role.COUNTER, district=FUSHAN)
    for path in (f"/applications/{number}", f"/employers/{NO}/applications"):
        assert (await registry.get(path, specialist(NO))).status_code == 200
        assert (await registry.get(path, COUNTER)).status_code == 200
        assert (await registry.get(path, stranger)).status_code == 404
        assert (await registry.get(path, elsewhere)).status_code == 404
    assert (await registry.get("/applications", elsewhere)).json()["total"] == 0
    assert (await registry.get("/applications", specialist(NO))).status_code == 403
    for act, body in (("check", {"materials": WRITTEN}), ("return", {"reason": "x"}), ("finish", None)):
        path = f"/applications/{number}/{act}"
        assert (await registry.post(path, elsewhere, body)).status_code == 404
        assert (await registry.post(path, officer(Role.FINANCE), body)).status_code == 403
        assert (await registry.post(path, specialist(NO), body)).status_code == 403
