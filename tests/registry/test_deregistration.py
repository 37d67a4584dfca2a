"""注销登记 over HTTP: barred by debts and people as events tell them, then done, told, and the end (A20, 1.4)."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from contracts.events.base import Event
from contracts.events.billing import ArrearsOpened, ArrearsSettled, BillAssessed, BillConfirmed, BillSettled
from contracts.events.enrollment import EnrollmentEnded
from contracts.http.registry import LogIn
from contracts.month import Month
from contracts.values import Role
from services.chassis.identity import SYSTEM
from tests.billing.facts import relation, started
from tests.registry.conftest import COUNTER, FUSHAN, officer, specialist
from tests.registry.test_applications import NO, opened
from tests.servers.bare_service import BareService

CLERK = specialist(NO)
ONE = "X201609-000001"
PATH = f"/employers/{NO}/deregistrations"
ENDED = {
    "ground": "dissolved",
    "ended_on": "2016-09-07",
    "document": "准予注销通知书",
    "reason": "股东会决议解散",
}
AT = datetime(2016, 9, 8, 2, tzinfo=UTC)
SEPTEMBER = Month(2016, 9)


def assessed(version: int = 1, total: int = 860258) -> BillAssessed:
    return BillAssessed(
        version=version,
        employer_no=NO,
        month=SEPTEMBER,
        persons=3,
        unit=total,
        person=0,
        total=total,
        kinds=(),
        due_day=date(2016, 9, 10),
    )


def confirmed(version: int = 2) -> BillConfirmed:
    return BillConfirmed(
        version=version, employer_no=NO, month=SEPTEMBER, persons=3, total=860258, confirmed_at=AT
    )


def settled(version: int = 3) -> BillSettled:
    return BillSettled(
        version=version,
        employer_no=NO,
        month=SEPTEMBER,
        total=860258,
        paid_at=AT,
        settled_on=date(2016, 9, 8),
    )


def arrears(version: int) -> ArrearsOpened:
    return ArrearsOpened(
        version=version,
        employer_no=NO,
        month=SEPTEMBER,
        debts=(),
        principal=860258,
        fee_from=date(2016, 9, 11),
        opened_on=date(2016, 9, 12),
    )


def cleared(version: int) -> ArrearsSettled:
    return ArrearsSettled(
        version=version,
        employer_no=NO,
        month=SEPTEMBER,
        principal=860258,
        fee=17205,
        settled_on=date(2016, 10, 20),
    )


def ended(number: int, version: int = 2) -> EnrollmentEnded:
    left = {"version": version, "last_month": SEPTEMBER, "reason": "27", "left_on": date(2016, 9, 20)}
    return EnrollmentEnded.model_validate(relation(number, 543100) | left)


async def barred(registry: BareService) -> list[str]:
    found = (await registry.get(f"/employers/{NO}/standing", CLERK)).json()["obstacles"]
    return [fault["code"].removeprefix("deregistration.") for fault in found]


async def in_october(registry: BareService, *events: Event) -> None:
    await opened(registry)
    await registry.take(*events)
    await registry.at(date(2016, 10, 12))


async def filed(registry: BareService, **changes: Any) -> dict[str, Any]:
    answer = await registry.post(PATH, CLERK, ENDED | changes)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_A20_what_is_owed_and_who_is_insured_stand_in_the_way_by_name(registry: BareService):
    await in_october(registry, started(1, 543100), started(2, 291000), assessed())
    refused = await registry.post(PATH, CLERK, ENDED)
    assert (refused.status_code, refused.json()["code"]) == (409, "deregistration.barred")
    assert [fault["message"] for fault in refused.json()["faults"]] == [
        "尚有2人在册参保，请先办理减员",
        "2016年9月应缴8,602.58元尚未确认和缴清",
    ]
    assert await registry.rows("SELECT * FROM deregistrations") == []


async def test_A20_the_copy_is_the_same_whatever_the_order_of_arrival(registry: BareService):
    await in_october(registry, ended(1), started(1, 543100))
    assert await barred(registry) == ["unbilled"]
    await registry.take(confirmed(), assessed())
    assert await barred(registry) == ["unpaid"]
    await registry.take(assessed(3))
    assert await barred(registry) == ["unconfirmed"]
    await registry.take(cleared(6), arrears(4), settled(5))
    assert await barred(registry) == []
    await registry.take(arrears(7))
    assert await barred(registry) == ["arrears"]


async def test_A7_an_increase_of_this_month_may_still_bring_a_supplement(registry: BareService):
    await opened(registry)
    await registry.take(started(1, 543100, confirmed_on="2016-09-07"), ended(1), assessed(), settled())
    assert await barred(registry) == ["to_come"]
    await registry.at(date(2016, 10, 1))
    assert await barred(registry) == []


async def test_A20_an_employer_that_owes_nothing_is_deregistered_told_and_closed(registry: BareService):
    first = await opened(registry)
    await registry.take(started(1, 543100), ended(1), assessed(), settled())
    await registry.at(date(2016, 10, 12))
    assert (await filed(registry))["late"] is True
    before = await registry.events()
    done = await registry.post("/deregistrations/X201610-000001/accept", COUNTER)
    assert (done.status_code, done.json()["state"], done.json()["decided_by"]) == (200, "done", "gao.min")
    assert (await registry.events())[len(before) :] == [
        ("EmployerChanged", NO),
        ("AccountRevoked", NO),
        ("SubmissionDecided", f"{NO}/deregistration/X201610-000001"),
    ]
    body = (await registry.rows("SELECT body FROM outbox WHERE type = 'EmployerChanged'"))[0]["body"]
    assert (body["deregistered_on"], body["changed"]) == ("2016-10-12", ["deregistered_on"])
    acts = await registry.rows("SELECT act FROM audit WHERE subject = 'X201610-000001' ORDER BY id")
    assert [row["act"] for row in acts] == ["deregistration_filed", "employer_deregistered"]
    right = await registry.post("/log-in", SYSTEM, LogIn(account=NO, password=first, address="10.0.0.7"))
    assert (right.status_code, right.json()["code"]) == (409, "employer.deregistered")
    wrong = await registry.post("/log-in", SYSTEM, LogIn(account=NO, password="x", address="10.0.0.7"))
    assert (wrong.status_code, wrong.json()["code"]) == (401, "log_in.refused")
    history = (await registry.get(f"/employers/{NO}/history", COUNTER)).json()["rows"]
    assert (history[0]["change_no"], history[0]["items"][0]["after"]) == ("X201610-000001", "2016-10-12")


async def test_1_4_after_it_nothing_more_is_done_for_the_employer(registry: BareService):
    await opened(registry)
    await filed(registry)
    await registry.post(f"/deregistrations/{ONE}/accept", COUNTER)
    change = {"effective_on": "2016-09-07", "reason": "迁址", "items": {"address": "烟台市芝罘区北马路7号"}}
    reset = {"matter": "password", "reason": "密码遗失"}
    for path, body in (("changes", change), ("applications", reset), ("deregistrations", ENDED)):
        answer = await registry.post(f"/employers/{NO}/{path}", COUNTER, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "employer.deregistered"), path
    assert (await registry.get("/coverage", COUNTER)).json()["rows"] == []
    assert (await registry.get("/idle-employers?days=1", COUNTER)).json()["total"] == 0


async def test_A20_what_has_come_in_the_way_since_the_filing_bars_the_decision(registry: BareService):
    await opened(registry)
    await filed(registry)
    await registry.take(started(1, 543100, enrollment_id=UUID(int=9)))
    late = await registry.post(f"/deregistrations/{ONE}/accept", COUNTER)
    assert (late.status_code, late.json()["code"]) == (409, "deregistration.barred")
    assert (await registry.get(f"/deregistrations/{ONE}", CLERK)).json()["state"] == "filed"


async def test_2_6_a_refusal_is_told_and_one_case_is_open_at_a_time(registry: BareService):
    await opened(registry)
    answers = await asyncio.gather(*(registry.post(PATH, CLERK, ENDED) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    before = await registry.events()
    refused = await registry.post(f"/deregistrations/{ONE}/refuse", COUNTER, {"reason": "缺清算报告"})
    assert (refused.json()["state"], refused.json()["refused_for"]) == ("refused", "缺清算报告")
    assert (await registry.events())[len(before) :] == [("SubmissionDecided", f"{NO}/deregistration/{ONE}")]
    again = (await filed(registry))["deregistration_no"]
    assert (await registry.post(f"/deregistrations/{again}/withdraw", CLERK)).json()["state"] == "withdrawn"


async def test_4_2_bad_input_names_the_field(registry: BareService):
    await opened(registry)
    for changes, code in (
        ({"ended_on": "2016-09-08"}, "deregistration.day"),
        ({"ended_on": "2016-09-06"}, "deregistration.day"),
        ({"ground": "tired"}, "input.invalid"),
        ({"reason": " "}, "input.invalid"),
    ):
        answer = await registry.post(PATH, CLERK, ENDED | changes)
        assert (answer.status_code, answer.json()["code"]) == (422, code), changes


async def test_laws_a_case_is_seen_and_decided_where_it_belongs(registry: BareService):
    await opened(registry)
    await filed(registry)
    stranger, elsewhere = specialist("3706000002"), officer(Role.COUNTER, district=FUSHAN)
    for path in (f"/deregistrations/{ONE}", PATH, f"/employers/{NO}/standing"):
        assert (await registry.get(path, CLERK)).status_code == 200
        assert (await registry.get(path, COUNTER)).status_code == 200
        assert (await registry.get(path, stranger)).status_code == 404
        assert (await registry.get(path, elsewhere)).status_code == 404
    assert (await registry.get("/deregistrations?state=filed", COUNTER)).json()["total"] == 1
    assert (await registry.get("/deregistrations?state=filed", elsewhere)).json()["total"] == 0
    assert (await registry.get("/deregistrations", CLERK)).status_code == 403
    for act, body in (("accept", None), ("refuse", {"reason": "x"})):
        assert (await registry.post(f"/deregistrations/{ONE}/{act}", CLERK, body)).status_code == 403
        assert (await registry.post(f"/deregistrations/{ONE}/{act}", elsewhere, body)).status_code == 404
    assert (await registry.post(f"/deregistrations/{ONE}/withdraw", stranger)).status_code == 404
