"""The counter: confirm, return, 自动作废 (clause 三(一), A6)."""

from datetime import date

from contracts.values import Role
from tests.enrollment.conftest import (
    COUNTER,
    ELSEWHERE,
    OTHER,
    OWN,
    A,
    batch,
    bodies,
    employer,
    enrolled,
    officer,
    on_roster,
    raw,
    settled,
    specialist,
)
from tests.servers.bare_service import BareService

FIRST = "Z3706000001-201609-0001"
LATE = "2016-08-02"
PAPERS = {"filing_materials": True, "staff_register": True, "two_tables": True}


async def test_3_1_a_late_increase_waits_and_the_counter_confirms_it(enrollment: BareService):
    waiting = await enrolled(enrollment, hired_on=LATE)
    assert (waiting["state"], waiting["until"]) == ("awaiting_counter", "2016-09-30")
    assert await on_roster(enrollment) == []
    answer = await enrollment.post(f"/increases/{FIRST}/confirm", COUNTER, PAPERS | {"note": "材料齐全"})
    confirmed = answer.json()
    assert (confirmed["state"], confirmed["decision_note"]) == ("confirmed_counter", "材料齐全")
    row = (await on_roster(enrollment))[0]
    assert await enrollment.events() == [
        ("EnrollmentAwaitingCounter", f"{A}/{FIRST}"),
        ("SubmissionDecided", f"{A}/increase/{FIRST}"),
        ("EnrollmentStarted", f"{A}/{row['enrollment_id']}"),
        ("SubmissionDecided", f"{A}/increase/{FIRST}"),
    ]
    waits, accepted = await bodies(enrollment, "SubmissionDecided")
    assert (waits["outcome"], waits["reason_code"], waits["deadline"]) == (
        "waiting",
        "increase.late",
        "2016-09-30",
    )
    assert (accepted["outcome"], accepted["version"]) == ("accepted", 2)
    started = (await bodies(enrollment, "EnrollmentStarted"))[0]
    assert (started["confirmation"], started["late"], started["limit_day"]) == ("counter", True, "2016-09-01")
    assert (started["confirmed_on"], started["from_month"]) == ("2016-09-07", "2016-08")
    acts = await enrollment.rows("SELECT act, account FROM audit ORDER BY id")
    assert [row["act"] for row in acts] == ["increases_submitted", "increase_confirmed"]


async def test_A7_A10_a_month_owed_elsewhere_since_the_submission_is_not_owed_again(enrollment: BareService):
    newcomer = "3706000004"
    await enrollment.take(employer(newcomer))
    waiting = await enrolled(enrollment, specialist(newcomer), hired_on=LATE)
    number = waiting["submission_no"]
    assert (waiting["state"], waiting["first_month"]) == ("awaiting_counter", "2016-08")
    await enrolled(enrollment)
    await enrollment.take(settled())
    row = (await on_roster(enrollment))[0]
    left = {"enrollment_id": row["enrollment_id"], "left_on": "2016-09-06", "reason": "27"}
    assert (await enrollment.post("/decreases", OWN, left)).json()["last_month"] == "2016-09"
    assert (await enrollment.get(f"/increases/{number}", COUNTER)).json()["first_month"] == "2016-10"
    confirmed = (await enrollment.post(f"/increases/{number}/confirm", COUNTER, PAPERS)).json()
    assert (confirmed["state"], confirmed["first_month"]) == ("confirmed_counter", "2016-10")
    assert [body["from_month"] for body in await bodies(enrollment, "EnrollmentStarted")] == [
        "2016-09",
        "2016-10",
    ]
    stored = await enrollment.rows("SELECT from_month, base_from FROM relations WHERE last_month IS NULL")
    assert stored == [{"from_month": 201610, "base_from": 201610}]


