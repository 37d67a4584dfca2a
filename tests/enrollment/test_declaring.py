"""The year's bases on PostgreSQL: declared, signed, posted (clause 三(三)1)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from contracts.identity import Caller
from tests.enrollment.conftest import (
    COUNTER,
    ELSEWHERE,
    LI,
    OTHER,
    OWN,
    WANG,
    A,
    bodies,
    enrolled,
)
from tests.servers.bare_service import BareService
from tests.servers.callers import specialist

NEW_YEAR, LAST, AFTER = date(2017, 1, 4), date(2017, 1, 10), date(2017, 1, 11)


async def two(service: BareService) -> list[str]:
    """Wang with the middle wage and Li with a low one, in September; then it is January."""
    for name, number, wage in (("王建国", WANG, "5431.37"), ("李秀英", LI, "2500.00")):
        await enrolled(service, name=name, id_number=number, monthly_wage=wage)
    await service.at(NEW_YEAR)
    return [row["enrollment_id"] for row in (await bases(service))["rows"]]


async def bases(service: BareService, caller: Caller = OWN, year: int = 2017) -> dict[str, Any]:
    answer = await service.get(f"/bases?year={year}", caller)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def sending(*rows: tuple[str, int, int], year: int = 2017) -> dict[str, Any]:
    named = [{"enrollment_id": who, "wage_total": total, "months": months} for who, total, months in rows]
    return {"year": year, "rows": named}


async def test_3_3_1_wages_are_declared_and_the_bases_hold_from_january(enrollment: BareService):
    li, wang = await two(enrollment)
    before = len(await enrollment.events())
    computed = (
        await enrollment.post("/bases/preview", OWN, sending((li, 1_000_000, 4), (wang, 2_400_020, 4)))
    ).json()
    assert [(row["name"], row["declared_wage"], row["base"], row["clamped"]) for row in computed["rows"]] == [
        ("李秀英", 250_000, 291_000, "保底"),
        ("王建国", 600_005, 600_000, ""),
    ]
    assert (computed["faulty"], computed["left"]) == (0, 0)
    assert len(await enrollment.events()) == before
    sent = (await enrollment.post("/bases", OWN, sending((li, 1_000_000, 4), (wang, 2_400_020, 4)))).json()
    assert sent == {"declaration_no": f"S{A}-2017", "year": 2017, "declared": 2, "left": 0}
    assert [kind for kind, _ in (await enrollment.events())[before:]] == [
        "BaseDeclared",
        "BaseDeclared",
        "SubmissionDecided",
    ]
    told = await bodies(enrollment, "BaseDeclared")
    facts = [
        (one["base"], one["base_from"], one["declared_wage"], one["version"], one["year"]) for one in told
    ]
    assert facts == [(291_000, "2017-01", 250_000, 2, 2017), (600_000, "2017-01", 600_005, 2, 2017)]
    last = (await bodies(enrollment, "SubmissionDecided"))[-1]
    assert (last["matter"], last["outcome"], last["reason"]) == (
        "base",
        "accepted",
        "2017年度缴费基数已申报2人",
    )
    assert "逐人签字" in last["next_step"]
    round_ = await bases(enrollment)
    counts = (round_["due_persons"], round_["declared_persons"], round_["signed_persons"])
    assert (counts, round_["deadline"], round_["floor"]) == ((2, 2, 0), "2017-01-10", 291_000)


async def test_3_3_1_some_may_be_declared_first_and_the_rest_is_named(enrollment: BareService):
    li, wang = await two(enrollment)
    sent = (await enrollment.post("/bases", OWN, sending((li, 1_400_000, 4)))).json()
    assert (sent["declared"], sent["left"]) == (1, 1)
    last = (await bodies(enrollment, "SubmissionDecided"))[-1]
    assert last["next_step"].startswith("还有1人未申报")
    rows = (await bases(enrollment))["rows"]
    assert [(row["enrollment_id"], row["base"]) for row in rows] == [(wang, None), (li, 350_000)]
    await enrollment.post("/bases", OWN, sending((wang, 2_172_548, 4)))
    versions = [
        one["version"] for one in await bodies(enrollment, "SubmissionDecided") if one["matter"] == "base"
    ]
    assert versions == [1, 2]


async def test_3_3_1_one_faulty_row_refuses_the_whole_sending_and_names_its_cell(enrollment: BareService):
    li, wang = await two(enrollment)
    before = len(await enrollment.events())
    answer = await enrollment.post("/bases", OWN, sending((li, 0, 4), (wang, 2_000_000, 5)))
    assert (answer.status_code, answer.json()["code"]) == (422, "bases.refused")
    assert [(fault["field"], fault["code"]) for fault in answer.json()["faults"]] == [
        (f"rows.{li}.wage_total", "bases.nothing"),
        (f"rows.{wang}.months", "bases.months"),
    ]
    twice = await enrollment.post("/bases", OWN, sending((li, 1_400_000, 4), (li, 1_400_000, 4)))
    assert [fault["code"] for fault in twice.json()["faults"]] == ["bases.repeated"] * 2
    assert len(await enrollment.events()) == before
    assert (await bases(enrollment))["declared_persons"] == 0


async def test_3_3_3_until_the_10th_a_declaration_is_sent_anew_then_by_application_only(
    enrollment: BareService,
):
    li, wang = await two(enrollment)
    await enrollment.post("/bases", OWN, sending((li, 1_400_000, 4)))
    await enrollment.at(LAST)
    assert (await enrollment.post("/bases", OWN, sending((li, 1_600_000, 4)))).status_code == 200
    assert [one["base"] for one in await bodies(enrollment, "BaseDeclared")] == [350_000, 400_000]
    await enrollment.at(AFTER)
    refused = await enrollment.post("/bases", OWN, sending((li, 1_800_000, 4)))
    assert refused.json()["faults"][0]["code"] == "bases.late"
    late = await enrollment.post("/bases", OWN, sending((wang, 2_000_000, 4)))
    assert late.json()["left"] == 0


async def test_3_3_1_a_base_is_declared_in_its_own_year_by_those_it_concerns(enrollment: BareService):
    li, _ = await two(enrollment)
    other_year = await enrollment.post("/bases", OWN, sending((li, 1_400_000, 4), year=2018))
    assert (other_year.status_code, other_year.json()["code"]) == (409, "bases.year")
    stranger = await enrollment.post("/bases", OTHER, sending((li, 1_400_000, 4)))
    assert stranger.json()["faults"][0]["code"] == "bases.not_due"
    assert (await bases(enrollment, OTHER))["rows"] == []
    preparer = specialist(A).model_copy(update={"roles": frozenset({"preparer"})})
    assert (await enrollment.post("/bases", preparer, sending((li, 1_400_000, 4)))).status_code == 403
    for caller, status in ((COUNTER, 403), (ELSEWHERE, 403)):
        assert (await enrollment.post("/bases", caller, sending((li, 1_400_000, 4)))).status_code == status
    at_counter = COUNTER.model_copy(update={"employer_no": A})
    assert (await enrollment.post("/bases", at_counter, sending((li, 1_400_000, 4)))).status_code == 200


async def test_3_3_1_who_was_hired_in_the_year_is_not_asked_for(enrollment: BareService):
    await two(enrollment)
    await enrolled(enrollment, name="张伟", id_number="370681199510107891", hired_on="2017-01-03")
    assert [row["name"] for row in (await bases(enrollment))["rows"]] == ["李秀英", "王建国"]
    await enrollment.at(date(2016, 9, 8))
    assert (await bases(enrollment, year=2016))["due_persons"] == 0


async def test_3_3_1_signatures_and_posting_are_recorded_and_a_new_base_is_signed_anew(
    enrollment: BareService,
):
    li, wang = await two(enrollment)
    signing = {"year": 2017, "enrollment_ids": [li], "signed_on": "2017-01-04"}
    early = await enrollment.post("/bases/signed", OWN, signing)
    assert (early.status_code, early.json()["code"]) == (409, "bases.not_declared")
    await enrollment.post("/bases", OWN, sending((li, 1_400_000, 4), (wang, 2_000_000, 4)))
    assert (await enrollment.post("/bases/signed", OWN, signing)).status_code == 200
    assert (
        await enrollment.post("/bases/signed", OWN, signing | {"signed_on": "2017-01-05"})
    ).status_code == 422
    assert (await bases(enrollment))["signed_persons"] == 1
    for first, last, status in (("2017-01-04", "2017-01-12", 422), ("2017-01-04", "2017-01-13", 200)):
        posting = {"year": 2017, "posted_from": first, "posted_to": last}
        assert (await enrollment.post("/bases/posted", OWN, posting)).status_code == status
    assert (await bases(enrollment))["posted_to"] == "2017-01-13"
    await enrollment.post("/bases", OWN, sending((li, 1_480_000, 4)))
    assert (await bases(enrollment))["signed_persons"] == 0
    acts = await enrollment.rows("SELECT act FROM audit WHERE act LIKE 'bases_%' ORDER BY id")
    assert [row["act"] for row in acts] == [
        "bases_declared",
        "bases_signed",
        "bases_posted",
        "bases_declared",
    ]


async def test_laws_two_sendings_at_once_follow_one_another(enrollment: BareService):
    li, _ = await two(enrollment)
    wages = (1_400_000, 1_600_000)
    answers = await asyncio.gather(
        *(enrollment.post("/bases", OWN, sending((li, wage, 4))) for wage in wages)
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    told = await bodies(enrollment, "BaseDeclared")
    assert sorted(one["version"] for one in told) == [2, 3]
    (row,) = [row for row in (await bases(enrollment))["rows"] if row["enrollment_id"] == li]
    assert row["base"] == max(told, key=lambda one: one["version"])["base"]


@pytest.mark.parametrize("body", [{}, {"year": 2017, "rows": []}, sending(("x", 1, 1)), sending((A, -1, 13))])
async def test_laws_bad_input_is_refused(enrollment: BareService, body: dict[str, Any]):
    assert (await enrollment.post("/bases", OWN, body)).status_code == 422
