"""减员 over HTTP (clause 三(二), A11–A13)."""

from datetime import date
from typing import Any

from contracts.values import Role
from tests.enrollment.conftest import (
    COUNTER,
    ELSEWHERE,
    OCTOBER,
    OTHER,
    OWN,
    SECOND,
    SEPTEMBER,
    WANG,
    A,
    assessed,
    bodies,
    confirmed,
    employer,
    enrolled,
    officer,
    on_roster,
    settled,
    specialist,
)
from tests.servers.bare_service import BareService

D = "3706000004"
NEW = specialist(D)
FIRST = "J3706000001-201609-0001"


async def leaving(service: BareService, **changes: Any) -> dict[str, Any]:
    await enrolled(service)
    row = (await on_roster(service))[0]
    return {"enrollment_id": row["enrollment_id"], "left_on": "2016-09-06", "reason": "27"} | changes


async def told(service: BareService) -> list[str]:
    """Types of events since the increase."""
    return [kind for kind, _ in (await service.events())[2:]]


async def test_A11_in_its_window_a_decrease_is_confirmed_at_once(enrollment: BareService):
    asked = await leaving(enrollment)
    await enrollment.take(settled())
    answer = (await enrollment.post("/decreases", OWN, asked)).json()
    assert (answer["submission_no"], answer["state"], answer["last_month"]) == (
        FIRST,
        "confirmed_auto",
        "2016-09",
    )
    assert answer["documents"] == ["《终止（解除）劳动合同证明书》"]
    assert answer["reason_name"] == "本人辞职（第37条）"
    subject = f"{A}/{asked['enrollment_id']}"
    assert (await enrollment.events())[2:] == [
        ("EnrollmentEnded", subject),
        ("SubmissionDecided", f"{A}/decrease/{FIRST}"),
    ]
    ended = (await bodies(enrollment, "EnrollmentEnded"))[0]
    assert (ended["version"], ended["last_month"], ended["left_on"]) == (2, "2016-09", "2016-09-06")
    assert (ended["reason"], ended["base"], ended["from_month"]) == ("27", 543_100, "2016-09")
    task = (await enrollment.get("/to-do", OWN)).json()
    assert (task["active_persons"], task["ended_this_month"]) == (1, 1)


async def test_A11_before_payment_it_is_queued_and_the_payment_fires_it(enrollment: BareService):
    asked = await leaving(enrollment)
    answer = (await enrollment.post("/decreases", OWN, asked)).json()
    assert (answer["state"], answer["waits_for"], answer["decided_at"]) == ("queued", "2016-09", None)
    assert await told(enrollment) == ["SubmissionDecided"]
    task = (await enrollment.get("/to-do", OWN)).json()
    assert [row["submission_no"] for row in task["queued_decreases"]] == [FIRST]
    twice = await enrollment.post("/decreases", OWN, asked)
    assert twice.json()["code"] == "decrease.queued"
    await enrollment.take(assessed(), settled(OCTOBER), confirmed())
    assert await told(enrollment) == ["SubmissionDecided"]
    await enrollment.take(settled())
    await enrollment.take(settled(version=4))
    assert await told(enrollment) == ["SubmissionDecided", "EnrollmentEnded", "SubmissionDecided"]
    last = (await bodies(enrollment, "SubmissionDecided"))[-1]
    assert (last["outcome"], last["version"]) == ("accepted", 2)
    assert (await enrollment.get("/decreases", OWN)).json()["rows"][0]["state"] == "confirmed_auto"


async def test_A11_paid_too_far_it_ends_after_the_paid_months_and_says_so(enrollment: BareService):
    asked = await leaving(enrollment)
    await enrollment.at(date(2016, 10, 12))
    await enrollment.take(settled(), settled(OCTOBER))
    answer = (await enrollment.post("/decreases", OWN, asked)).json()
    assert answer["last_month"] == "2016-10"
    decided = (await bodies(enrollment, "SubmissionDecided"))[-1]
    assert decided["next_step"] == "离职当月以后已缴的2016-10，请持证明材料到柜台申请退费"