async def test_3_1_the_counter_needs_all_papers(enrollment: BareService):
    await enrolled(enrollment, hired_on=LATE)
    answer = await enrollment.post(f"/increases/{FIRST}/confirm", COUNTER, PAPERS | {"two_tables": False})
    assert (answer.status_code, answer.json()["code"]) == (422, "increase.papers")
    assert [fault["field"] for fault in answer.json()["faults"]] == ["two_tables"]


async def test_1_4_the_counter_returns_with_a_reason_and_a_new_one_follows(enrollment: BareService):
    await enrolled(enrollment, hired_on=LATE)
    personal = await enrollment.post(f"/increases/{FIRST}/return", COUNTER, {"reason": "王建国材料不齐"})
    assert personal.json()["code"] == "increase.reason_personal"
    answer = await enrollment.post(f"/increases/{FIRST}/return", COUNTER, {"reason": "花名册未盖章"})
    assert (answer.json()["state"], answer.json()["decision_note"]) == ("returned", "花名册未盖章")
    decided = (await bodies(enrollment, "SubmissionDecided"))[-1]
    assert (decided["outcome"], decided["reason"], decided["version"]) == ("refused", "花名册未盖章", 2)
    again = await enrolled(enrollment, hired_on=LATE)
    assert again["submission_no"] == "Z3706000001-201609-0002"
    assert again["replaces"] == FIRST
    second = await enrollment.post(f"/increases/{FIRST}/confirm", COUNTER, PAPERS)
    assert second.json()["code"] == "increase.not_awaiting"


async def test_A6_on_the_1st_an_unconfirmed_increase_is_void(enrollment: BareService):
    await enrollment.run_days()
    await enrolled(enrollment, hired_on=LATE)
    await enrollment.at(date(2016, 9, 30), 23)
    await enrollment.run_days()
    assert (await enrollment.get(f"/increases/{FIRST}", OWN)).json()["state"] == "awaiting_counter"
    await enrollment.at(date(2016, 10, 1), 1)
    await enrollment.run_days()
    assert (await enrollment.get(f"/increases/{FIRST}", OWN)).json()["state"] == "voided"
    assert await enrollment.events() == [
        ("EnrollmentAwaitingCounter", f"{A}/{FIRST}"),
        ("SubmissionDecided", f"{A}/increase/{FIRST}"),
        ("EnrollmentVoided", f"{A}/{FIRST}"),
        ("SubmissionDecided", f"{A}/increase/{FIRST}"),
    ]
    voided = (await bodies(enrollment, "EnrollmentVoided"))[0]
    assert (voided["voided_on"], voided["version"]) == ("2016-10-01", 2)
    decided = (await bodies(enrollment, "SubmissionDecided"))[-1]
    assert (decided["outcome"], decided["reason_code"]) == ("voided", "increase.not_confirmed")
    assert decided["decided_at"] == "2016-10-01T00:00:00+08:00"
    again = await enrolled(enrollment, hired_on=LATE)
    assert (again["submission_no"], again["replaces"]) == ("Z3706000001-201610-0001", FIRST)


async def test_A6_the_month_ends_the_window_before_any_job_has_run(enrollment: BareService):
    await enrolled(enrollment, hired_on=LATE)
    await enrollment.at(date(2016, 10, 1), 1)
    answer = await enrollment.post(f"/increases/{FIRST}/confirm", COUNTER, PAPERS)
    assert (answer.status_code, answer.json()["code"]) == (409, "increase.void")
    again = await enrolled(enrollment, hired_on=LATE)
    assert again["replaces"] == FIRST
    await enrollment.run_days()
    assert len(await bodies(enrollment, "EnrollmentVoided")) == 1


async def test_A6_after_the_last_working_day_the_1st_is_offered(enrollment: BareService):
    await enrollment.at(date(2016, 12, 31))
    row = raw(hired_on=LATE)
    answer = await enrollment.post("/increases/preview", OWN, {"rows": [row]})
    shown = answer.json()["rows"][0]
    assert shown["warnings"] == ["本月已无工作日可到柜台确认，建议下月1日再申报"]
    assert shown["until"] == "2016-12-31"


