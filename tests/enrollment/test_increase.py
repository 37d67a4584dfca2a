"""增员 over HTTP (clause 三(一), A1–A10)."""

import asyncio
import re

from fastapi.routing import APIRoute

from contracts.events.enrollment import EnrollmentStarted
from contracts.identity import Caller
from contracts.values import Role
from services.enrollment.api import ROUTERS
from tests.enrollment.conftest import (
    COUNTER,
    LI,
    OTHER,
    OWN,
    WANG,
    ZHANG,
    A,
    B,
    C,
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


async def test_3_1_an_increase_in_time_is_confirmed_by_the_system_and_told_in_full(enrollment: BareService):
    accepted = await enrolled(enrollment)
    assert accepted["submission_no"] == FIRST
    assert accepted["state"] == "confirmed_auto"
    assert (accepted["declared_wage"], accepted["base"], accepted["clamped"]) == (543_137, 543_100, "")
    assert (accepted["limit_day"], accepted["until"], accepted["first_month"]) == (
        "2016-10-08",
        None,
        "2016-09",
    )
    assert accepted["id_number"] == "370602********0017"
    assert accepted["phone"] == "138****0001"
    assert (accepted["sex"], accepted["household"], accepted["id_kind"]) == ("男", "本地城镇", "居民身份证")
    row = (await on_roster(enrollment))[0]
    assert await enrollment.events() == [
        ("EnrollmentStarted", f"{A}/{row['enrollment_id']}"),
        ("SubmissionDecided", f"{A}/increase/{FIRST}"),
    ]
    started = (await bodies(enrollment, "EnrollmentStarted"))[0]
    assert started == {
        "version": 1,
        "employer_no": A,
        "enrollment_id": row["enrollment_id"],
        "person_no": accepted["person_no"],
        "scheme": "enterprise",
        "kinds": ["pension", "medical", "unemployment", "injury", "maternity"],
        "rural_contract": False,
        "hired_on": "2016-09-01",
        "from_month": "2016-09",
        "last_month": None,
        "declared_wage": 543_137,
        "base": 543_100,
        "base_from": "2016-09",
        "imported": False,
        "submission_no": FIRST,
        "confirmation": "auto",
        "confirmed_on": "2016-09-07",
        "limit_day": "2016-10-08",
        "late": False,
    }
    decided = (await bodies(enrollment, "SubmissionDecided"))[0]
    assert (decided["outcome"], decided["matter"], decided["version"]) == ("accepted", "increase", 1)


async def test_3_4_bases_are_clamped_by_the_limits_of_2016(enrollment: BareService):
    rows = (
        raw(monthly_wage="2500"),
        raw(name="李秀英", id_number=LI, monthly_wage="5431.37"),
        raw(name="张伟", id_number=ZHANG, monthly_wage="16000", household="本地农村", rural_contract="是"),
    )
    answer = await enrollment.post("/increases", OWN, batch(*rows))
    accepted = answer.json()["accepted"]
    assert [row["base"] for row in accepted] == [291_000, 543_100, 1_454_900]
    assert [row["clamped"] for row in accepted] == ["保底", "", "封顶"]
    assert [body["rural_contract"] for body in await bodies(enrollment, "EnrollmentStarted")] == [
        False,
        False,
        True,
    ]


async def test_V8_dates_through_the_interface(enrollment: BareService):
    rows = (raw(hired_on="2016-09-01"), raw(id_number=LI, name="李秀英", hired_on="2016-08-08"))
    answer = await enrollment.post("/increases/preview", OWN, {"rows": rows})
    assert [row["limit_day"] for row in answer.json()["rows"]] == ["2016-10-08", "2016-09-07"]
    late = await enrollment.post("/increases/preview", OWN, {"rows": [raw(hired_on="2016-08-02")]})
    row = late.json()["rows"][0]
    assert (row["limit_day"], row["path"], row["reasons"]) == ("2016-09-01", "counter", ["超过用工申报期限"])
    assert row["until"] == "2016-09-30"


async def test_A2_three_months_for_state_organs_and_institutions(enrollment: BareService):
    answer = await enrollment.post(
        "/increases/preview", specialist(C), {"rows": [raw(hired_on="2016-06-10")]}
    )
    row = answer.json()["rows"][0]
    assert (row["path"], row["limit_day"], row["scheme"]) == ("auto", "2016-09-12", "government")


async def test_3_1_a_foreigner_and_a_hong_kong_resident_go_to_the_counter(enrollment: BareService):
    rows = (
        raw(name="DAVID SMITH", id_number="USA0123456789", household="外籍", id_kind="外国护照"),
        raw(name="陈大文", id_number="HKG012345678", household="港澳台"),
        raw(name="林小明", id_number="810000199003071114", household="港澳台"),
    )
    answer = await enrollment.post("/increases", OWN, batch(*rows))
    accepted = answer.json()["accepted"]
    assert [row["state"] for row in accepted] == ["awaiting_counter"] * 3
    assert [row["reasons"] for row in accepted] == [["外国人增员"], ["港澳台人员增员"], ["港澳台人员增员"]]
    waiting = await bodies(enrollment, "EnrollmentAwaitingCounter")
    assert [body["reasons"] for body in waiting] == [["increase.foreign"], ["increase.hmt"], ["increase.hmt"]]
    assert await on_roster(enrollment) == []


async def test_A5_what_cannot_be_is_refused_with_every_field_named(enrollment: BareService):
    cases = (
        (raw(hired_on="2016-09-08"), "hired_on.future"),
        (raw(hired_on="2009-12-31"), "hired_on.before_employer"),
        (raw(id_number="37060220010101001X", hired_on="2016-09-01"), "hired_on.under_age"),
        (raw(id_number="370602199001010018"), "id_number.check_digit"),
        (raw(phone=""), "phone.missing"),
    )
    for row, code in cases:
        answer = await enrollment.post("/increases", OWN, batch(row))
        assert answer.status_code == 422, row
        assert answer.json()["code"] == "increase.refused"
        assert code in {fault["code"] for fault in answer.json()["faults"]}, answer.text
    assert await enrollment.events() == []
    assert await enrollment.rows("SELECT 1 FROM persons") == []


async def test_A10_a_person_insured_elsewhere_is_refused(enrollment: BareService):
    await enrolled(enrollment)
    answer = await enrollment.post("/increases", OTHER, batch(raw()))
    assert answer.json()["faults"][0]["code"] == "increase.duplicate"
    again = await enrollment.post("/increases", OWN, batch(raw()))
    assert again.json()["faults"][0]["code"] == "increase.active_here"
    assert [kind for kind, _ in await enrollment.events()] == ["EnrollmentStarted", "SubmissionDecided"]


async def test_A10_at_the_counter_the_second_relation_is_for_injury_alone(enrollment: BareService):
    await enrolled(enrollment)
    acting = officer(Role.COUNTER, district="370611", account="qu.jing", acts_for=B)
    waiting = await enrolled(enrollment, acting)
    assert waiting["reasons"] == ["在其他单位处于参保缴费状态"]
    papers = {"filing_materials": True, "staff_register": True, "two_tables": True}
    answer = await enrollment.post(f"/increases/{waiting['submission_no']}/confirm", acting, papers)
    assert answer.json()["kinds"] == ["injury"]
    versions = [
        (body["employer_no"], body["version"]) for body in await bodies(enrollment, "EnrollmentStarted")
    ]
    assert versions == [(A, 1), (B, 2)]


async def test_laws_of_two_uploads_at_once_one_wins_and_the_other_is_told(enrollment: BareService):
    one, other = await asyncio.gather(
        enrollment.post("/increases", OWN, batch(raw(), raw(name="李秀英", id_number=LI))),
        enrollment.post("/increases", OTHER, batch(raw(name="李秀英", id_number=LI), raw())),
    )
    assert sorted((one.status_code, other.status_code)) == [200, 422]
    loser = one if one.status_code == 422 else other
    assert {fault["code"] for fault in loser.json()["faults"]} == {"increase.duplicate"}
    assert await enrollment.rows("SELECT count(*) AS n FROM persons") == [{"n": 2}]
    assert await enrollment.rows("SELECT count(*) AS n FROM relations") == [{"n": 2}]


async def test_laws_of_two_uploads_of_one_employer_at_once_one_wins(enrollment: BareService):
    answers = await asyncio.gather(*(enrollment.post("/increases", OWN, batch(raw())) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422]
    assert [kind for kind, _ in await enrollment.events()] == ["EnrollmentStarted", "SubmissionDecided"]


async def test_all_or_nothing_and_partial(enrollment: BareService):
    rows = (raw(), raw(name="李秀英", id_number=LI, phone="123"))
    refused = await enrollment.post("/increases", OWN, batch(*rows))
    assert refused.json()["faults"] == [
        {
            "field": "rows.3.phone",
            "code": "phone.form",
            "message": "联系电话：应为11位手机号码",
            "value": "123",
        }
    ]
    assert await enrollment.rows("SELECT 1 FROM persons") == []
    partial = await enrollment.post("/increases", OWN, batch(*rows, partial=True))
    assert [row["name"] for row in partial.json()["accepted"]] == ["王建国"]
    assert [(row["row"], row["name"], row["path"]) for row in partial.json()["refused"]] == [
        (3, "李秀英", "refused")
    ]


async def test_a_number_twice_on_a_sheet_and_a_name_that_differs(enrollment: BareService):
    twice = await enrollment.post("/increases", OWN, batch(raw(), raw()))
    assert twice.json()["faults"][0]["code"] == "id_number.repeated"
    waiting = await enrolled(enrollment, hired_on="2016-07-01")
    assert waiting["state"] == "awaiting_counter"
    other = await enrollment.post("/increases", OTHER, batch(raw(name="王建军")))
    assert other.json()["faults"][0]["code"] == "name.differs"
    pending = await enrollment.post("/increases", OWN, batch(raw()))
    assert pending.json()["faults"][0]["code"] == "increase.pending_here"


async def test_A7_the_first_month_is_never_before_the_employers_own(enrollment: BareService):
    await enrollment.take(employer(B, version=2, insured_from="2016-09", registered_on="2016-08-01"))
    accepted = await enrolled(enrollment, OTHER, hired_on="2016-08-15")
    assert accepted["first_month"] == "2016-09"


async def test_a_month_owed_here_is_not_owed_twice(enrollment: BareService):
    await enrolled(enrollment)
    row = (await on_roster(enrollment))[0]
    await enrollment.take(settled())
    left = {"enrollment_id": row["enrollment_id"], "left_on": "2016-09-05", "reason": "27"}
    assert (await enrollment.post("/decreases", OWN, left)).json()["state"] == "confirmed_auto"
    back = await enrolled(enrollment, hired_on="2016-09-06")
    assert back["first_month"] == "2016-10"
    assert [body["version"] for body in await bodies(enrollment, "EnrollmentStarted")] == [1, 3]


async def test_5_an_officer_acts_on_behalf_of_an_employer(enrollment: BareService):
    acting = officer(Role.COUNTER, acts_for=A)
    await enrolled(enrollment, acting)
    audit = await enrollment.rows("SELECT act, account, channel, employer_no FROM audit ORDER BY id")
    expected = {"act": "increases_submitted", "account": "gao.min", "channel": "counter", "employer_no": A}
    assert audit == [expected]
    stranger = officer(Role.COUNTER, district="370611", acts_for=A)
    assert (await enrollment.post("/increases", stranger, batch(raw(id_number=LI)))).status_code == 404
    lower = officer(Role.AUDITOR, acts_for=A)
    assert (await enrollment.post("/increases", lower, batch(raw(id_number=LI)))).status_code == 403
    assert (await enrollment.post("/increases", COUNTER, batch(raw(id_number=LI)))).status_code == 403


async def test_an_employer_not_yet_known_is_told_to_wait(enrollment: BareService):
    answer = await enrollment.post("/increases", specialist("3706000099"), batch(raw()))
    assert (answer.status_code, answer.json()["code"]) == (409, "enrollment.employer_unknown")


async def test_PIPL_no_personal_data_in_events_or_audit_and_sealed_at_rest(enrollment: BareService):
    await enrolled(enrollment)
    await enrolled(enrollment, name="李秀英", id_number=LI, hired_on="2016-07-01", phone="13805350002")
    written = await enrollment.rows(
        "SELECT body::text AS t FROM outbox UNION ALL SELECT concat(before, after) FROM audit"
    )
    written += await enrollment.rows(
        "SELECT encode(id_number, 'escape') || encode(phone, 'escape') AS t FROM persons"
    )
    text = "\n".join(row["t"] for row in written)
    for secret in (WANG, LI, "王建国", "李秀英", "13805350001", "13805350002"):
        assert secret not in text
    assert len(written) == 8


async def test_4_1_the_official_form_reads_in_clear_and_that_is_recorded(enrollment: BareService):
    accepted = await enrolled(enrollment)
    path = f"/increases/{accepted['submission_no']}"
    assert (await enrollment.get(path, OWN)).json()["id_number"] == "370602********0017"
    clear = (await enrollment.get(f"{path}?clear=true", OWN)).json()
    assert (clear["id_number"], clear["phone"]) == (WANG, "13805350001")
    page = (await enrollment.get("/increases?clear=true", OWN)).json()
    assert page["rows"][0]["id_number"] == WANG
    acts = await enrollment.rows("SELECT act, subject, account FROM audit WHERE act = 'numbers_read'")
    assert acts == [{"act": "numbers_read", "subject": FIRST, "account": A}] * 2


async def test_2_8_an_unprinted_form_is_a_to_do(enrollment: BareService):
    accepted = await enrolled(enrollment)
    task = (await enrollment.get("/to-do", OWN)).json()
    assert (task["active_persons"], task["started_this_month"], task["unprinted"]) == (1, 1, 1)
    assert (await enrollment.get("/increases?unprinted=true", OWN)).json()["total"] == 1
    numbers = {"submission_nos": [accepted["submission_no"]]}
    assert (await enrollment.post("/increases/printed", OTHER, numbers)).status_code == 404
    assert (await enrollment.post("/increases/printed", OWN, numbers)).json() == {"printed": 1}
    assert (await enrollment.get("/to-do", OWN)).json()["unprinted"] == 0
    assert (await enrollment.get(f"/increases/{FIRST}", OWN)).json()["printed"] is True


async def test_laws_a_foreign_employer_gets_nothing_and_the_owner_all(enrollment: BareService):
    await enrolled(enrollment)
    row = (await on_roster(enrollment))[0]
    for path in (f"/increases/{FIRST}", f"/roster/{row['enrollment_id']}"):
        assert (await enrollment.get(path, OTHER)).status_code == 404
        assert (await enrollment.get(path, officer(Role.COUNTER, district="370611"))).status_code == 404
        assert (await enrollment.get(path, OWN)).status_code == 200
        assert (await enrollment.get(path, COUNTER)).status_code == 200
        assert (await enrollment.client.get(path)).status_code == 401
    for path in ("/increases", "/roster"):
        assert (await enrollment.get(path, OTHER)).json()["total"] == 0
        assert (await enrollment.get(path, officer(Role.COUNTER, district="370611"))).json()["total"] == 0
        assert (await enrollment.get(path, OWN)).json()["total"] == 1
        assert (await enrollment.get(f"{path}?employer_no={A}", COUNTER)).json()["total"] == 1
        assert (await enrollment.get(f"{path}?employer_no={B}", COUNTER)).json()["total"] == 0
    numbers = {"person_nos": [row["person_no"]]}
    assert (await enrollment.post("/persons/names", OTHER, numbers)).json() == {"rows": []}
    known = (await enrollment.post("/persons/names", OWN, numbers)).json()["rows"]
    expected = {"person_no": row["person_no"], "name": "王建国", "id_number_masked": "370602********0017"}
    assert known == [expected]


async def test_laws_no_route_answers_without_a_signed_caller(enrollment: BareService):
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    assert len(routes) >= 25
    for route in routes:
        path = re.sub(r"{[a-z_]+}", "0192f0c0-0000-7000-8000-000000000000", route.path)
        method = min(route.methods or ())
        assert (await enrollment.client.request(method, path, json={})).status_code == 401, path
        nobody = Caller(account="nobody", roles=frozenset({Role.AUDITOR}))
        send = enrollment.get if method == "GET" else enrollment.post
        assert (await send(path, nobody)).status_code in (403, 404, 422), path


async def test_4_1_many_forms_printed_at_once_do_not_block_each_other(enrollment: BareService):
    await enrolled(enrollment)
    path = f"/increases/{FIRST}?clear=true"
    answers = await asyncio.wait_for(asyncio.gather(*(enrollment.get(path, OWN) for _ in range(20))), 20)
    assert {answer.json()["id_number"] for answer in answers} == {WANG}
    assert await enrollment.rows("SELECT count(*) AS n FROM audit WHERE act = 'numbers_read'") == [{"n": 20}]


async def test_PIPL_an_auditor_reads_no_number_in_clear(enrollment: BareService):
    await enrolled(enrollment)
    auditor = officer(Role.AUDITOR)
    assert (await enrollment.get(f"/increases/{FIRST}", auditor)).status_code == 200
    assert (await enrollment.get(f"/increases/{FIRST}?clear=true", auditor)).status_code == 403
    assert (await enrollment.get(f"/increases/{FIRST}?clear=true", COUNTER)).json()["id_number"] == WANG


async def test_events_of_the_contract_are_what_the_outbox_holds(enrollment: BareService):
    await enrolled(enrollment)
    body = (await bodies(enrollment, "EnrollmentStarted"))[0]
    assert EnrollmentStarted.model_validate(body).model_dump(mode="json") == body


async def test_A10_a_month_owed_by_the_former_employer_is_not_owed_again(enrollment: BareService):
    newcomer = "3706000004"
    await enrollment.take(employer(newcomer))
    await enrolled(enrollment)
    await enrollment.take(settled())
    row = (await on_roster(enrollment))[0]
    left = {"enrollment_id": row["enrollment_id"], "left_on": "2016-09-06", "reason": "27"}
    assert (await enrollment.post("/decreases", OWN, left)).json()["last_month"] == "2016-09"
    accepted = await enrolled(enrollment, specialist(newcomer), hired_on="2016-09-07")
    assert accepted["first_month"] == "2016-10"