async def test_1_4_a_queued_decrease_is_withdrawn(enrollment: BareService):
    asked = await leaving(enrollment)
    await enrollment.post("/decreases", OWN, asked)
    path = f"/decreases/{FIRST}/withdraw"
    assert (await enrollment.post(path, OTHER)).status_code == 404
    assert (await enrollment.post(path, OWN)).json()["state"] == "withdrawn"
    assert (await enrollment.post(path, OWN)).json()["code"] == "decrease.not_queued"
    await enrollment.take(settled())
    assert await told(enrollment) == ["SubmissionDecided", "SubmissionDecided"]
    again = (await enrollment.post("/decreases", OWN, asked)).json()
    assert (again["submission_no"], again["state"]) == ("J3706000001-201609-0002", "confirmed_auto")
    assert (await enrollment.post("/decreases", OWN, asked)).json()["code"] == "decrease.ended"


async def test_A12_two_officers_force_what_would_wait_for_money_for_ever(enrollment: BareService):
    asked = await leaving(enrollment)
    await enrollment.post("/decreases", OWN, asked)
    path, reason = f"/decreases/{FIRST}/force", {"reason": "单位长期欠费，职工已离职"}
    assert (await enrollment.post(f"{path}/release", SECOND)).json()["code"] == "decrease.not_forced"
    assert (await enrollment.post(path, OWN, reason)).status_code == 403
    assert (await enrollment.post(path, ELSEWHERE, reason)).status_code == 404
    proposed = (await enrollment.post(path, COUNTER, reason)).json()
    assert (proposed["state"], proposed["forced_by"]) == ("queued", "gao.min")
    same = await enrollment.post(f"{path}/release", COUNTER)
    assert (same.status_code, same.json()["code"]) == (409, "four_eyes.same_officer")
    assert await told(enrollment) == ["SubmissionDecided"]
    forced = (await enrollment.post(f"{path}/release", SECOND)).json()
    assert (forced["state"], forced["last_month"]) == ("confirmed_auto", "2016-09")
    assert await told(enrollment) == ["SubmissionDecided", "EnrollmentEnded", "SubmissionDecided"]
    acts = [row["act"] for row in await enrollment.rows("SELECT act FROM audit ORDER BY id")]
    assert acts[-2:] == ["decrease_force_proposed", "decrease_forced"]


async def test_A13_reasons_and_dates_are_checked(enrollment: BareService):
    asked = await leaving(enrollment)
    cases = (
        ({"reason": "00"}, "reason", "reason.unknown"),
        ({"reason": "32"}, "extra_date", "extra_date.missing"),
        ({"reason": "99"}, "note", "note.missing"),
        ({"left_on": "2016-09-08"}, "left_on", "left_on.future"),
        ({"left_on": "2016-08-31"}, "left_on", "left_on.before_hire"),
    )
    for changed, field, code in cases:
        answer = await enrollment.post("/decreases", OWN, asked | changed)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
        assert answer.json()["faults"][0]["code"] == code
    unstorable = await enrollment.post("/decreases", OWN, asked | {"reason": "99", "note": "a\x00b"})
    assert (unstorable.status_code, unstorable.json()["field"]) == (422, "note")
    assert (await enrollment.post("/decreases", OTHER, asked)).status_code == 404
    assert (await enrollment.post("/decreases", OWN, asked)).status_code == 200


async def test_laws_decreases_of_others_are_not_seen(enrollment: BareService):
    asked = await leaving(enrollment)
    await enrollment.post("/decreases", OWN, asked)
    totals = [
        (await enrollment.get("/decreases", caller)).json()["total"]
        for caller in (OWN, COUNTER, OTHER, ELSEWHERE)
    ]
    assert totals == [1, 1, 0, 0]


