"""The import of the existing register over HTTP (domain 1.5, cut-over; 4.2)."""

from __future__ import annotations

from typing import Any

from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from services.registry.commands.register_imports import advance
from services.registry.rules.credit_code import check_digit, inner_check_digit
from tests.registry.conftest import FUSHAN, ZHIFU, officer, specialist
from tests.registry.rules.test_register_rows import PLAIN
from tests.registry.test_registration import asked
from tests.servers.bare_service import BareService

FIRST = officer(Role.COUNTER, district=WHOLE_CITY)
SECOND = officer(Role.COUNTER, district=WHOLE_CITY, account="sun.li")


def code(place: int) -> str:
    body = f"MA{place:06}"
    plain = f"91370602{body}{inner_check_digit(body)}"
    return plain + check_digit(plain)


def row(number: int, **cells: str) -> dict[str, Any]:
    return PLAIN | {"row": number, "credit_code": code(number), "name": f"烟台老单位{number}"} | cells


def file(*rows: dict[str, Any], total: int | None = None, **districts: int) -> dict[str, Any]:
    told = {name.removeprefix("d"): count for name, count in districts.items()} or {ZHIFU: len(rows)}
    return {
        "title": "芝罘区存量单位",
        "total": len(rows) if total is None else total,
        "districts": [{"district": name, "rows": count} for name, count in told.items()],
        "rows": list(rows),
    }


async def staged(registry: BareService, body: dict[str, Any]) -> dict[str, Any]:
    answer = await registry.post("/register-imports", FIRST, body)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def registered(registry: BareService, import_id: str) -> dict[str, Any]:
    released = await registry.post(f"/register-imports/{import_id}/release", SECOND)
    assert released.status_code == 200, released.text
    done = False
    while not done:
        async with work_scope(registry.chassis, SYSTEM) as work:
            done = await advance(work)
    view: dict[str, Any] = (await registry.get(f"/register-imports/{import_id}", FIRST)).json()
    return view


async def test_1_5_a_file_is_checked_released_by_another_and_registered_with_its_events(
    registry: BareService,
):
    kept = row(2, employer_no="3706000777", registered_on="2010-03-01", organisation_code="16512345X")
    body = file(kept, row(3, district="福山区"), d370602=1, d370611=1)
    made = await staged(registry, body)
    assert (made["state"], made["total"], made["faulty"]) == ("staged", 2, 0)
    assert await registry.events() == []
    own = await registry.post(f"/register-imports/{made['id']}/release", FIRST)
    assert own.status_code == 409
    done = await registered(registry, made["id"])
    assert (done["state"], done["done"], done["skipped"]) == ("done", 2, 0)
    assert await registry.events() == [
        ("EmployerRegistered", "3706000777"),
        ("EmployerRegistered", "3706000778"),
    ]
    entry = (await registry.get("/employers/3706000777", FIRST)).json()
    assert (entry["registered_on"], entry["insured_from"]) == ("2010-03-01", "2010-01")
    assert entry["injury_rates"][0]["from_month"] == "2015-10"
    assert (await registry.get("/employers/3706000778", FIRST)).json()["district"] == FUSHAN
    bodies = await registry.rows("SELECT body FROM outbox")
    assert all(one["body"]["imported"] for one in bodies)
    assert await registry.rows("SELECT * FROM register_import_rows") == []
    again = await registry.post("/employers", FIRST, asked())
    assert again.json()["employer_no"] == "3706000779"


async def test_1_5_the_same_file_twice_does_nothing_twice(registry: BareService):
    body = file(row(2), row(3))
    first = await staged(registry, body)
    await registered(registry, first["id"])
    moved = [one | {"row": one["row"] + 5} for one in body["rows"]]
    second = await staged(registry, body | {"rows": moved, "title": "再传一次"})
    assert (second["id"], second["state"]) == (first["id"], "done")
    assert len(await registry.events()) == 2


