"""Sheets of many rows: lookups are bulk, the roster sorts and searches by pinyin."""

from typing import Any

from sqlalchemy import event

from tests.enrollment.conftest import OTHER, OWN, bodies, enrolled, on_roster, raw
from tests.enrollment.people import name, number
from tests.servers.bare_service import BareService


def sheet(count: int) -> list[dict[str, Any]]:
    return [raw(name=name(index), id_number=number(index)) | {"row": index + 2} for index in range(count)]


async def test_6_two_thousand_rows_are_previewed_with_a_handful_of_queries(enrollment: BareService):
    await enrolled(enrollment, OTHER, name=name(7), id_number=number(7))
    seen: list[str] = []
    engine = enrollment.chassis.engine.sync_engine

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    answer = await enrollment.post("/increases/preview", OWN, {"rows": sheet(2_000)})
    event.remove(engine, "before_cursor_execute", note)
    preview = answer.json()
    assert (preview["auto"], preview["counter"], preview["refused"]) == (1_999, 0, 1)
    assert preview["rows"][7]["faults"][0]["code"] == "increase.duplicate"
    assert len(seen) < 12
    assert await on_roster(enrollment) == []


async def test_6_two_thousand_rows_are_sent_in_one_act(enrollment: BareService):
    answer = await enrollment.post("/increases", OWN, {"rows": sheet(2_000)})
    assert len(answer.json()["accepted"]) == 2_000
    assert answer.json()["accepted"][-1]["submission_no"] == "Z3706000001-201609-2000"
    assert len(await bodies(enrollment, "EnrollmentStarted")) == 2_000
    assert (await enrollment.get("/roster", OWN)).json()["total"] == 2_000
    assert await enrollment.rows("SELECT count(*) AS n FROM audit") == [{"n": 1}]


async def test_7_the_roster_sorts_by_pinyin_and_is_searched_by_it(enrollment: BareService):
    names = ("张伟", "单雄信", "王建国", "李秀英", "仇和")
    rows = [
        raw(name=one, id_number=number(index), phone=f"1380535000{index}") for index, one in enumerate(names)
    ]
    await enrollment.post("/increases", OWN, {"rows": [row | {"row": n + 2} for n, row in enumerate(rows)]})
    assert [row["name"] for row in await on_roster(enrollment)] == [
        "李秀英",
        "仇和",
        "单雄信",
        "王建国",
        "张伟",
    ]
    for typed, expected in (
        ("wangjian", ["王建国"]),
        ("wjg", ["王建国"]),
        ("shan xiong", ["单雄信"]),
        ("秀英", ["李秀英"]),
        (number(4).lower(), ["仇和"]),
        ("%", []),
    ):
        found = (await enrollment.get(f"/roster?text={typed}", OWN)).json()["rows"]
        assert [row["name"] for row in found] == expected, typed
    for odd in ("text=%00", "page=99999999999999999999", "size=0", "employer_no=1"):
        assert (await enrollment.get(f"/roster?{odd}", OWN)).status_code == 422, odd
    page = (await enrollment.get("/roster?page=2&size=2", OWN)).json()
    assert (page["total"], [row["name"] for row in page["rows"]]) == (5, ["单雄信", "王建国"])


async def test_an_idempotency_key_gives_the_same_answer_and_enrolls_once(enrollment: BareService):
    body = {"rows": [raw()]}
    first, second = [
        await enrollment.post("/increases", OWN, body, **{"idempotency-key": "k-1"}) for _ in range(2)
    ]
    assert first.json() == second.json()
    assert len(await bodies(enrollment, "EnrollmentStarted")) == 1


async def test_choices_tell_columns_and_reasons(enrollment: BareService):
    answer = (await enrollment.get("/choices", OWN)).json()
    required = [column["heading"] for column in answer["columns"] if column["required"]]
    assert required == ["姓名", "身份证号码", "户籍性质", "家庭住址", "联系电话", "用工日期", "申报月工资"]
    assert {reason["code"] for reason in answer["decrease_reasons"]} >= {"27", "31", "32", "99"}
