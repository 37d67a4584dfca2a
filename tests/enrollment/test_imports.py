"""The cut-over import: control totals, two officers, restartable pieces (domain 1.5)."""

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from contracts.events.enrollment import EnrollmentStarted
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.enrollment.commands import advancing
from tests.enrollment.conftest import (
    COUNTER,
    ELSEWHERE,
    OTHER,
    OWN,
    SECOND,
    A,
    B,
    C,
    bodies,
    employer,
    enrolled,
    officer,
    on_roster,
    settled,
)
from tests.enrollment.people import import_row, number
from tests.servers.bare_service import BareService

BASE = 543_100


async def announced(service: BareService, persons: int, base_sum: int | None = None) -> str:
    total = persons * BASE if base_sum is None else base_sum
    asked = {"title": "期初导入", "persons": persons, "base_sum": total}
    answer = await service.post("/imports", COUNTER, asked)
    assert answer.status_code == 200, answer.text
    return f"/imports/{answer.json()['id']}"


async def staged(service: BareService, path: str, *rows: dict[str, Any], part: int = 1) -> dict[str, Any]:
    answer = await service.post(f"{path}/rows", COUNTER, {"part": part, "rows": rows})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def done(service: BareService, path: str) -> dict[str, Any]:
    released = await service.post(f"{path}/release", SECOND)
    assert released.status_code == 200, released.text
    view: dict[str, Any] = released.json()
    while view["state"] == "released":
        view = (await service.post(f"{path}/advance", SECOND)).json()
    return view


async def test_1_5_an_import_becomes_relations_and_facts_without_decisions(enrollment: BareService):
    path = await announced(enrollment, 2)
    view = await staged(enrollment, path, import_row(1, A), import_row(2, A, rural_contract=True))
    assert (view["state"], view["staged_persons"], view["staged_base_sum"], view["faults"]) == (
        "staging",
        2,
        1_086_200,
        [],
    )
    view = await done(enrollment, path)
    assert (view["state"], view["done_persons"]) == ("done", 2)
    assert (view["drafted_by"], view["released_by"]) == ("gao.min", "sun.li")
    rows = await on_roster(enrollment)
    assert sorted(row["name"] for row in rows) == ["张伟伟", "李伟伟"]
    events = await enrollment.events()
    assert sorted(events) == sorted(("EnrollmentStarted", f"{A}/{row['enrollment_id']}") for row in rows)
    first = (await bodies(enrollment, "EnrollmentStarted"))[0]
    assert first == {
        "version": 1,
        "employer_no": A,
        "enrollment_id": first["enrollment_id"],
        "person_no": first["person_no"],
        "scheme": "enterprise",
        "kinds": ["pension", "medical", "unemployment", "injury", "maternity"],
        "rural_contract": False,
        "hired_on": "2012-03-01",
        "from_month": "2012-03",
        "last_month": None,
        "declared_wage": 543_137,
        "base": 543_100,
        "base_from": "2016-01",
        "imported": True,
        "submission_no": "Q1-1",
        "confirmation": "cut_over",
        "confirmed_on": "2016-09-07",
        "limit_day": None,
        "late": False,
    }
    assert EnrollmentStarted.model_validate(first).model_dump(mode="json") == first
    assert await enrollment.rows("SELECT 1 FROM import_rows") == []
    acts = [row["act"] for row in await enrollment.rows("SELECT act FROM audit ORDER BY id")]
    assert acts == ["import_announced", "import_staged", "import_released", "import_advanced"]
    again = (await enrollment.post(f"{path}/advance", SECOND)).json()
    assert (again["state"], again["done_persons"]) == ("done", 2)


async def test_1_5_control_totals_that_differ_are_refused(enrollment: BareService):
    path = await announced(enrollment, 2, 2 * BASE + 100)
    await staged(enrollment, path, import_row(1, A))
    answer = await enrollment.post(f"{path}/release", SECOND)
    assert (answer.status_code, answer.json()["code"]) == (409, "import.totals")
    assert [fault["message"] for fault in answer.json()["faults"]] == [
        "暂存人数1与控制总数2不符",
        "暂存基数合计543100分与控制总数1086300分不符",
    ]
    assert (await enrollment.post(f"{path}/advance", SECOND)).json()["code"] == "import.state"
    assert await enrollment.events() == []


async def test_1_5_an_import_takes_two_officers_and_the_database_says_so_too(enrollment: BareService):
    path = await announced(enrollment, 1)
    await staged(enrollment, path, import_row(1, A))
    same = await enrollment.post(f"{path}/release", COUNTER)
    assert (same.status_code, same.json()["code"]) == (409, "four_eyes.same_officer")
    with pytest.raises(IntegrityError, match="ck_imports_four_eyes"):
        async with enrollment.chassis.sessions() as session:
            await session.execute(text("UPDATE imports SET released_by = drafted_by"))
    for caller in (OWN, officer(Role.AUDITOR)):
        assert (await enrollment.post(f"{path}/release", caller)).status_code == 403
    assert (await enrollment.post(f"{path}/release", SECOND)).status_code == 200


async def test_1_5_a_part_is_staged_once(enrollment: BareService):
    path = await announced(enrollment, 2)
    await staged(enrollment, path, import_row(1, A))
    view = await staged(enrollment, path, import_row(2, A), import_row(3, A))
    assert view["staged_persons"] == 1
    view = await staged(enrollment, path, import_row(2, A), part=2)
    assert (view["staged_persons"], view["faults"]) == (2, [])