async def test_A7_A11_a_month_carried_by_the_next_bill_is_paid_with_it(enrollment: BareService):
    await enrollment.at(date(2016, 9, 12))
    await enrollment.take(employer(D, insured_from=SEPTEMBER, registered_on=date(2016, 9, 12)))
    await enrolled(enrollment, NEW, hired_on="2016-09-12")
    row = (await on_roster(enrollment, NEW))[0]
    asked = {"enrollment_id": row["enrollment_id"], "left_on": "2016-09-12", "reason": "27"}
    queued = (await enrollment.post("/decreases", NEW, asked)).json()
    assert (queued["state"], queued["waits_for"]) == ("queued", "2016-09")
    await enrollment.at(date(2016, 10, 8))
    await enrollment.take(assessed(OCTOBER, D, total=5))
    assert (await enrollment.get("/decreases", NEW)).json()["rows"][0]["state"] == "queued"
    await enrollment.take(settled(OCTOBER, D))
    done = (await enrollment.get("/decreases", NEW)).json()["rows"][0]
    assert (done["state"], done["last_month"]) == ("confirmed_auto", "2016-10")


async def test_A7_A11_a_supplemented_month_before_a_paid_bill_is_paid(enrollment: BareService):
    await enrolled(enrollment, hired_on="2016-08-20")
    row = (await on_roster(enrollment))[0]
    await enrollment.take(settled())
    asked = {"enrollment_id": row["enrollment_id"], "left_on": "2016-08-31", "reason": "27"}
    answer = (await enrollment.post("/decreases", OWN, asked)).json()
    assert (answer["state"], answer["last_month"]) == ("confirmed_auto", "2016-09")


async def test_A11_a_bill_emptied_to_nought_frees_what_waits_for_it(enrollment: BareService):
    asked = await leaving(enrollment)
    await enrollment.post("/decreases", OWN, asked)
    await enrollment.take(assessed(total=5), settled(OCTOBER))
    assert (await enrollment.get("/decreases", OWN)).json()["rows"][0]["state"] == "queued"
    await enrollment.take(assessed(total=0, version=2), assessed(total=5))
    assert (await enrollment.get("/decreases", OWN)).json()["rows"][0]["state"] == "confirmed_auto"


async def test_2_8_the_rows_of_the_table_come_in_clear_and_leave_a_trace(enrollment: BareService):
    asked = await leaving(enrollment, note="本人申请")
    await enrollment.post("/decreases", OWN, asked)
    numbers = {"submission_nos": [FIRST]}
    for stranger in (OTHER, ELSEWHERE):
        assert (await enrollment.post("/decreases/table", stranger, numbers)).status_code == 404
    assert (await enrollment.post("/decreases/table", officer(Role.AUDITOR), numbers)).status_code == 403
    assert await enrollment.rows("SELECT act FROM audit WHERE act = 'decreases_printed'") == []
    for reader in (OWN, COUNTER):
        (row,) = (await enrollment.post("/decreases/table", reader, numbers)).json()["rows"]
        assert (row["id_number"], row["id_kind"], row["involuntary"]) == (WANG, "居民身份证", False)
        assert (row["decrease"]["reason"], row["decrease"]["state"], row["note"]) == (
            "27",
            "queued",
            "本人申请",
        )
        assert "pension" in row["kinds"]
    kept = await enrollment.rows("SELECT employer_no, subject FROM audit WHERE act = 'decreases_printed'")
    assert kept == [{"employer_no": A, "subject": FIRST}] * 2


async def test_A13_a_reason_against_the_persons_will_is_marked_in_the_table(enrollment: BareService):
    await enrollment.post("/decreases", OWN, await leaving(enrollment, reason="25"))
    (row,) = (await enrollment.post("/decreases/table", OWN, {"submission_nos": [FIRST]})).json()["rows"]
    assert row["involuntary"] is True