async def test_1_5_totals_that_differ_refuse_the_file_and_say_where(registry: BareService):
    body = file(row(2), row(3, district="福山区"), row(4, district="青岛"), total=4, d370602=2, d370611=1)
    refused = await registry.post("/register-imports", FIRST, body)
    assert (refused.status_code, refused.json()["code"]) == (422, "register_import.totals")
    assert [fault["message"] for fault in refused.json()["faults"]] == [
        "户数合计：控制总数4户，文件3户",
        "区县不明：控制总数0户，文件1户",
        "芝罘区：控制总数2户，文件1户",
    ]
    assert await registry.rows("SELECT * FROM register_imports") == []


async def test_4_2_faulty_rows_are_left_out_named_by_cell_and_come_again_corrected(registry: BareService):
    await registry.post("/employers", FIRST, asked())
    wrong = row(5, credit_code="91370602MA0000I39X")
    rows = (
        row(2),
        row(3, credit_code=code(2)),
        row(4, credit_code="91370600MA3C1A2B9T"),
        wrong,
        row(6, injury_class="1", injury_float_percent="80"),
        row(7, kinds="机关事业基本养老"),
    )
    made = await staged(registry, file(*rows))
    assert made["faulty"] == 5
    found = (await registry.get(f"/register-imports/{made['id']}/faults", FIRST)).json()["rows"]
    assert [
        (one["given"]["row"], one["faults"][0]["field"], one["faults"][0]["message"]) for one in found
    ] == [
        (3, "credit_code", "与第2行的统一社会信用代码重复"),
        (4, "credit_code", "已由烟台海风机械有限公司（社保编号3706000001）登记"),
        (5, "credit_code", "第15位“I”不能用于统一社会信用代码，是否应为“1”"),
        (6, "injury_float_percent", "1类行业的浮动档次只能为100%、120%、150%，现为80%"),
        (7, "kinds", "该单位不能参加机关事业基本养老保险"),
    ]
    assert (await registered(registry, made["id"]))["done"] == 1
    corrected = await staged(registry, file(wrong | {"credit_code": code(5)}))
    assert (await registered(registry, corrected["id"]))["done"] == 1


async def test_1_5_who_was_registered_meanwhile_is_skipped_and_counted(registry: BareService):
    made = await staged(registry, file(row(2), row(3)))
    await registry.post("/employers", FIRST, asked(credit_code=code(3)))
    done = await registered(registry, made["id"])
    assert (done["state"], done["done"], done["skipped"]) == ("done", 1, 1)


async def test_1_5_more_rows_than_a_chunk_are_registered_to_the_last(registry: BareService):
    rows = [row(number) for number in range(2, 603)]
    done = await registered(registry, (await staged(registry, file(*rows)))["id"])
    assert (done["state"], done["done"]) == ("done", 601)
    assert len(await registry.events()) == 601
    acts = await registry.rows("SELECT act FROM audit WHERE act = 'register_import_advanced'")
    assert len(acts) == 2


async def test_laws_an_import_belongs_to_the_counter_of_its_district(registry: BareService):
    body = file(row(2), row(3, district="福山区"), d370602=1, d370611=1)
    there = officer(Role.COUNTER, district=FUSHAN)
    made = (await registry.post("/register-imports", there, body)).json()
    assert made["faulty"] == 1
    path = f"/register-imports/{made['id']}"
    for caller, status in (
        (there, 200),
        (FIRST, 200),
        (officer(Role.COUNTER), 404),
        (specialist("3706000001"), 403),
    ):
        for one in (path, f"{path}/faults"):
            assert (await registry.get(one, caller)).status_code == status
    assert (await registry.get("/register-imports", officer(Role.COUNTER))).json()["total"] == 0
    assert (await registry.get("/register-imports", there)).json()["total"] == 1
    assert (await registry.post(f"{path}/release", officer(Role.COUNTER))).status_code == 404
    for role in (Role.AUDITOR, Role.SECURITY_ADMIN):
        assert (await registry.post("/register-imports", officer(role), body)).status_code == 403