async def test_1_5_a_part_with_faults_names_every_one_and_stages_nothing(enrollment: BareService):
    path = await announced(enrollment, 5)
    await staged(enrollment, path, import_row(9, A), part=7)
    rows = (
        import_row(1, A),
        import_row(1, A),
        import_row(2, A, id_number="370602199001010018"),
        import_row(3, A, name="1号", base=543_137, household="火星", hired_on="2016-09-08"),
        import_row(9, A),
        import_row(4, A, home_address="=1+1", phone="138\x000"),
    )
    answer = await enrollment.post(f"{path}/rows", COUNTER, {"part": 1, "rows": rows})
    assert (answer.status_code, answer.json()["code"]) == (422, "import.rows")
    assert sorted((fault["field"], fault["code"]) for fault in answer.json()["faults"]) == [
        ("rows.2.id_number", "id_number.repeated"),
        ("rows.3.id_number", "id_number.check_digit"),
        ("rows.4.base", "base.form"),
        ("rows.4.hired_on", "hired_on.future"),
        ("rows.4.household", "household.unknown"),
        ("rows.4.name", "name.form"),
        ("rows.5.id_number", "id_number.repeated"),
        ("rows.6.home_address", "home_address.formula"),
        ("rows.6.phone", "phone.control"),
    ]
    assert await enrollment.rows("SELECT count(*) AS n FROM import_rows") == [{"n": 1}]


async def test_1_5_unknown_and_foreign_employers_and_insured_persons_block_the_release(
    enrollment: BareService,
):
    await enrolled(enrollment, OTHER)
    path = await announced(enrollment, 3)
    rows = (
        import_row(1, "3706000099"),
        import_row(2, B),
        import_row(3, A, id_number="370602199001010017"),
    )
    view = await staged(enrollment, path, *rows)
    assert [(fault["code"], fault["value"]) for fault in view["faults"]] == [
        ("import.employer", "3706000002"),
        ("import.employer", "3706000099"),
        ("import.insured", ""),
    ]
    city = officer(Role.COUNTER, district=WHOLE_CITY, account="shi.zhong")
    seen = (await enrollment.get(path, city)).json()["faults"]
    assert [fault["value"] for fault in seen] == ["3706000099", ""]
    await enrollment.take(employer("3706000099"))
    assert len((await enrollment.get(path, city)).json()["faults"]) == 1
    assert (await enrollment.post(f"{path}/release", ELSEWHERE)).json()["code"] == "import.totals"


async def test_1_5_pieces_go_on_where_they_stopped(enrollment: BareService, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(advancing, "PIECE", 2)
    path = await announced(enrollment, 5)
    await staged(enrollment, path, *(import_row(index, C if index % 2 else A) for index in range(5)))
    await enrollment.post(f"{path}/release", SECOND)
    counts = []
    for _ in range(3):
        answers = await asyncio.gather(*(enrollment.post(f"{path}/advance", SECOND) for _ in range(2)))
        counts += [answer.json()["done_persons"] for answer in answers]
    assert sorted(counts) == [2, 4, 5, 5, 5, 5]
    keys = [row["key"] for row in await enrollment.rows("SELECT key FROM outbox ORDER BY id")]
    assert keys == [A, A, A, C, C]
    assert await enrollment.rows("SELECT count(*) AS n FROM persons") == [{"n": 5}]


async def test_1_5_who_was_insured_meanwhile_is_left_out_and_counted(enrollment: BareService):
    path = await announced(enrollment, 2)
    await staged(enrollment, path, import_row(1, A), import_row(2, A))
    await enrollment.post(f"{path}/release", SECOND)
    await enrolled(enrollment, OTHER, id_number=number(1), name="李伟伟")
    view = (await enrollment.post(f"{path}/advance", SECOND)).json()
    assert (view["state"], view["done_persons"]) == ("done", 1)
    assert view["faults"][0]["message"] == "有1人在导入期间已参保，未重复导入"
    assert len(await on_roster(enrollment)) == 1


async def test_1_5_months_before_the_cut_over_count_as_settled(enrollment: BareService):
    path = await announced(enrollment, 2)
    await staged(enrollment, path, import_row(1, A), import_row(2, A))
    await done(enrollment, path)
    one, two = await on_roster(enrollment)
    gone = {"enrollment_id": one["enrollment_id"], "left_on": "2016-08-31", "reason": "27"}
    assert (await enrollment.post("/decreases", OWN, gone)).json()["last_month"] == "2016-08"
    going = {"enrollment_id": two["enrollment_id"], "left_on": "2016-09-02", "reason": "27"}
    assert (await enrollment.post("/decreases", OWN, going)).json()["state"] == "queued"
    await enrollment.take(settled())
    assert [body["last_month"] for body in await bodies(enrollment, "EnrollmentEnded")] == [
        "2016-08",
        "2016-09",
    ]


async def test_6_seven_thousand_persons_are_imported_in_seconds(enrollment: BareService):
    path = await announced(enrollment, 7_000)
    rows = [import_row(index, A if index < 4_000 else C) for index in range(7_000)]
    begun = time.monotonic()
    await staged(enrollment, path, *rows)
    view = await done(enrollment, path)
    assert view["done_persons"] == 7_000
    assert time.monotonic() - begun < 60
    counts = await enrollment.rows(
        "SELECT count(*) AS events, count(DISTINCT subject) AS subjects, count(DISTINCT event_id) AS ids FROM outbox"
    )
    assert counts == [{"events": 7_000, "subjects": 7_000, "ids": 7_000}]
    assert await enrollment.rows("SELECT DISTINCT version FROM persons") == [{"version": 1}]