async def test_laws_only_the_counter_of_the_district_decides(enrollment: BareService):
    await enrolled(enrollment, hired_on=LATE)
    path = f"/increases/{FIRST}/confirm"
    assert (await enrollment.post(path, OWN, PAPERS)).status_code == 403
    assert (await enrollment.post(path, officer(Role.AUDITOR), PAPERS)).status_code == 403
    assert (await enrollment.post(path, ELSEWHERE, PAPERS)).status_code == 404
    assert (await enrollment.post(path, OTHER, PAPERS)).status_code == 403
    assert (await enrollment.get("/increases?state=awaiting_counter", ELSEWHERE)).json()["total"] == 0
    assert (await enrollment.get("/increases?state=awaiting_counter", COUNTER)).json()["total"] == 1
    assert (await enrollment.post(path, COUNTER, PAPERS)).status_code == 200


async def test_A10_insured_elsewhere_meanwhile_is_refused_at_the_counter(enrollment: BareService):
    await enrolled(enrollment, hired_on=LATE)
    await enrolled(enrollment, OTHER)
    answer = await enrollment.post(f"/increases/{FIRST}/confirm", COUNTER, PAPERS)
    assert (answer.status_code, answer.json()["code"]) == (409, "increase.duplicate")


async def test_a_submission_waits_in_the_to_do_of_its_employer(enrollment: BareService):
    answer = await enrollment.post("/increases", OWN, batch(raw(hired_on=LATE)))
    assert answer.status_code == 200
    task = (await enrollment.get("/to-do", OWN)).json()
    assert [row["submission_no"] for row in task["awaiting_counter"]] == [FIRST]
    assert task["active_persons"] == 0


async def test_A16_a_relation_over_a_years_end_follows_the_limits_published_since(enrollment: BareService):
    await enrolled(enrollment, hired_on="2015-12-01", monthly_wage="2500")
    await enrollment.post(f"/increases/{FIRST}/confirm", COUNTER, PAPERS)
    kinds = [kind for kind, _ in await enrollment.events()][2:]
    assert kinds == ["EnrollmentStarted", "SubmissionDecided", "BaseAdjusted"]
    started = (await bodies(enrollment, "EnrollmentStarted"))[0]
    assert (started["version"], started["base"], started["base_from"]) == (1, 262_300, "2015-12")
    adjusted = (await bodies(enrollment, "BaseAdjusted"))[0]
    assert (adjusted["version"], adjusted["base"], adjusted["base_from"]) == (2, 291_000, "2016-01")
    assert (adjusted["old_base"], adjusted["from_month"]) == (262_300, "2015-12")
    assert (await on_roster(enrollment))[0]["base"] == 291_000


async def test_1_5_a_hire_before_all_policy_data_is_refused_and_says_what_is_missing(enrollment: BareService):
    answer = await enrollment.post("/increases", OWN, batch(raw(hired_on="2012-05-02")))
    fault = answer.json()["faults"][0]
    assert (fault["code"], fault["field"]) == ("policy.missing", "hired_on")
    assert fault["message"] == "缺少缴费基数上下限（2012-05）的政策数据"


async def test_1_4_an_employer_takes_back_what_awaits_the_counter_and_sends_it_anew(enrollment: BareService):
    await enrolled(enrollment, hired_on=LATE)
    path = f"/increases/{FIRST}/withdraw"
    assert (await enrollment.post(path, OTHER)).status_code == 404
    assert (await enrollment.post(path, OWN)).json()["state"] == "withdrawn"
    assert (await enrollment.post(path, OWN)).json()["code"] == "increase.not_awaiting"
    decided = (await bodies(enrollment, "SubmissionDecided"))[-1]
    assert (decided["outcome"], decided["reason_code"]) == ("voided", "increase.withdrawn")
    assert (await enrolled(enrollment, hired_on="2016-09-01"))["state"] == "confirmed_auto"
