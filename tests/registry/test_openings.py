"""Opening cases over HTTP: received, put right, opened or refused (clause 二; statuses of domain 1.4)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from contracts.http.registry import ChangePassword
from contracts.values import Role
from services.chassis.identity import SYSTEM
from tests.registry.conftest import COUNTER, FUSHAN, officer, specialist
from tests.registry.test_applications import NO, RESET, WANG, log_in, opened
from tests.registry.test_registration import asked
from tests.registry.test_templates import words
from tests.servers.bare_service import BareService

CASE, AGREEMENT = "K201609-000001", "370602〔2016〕第000001号"
FIVE = ["agreement", "authorisation", "identity_copy", "identity_original", "licence"]
FIRST = {
    "materials": ["licence", "identity_original"],
    "employer_handler": "王敏",
    "specialist": WANG.model_dump(),
}
FINISH = {"materials": FIVE, "agreement_signed_on": "2016-09-07"}


async def received(registry: BareService) -> dict[str, Any]:
    await registry.post("/employers", COUNTER, asked())
    answer = await registry.post(f"/employers/{NO}/opening-cases", COUNTER, FIRST)
    assert answer.status_code == 200, answer.text
    case: dict[str, Any] = answer.json()
    return case


async def service(registry: BareService) -> str:
    return str((await registry.get(f"/employers/{NO}/service", COUNTER)).json()["state"])


async def test_2_1_a_case_is_received_with_its_numbers_and_what_there_is(registry: BareService):
    case = await received(registry)
    assert (case["case_no"], case["agreement_no"], case["state"]) == (CASE, AGREEMENT, "received")
    assert case["materials"] == ["identity_original", "licence"]
    assert [need["material"] for need in case["needs"]] == [
        "authorisation", "agreement", "licence", "identity_original", "identity_copy",
    ]  # fmt: skip
    assert (case["specialist_name"], case["id_number_masked"][-4:]) == ("王敏", "0017")
    assert await registry.events() == [("EmployerRegistered", NO)]
    kept = await registry.rows("SELECT after::text AS it FROM audit WHERE act = 'opening_received'")
    assert ["王敏" in row["it"] for row in kept] == [False]


async def test_2_1_the_papers_are_printed_before_they_are_signed(registry: BareService):
    await received(registry)
    agreement = (await registry.post(f"/employers/{NO}/papers/agreement", COUNTER)).json()
    assert agreement["number"] == AGREEMENT
    assert "乙方经办人：王敏" in words(agreement)
    assert "2016年" not in words(agreement)
    letter = (await registry.post(f"/employers/{NO}/papers/authorisation", COUNTER)).json()
    assert "370602199001010017" in words(letter)


async def test_2_2_a_case_put_right_is_opened_and_each_decision_is_told(registry: BareService):
    await received(registry)
    again = await registry.post(f"/opening-cases/{CASE}/again", COUNTER, {"reason": "授权书缺单位公章"})
    assert (again.json()["state"], again.json()["again_for"]) == ("again", "授权书缺单位公章")
    short = await registry.post(f"/opening-cases/{CASE}/open", COUNTER, FINISH | {"materials": FIVE[:4]})
    assert (short.status_code, short.json()["code"]) == (422, "opening.materials")
    await registry.at(date(2016, 9, 9))
    receipt = (await registry.post(f"/opening-cases/{CASE}/open", COUNTER, FINISH)).json()
    assert (receipt["agreement_no"], receipt["specialist_name"], receipt["opened_on"]) == (
        AGREEMENT,
        "王敏",
        "2016-09-09",
    )
    assert await registry.events() == [
        ("EmployerRegistered", NO),
        ("SubmissionDecided", f"{NO}/opening/{AGREEMENT}"),
        ("ServiceOpened", NO),
        ("SubmissionDecided", f"{NO}/opening/{AGREEMENT}"),
    ]
    told = await registry.rows("SELECT body FROM outbox WHERE type = 'SubmissionDecided' ORDER BY id")
    assert [(row["body"]["version"], row["body"]["outcome"], row["body"]["reason"]) for row in told] == [
        (1, "waiting", "授权书缺单位公章"),
        (2, "accepted", ""),
    ]
    case = (await registry.get(f"/opening-cases/{CASE}", COUNTER)).json()
    assert (case["state"], case["decided_on"], case["age_days"], case["id_number_masked"]) == (
        "opened",
        "2016-09-09",
        2,
        "",
    )
    assert await registry.rows("SELECT specialist FROM opening_cases") == [{"specialist": None}]


async def test_2_2_a_refused_case_keeps_its_reason_and_a_new_one_gets_new_numbers(registry: BareService):
    await received(registry)
    reason = {"reason": "登记信息与证照不符"}
    refused = (await registry.post(f"/opening-cases/{CASE}/refuse", COUNTER, reason)).json()
    assert (refused["state"], refused["reason"]) == ("refused", "登记信息与证照不符")
    closed = await registry.post(f"/opening-cases/{CASE}/open", COUNTER, FINISH)
    assert (closed.status_code, closed.json()["code"]) == (409, "opening.case_state")
    anew = (await registry.post(f"/employers/{NO}/opening-cases", COUNTER, FIRST)).json()
    assert (anew["case_no"], anew["agreement_no"]) == ("K201609-000002", "370602〔2016〕第000002号")


async def test_2_an_employer_has_one_case_in_hand(registry: BareService):
    await registry.post("/employers", COUNTER, asked())
    path = f"/employers/{NO}/opening-cases"
    answers = await asyncio.gather(*(registry.post(path, COUNTER, FIRST) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert CASE in refused.json()["detail"]


async def test_2_opening_at_once_leaves_a_case_too_and_ends_the_one_in_hand(registry: BareService):
    await received(registry)
    await opened(registry)
    rows = (await registry.get("/opening-cases?state=opened", COUNTER)).json()["rows"]
    assert [(row["case_no"], row["agreement_no"], row["materials"]) for row in rows] == [
        (CASE, AGREEMENT, FIVE)
    ]
    entry = (await registry.get(f"/employers/{NO}/opening", COUNTER)).json()
    assert entry["agreement_no"] == AGREEMENT
    second = await registry.post(f"/employers/{NO}/opening-cases", COUNTER, FIRST)
    assert (second.status_code, second.json()["code"]) == (409, "opening.already")


async def test_1_4_the_service_goes_from_closed_to_received_opened_and_normal(registry: BareService):
    await registry.post("/employers", COUNTER, asked())
    assert await service(registry) == "closed"
    await registry.post(f"/employers/{NO}/opening-cases", COUNTER, FIRST)
    assert await service(registry) == "received"
    first = (await registry.post(f"/opening-cases/{CASE}/open", COUNTER, FINISH)).json()["initial_password"]
    assert await service(registry) == "opened"
    assert await log_in(registry, NO, first) == 200
    own = ChangePassword(old=first, new="Kelp7!tideQz9")
    assert (await registry.post("/password", specialist(NO), own)).status_code == 200
    assert await service(registry) == "normal"
    await registry.post(f"/employers/{NO}/applications", COUNTER, RESET)
    assert await service(registry) == "resetting"


async def test_1_4_the_list_is_found_by_state_number_and_name(registry: BareService):
    await received(registry)
    for query, total in (
        ("state=received", 1), ("state=opened", 0), (f"text={CASE}", 1), ("text=海风", 1), ("text=海燕", 0),
    ):  # fmt: skip
        assert (await registry.get(f"/opening-cases?{query}", COUNTER)).json()["total"] == total, query


async def test_laws_a_case_is_its_districts_counter_alone(registry: BareService):
    await received(registry)
    elsewhere = officer(Role.COUNTER, district=FUSHAN)
    assert (await registry.get(f"/opening-cases/{CASE}", elsewhere)).status_code == 404
    assert (await registry.get("/opening-cases", elsewhere)).json()["total"] == 0
    assert (await registry.get("/opening-cases", specialist(NO))).status_code == 403
    for act, body in (("again", {"reason": "x"}), ("refuse", {"reason": "x"}), ("open", FINISH)):
        path = f"/opening-cases/{CASE}/{act}"
        assert (await registry.post(path, elsewhere, body)).status_code == 404
        assert (await registry.post(path, officer(Role.FINANCE), body)).status_code == 403
        assert (await registry.post(path, specialist(NO), body)).status_code == 403
    assert (await registry.get(f"/opening-cases/{CASE}", SYSTEM)).status_code == 200
