"""存量导入 at the desk: a file with its totals, its faulty rows, the second officer (domain 1.5)."""

from __future__ import annotations

import json
from io import BytesIO

import httpx
from python_calamine import CalamineWorkbook

from contracts.http.register_imports import COLUMNS
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from services.registry.commands.register_imports import advance
from tests.registry.test_register_imports import code
from tests.servers.house import House, Person

LIST = "/desk/employers/imports"
HEAD = "统一社会信用代码,单位名称,单位类型,参保区县,住所,法定代表人,参保年月,工伤风险类别"
TOTALS = {"title": "存量单位", "total": "2", "district_370602": "1", "district_370611": "1"}


def line(place: int, district: str, **cells: str) -> str:
    given = {"credit_code": code(place), "injury_class": "4"} | cells
    what = f"烟台老单位{place},企业,{district},南大街{place}号,王海,2010-01"
    return f"{given['credit_code']},{what},{given['injury_class']}"


def table(*lines: str) -> str:
    return "\r\n".join((HEAD, *lines))


async def sent(person: Person, content: bytes, **fields: str) -> httpx.Response:
    await person.get(LIST)
    data = {"csrf": person.csrf, "key": content.hex()[-60:], **TOTALS, **fields}
    return await person.client.post(LIST, data=data, files={"file": ("cunliang.csv", content, "text/csv")})


async def two(home: House) -> tuple[Person, Person]:
    first = await home.officer(Role.COUNTER, district=WHOLE_CITY)
    return first, await home.officer(Role.COUNTER, district=WHOLE_CITY, account="sun.li")


async def registered(home: House) -> None:
    done = False
    while not done:
        async with work_scope(home.registry.chassis, SYSTEM) as work:
            done = await advance(work)


async def test_1_5_a_gbk_file_is_checked_released_by_another_and_registered(home: House):
    first, second = await two(home)
    content = table(line(1, "芝罘区"), line(2, "370611")).encode("gbk")
    made = await sent(first, content)
    assert made.headers["location"].endswith("?said=register_staged")
    page = made.headers["location"].partition("?")[0]
    assert "须由另一名工作人员复核导入" in (await first.get(page)).text
    assert "复核后登记 2 户" in (await second.get(page)).text
    assert (await second.send(f"{page}/release", key="k")).status_code == 303
    await registered(home)
    assert "已导入" in (await first.get(LIST)).text
    assert "烟台老单位2" in (await first.get("/desk/employers")).text
    again = await sent(
        first, table(line(1, "芝罘区"), line(2, "370611")).encode("utf-8-sig"), title="再来一次"
    )
    assert again.headers["location"].partition("?")[0] == page


async def test_1_5_totals_that_differ_stand_at_their_fields(home: House):
    first, _ = await two(home)
    refused = await sent(first, table(line(1, "芝罘区")).encode())
    assert refused.status_code == 422
    assert "福山区：控制总数1户，文件0户" in refused.text
    assert 'id="h-total"' in refused.text
    assert 'value="存量单位"' in refused.text


async def test_4_2_faulty_rows_come_back_as_a_sheet_that_can_be_sent_again(home: House):
    first, second = await two(home)
    content = table(line(1, "芝罘区"), line(2, "福山区", credit_code="9137060I", injury_class="9"))
    page = (await sent(first, content.encode())).headers["location"].partition("?")[0]
    text = (await first.get(page)).text
    assert "统一社会信用代码应为18位，现为8位" in text
    assert "工伤风险类别应为1至8类" in text
    sheet = (await first.get(f"{page}/faults.xlsx")).content
    grid = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert grid[1][1] == "9137060I"
    assert str(grid[1][-1]).startswith("原第3行：")
    resent = await sent(first, sheet, total="1", district_370602="")
    again = resent.headers["location"].partition("?")[0]
    assert "有问题，不导入" in (await second.get(again)).text


async def test_4_2_json_lines_name_fields_or_headings(home: House):
    first, _ = await two(home)
    words = dict(zip(HEAD.split(","), line(1, "芝罘区").split(","), strict=True))
    fields = {column.heading: column.field for column in COLUMNS}
    by_field = {fields[name]: value for name, value in words.items()} | {
        "injury_class": 3,
        "kinds": ["失业", "工伤"],
    }
    by_field |= {"credit_code": code(2), "district": "福山区", "paying_agency": None}
    content = "\n".join(json.dumps(one, ensure_ascii=False) for one in (words, by_field)).encode()
    page = (await sent(first, content)).headers["location"].partition("?")[0]
    assert "复核导入" in (await first.get(page)).text
    assert "有问题的行" not in (await first.get(page)).text


async def test_1_5_what_is_no_such_file_is_refused_with_what_to_do(home: House):
    first, _ = await two(home)
    for content, words in (
        (b"", "请选择文件"),
        (b"\xff\xff\xff", "请上传 .xlsx、CSV"),
        ("统一社会信用代码\n1".encode(), "表格缺少必填列"),
        (HEAD.encode(), "文件中没有单位"),
        (b'{"name": "x"}\nno', "第2行不是 JSON 对象"),
    ):
        refused = await sent(first, content)
        assert refused.status_code == 422, words
        assert words in refused.text
    wrong = await sent(first, table(line(1, "芝罘区")).encode(), total="一户")
    assert 'id="h-total"' in wrong.text
    assert (await first.get(f"{LIST}/template.xlsx")).content.startswith(b"PK")
