"""缴费基数申报 in the portal, with the real enrollment behind it (clause 三(三)1)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from gateway.sheets.bases_sheet import MONTHS, NAME, NUMBER, TOTAL
from services.enrollment.app import create as create_enrollment
from tests.gateway.portal.test_real import PEOPLE, City, enroll, log_in, pdf_text
from tests.servers.house import House, Person, house
from tests.servers.postgres import Databases

NEW_YEAR = date(2017, 1, 4)
ROW = re.compile(r'name="total-([0-9a-f-]{36})" [^>]*aria-label="(\S+) ')


@pytest.fixture
async def home(databases: Databases) -> AsyncIterator[House]:
    async with house(databases, enrollment=create_enrollment) as made:
        yield made


async def in_january(home: House) -> Person:
    """The three of V1 were enrolled in September; now the year's bases are due."""
    city = City(home)
    person = await log_in(city)
    for one in PEOPLE:
        await enroll(city, person, **one)
    await home.gateway.at(NEW_YEAR)
    await home.real["enrollment"].at(NEW_YEAR)
    await home.registry.at(NEW_YEAR)
    return person


def filled(
    lines: Sequence[tuple[str, ...]], headings: tuple[str, ...] = (NUMBER, NAME, TOTAL, MONTHS)
) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet()
    for number, line in enumerate([headings, *lines]):
        page.write_row(number, 0, line)
    book.close()
    return target.getvalue()


async def test_3_3_1_from_the_form_to_the_signed_table(home: House):
    person = await in_january(home)
    page = (await person.get("/bases")).text
    people = {name: who for who, name in ROW.findall(page)}
    assert set(people) == {"王建国", "李秀英", "张伟"}
    cells = {f"total-{people['李秀英']}": "21,725.48", f"months-{people['李秀英']}": "4"}
    cells |= {f"total-{people['王建国']}": "10000", f"months-{people['王建国']}": "4"}
    checked = (await person.send("/bases/check", **cells)).text
    for words in ("5,431.37", "5,431", "2,500.00", "2,910 保底", "提交后还有 1 人待申报"):
        assert words in checked, words
    packed = re.findall(r'name="packed" value="([^"]+)"', checked)[0]
    sent = await person.send("/bases/send", packed=packed, key="bases")
    assert sent.headers["location"] == "/bases?said=bases_declared", sent.text
    again = await person.send("/bases/send", packed=packed, key="bases")
    assert again.status_code == 303
    assert len(await home.real["enrollment"].rows("SELECT 1 FROM outbox WHERE type = 'BaseDeclared'")) == 2
    signed = await person.send("/bases/signed", everybody="true", signed_on="2017-01-04", key="sign")
    assert signed.headers["location"] == "/bases?said=bases_signed"
    posted = await person.send("/bases/posted", posted_from="2017-01-04", posted_to="2017-01-13", key="post")
    assert posted.headers["location"] == "/bases?said=bases_posted"
    page = (await person.get("/bases")).text
    assert ("1 <small>人，共 3 人" in page, "2 <small>/ 2 人" in page) == (True, True)
    table = pdf_text((await person.get("/bases/table.pdf")).content)
    for words in (
        "2017 年度职工缴费基数申报确认表",
        "李秀英",
        "21,725.48",
        "5,431.37",
        "2016-09",
        "2017-01-13",
    ):
        assert words in table, words
    assert "张伟" not in table


async def test_3_3_1_a_faulty_cell_returns_with_what_was_typed(home: House):
    person = await in_january(home)
    (who, name), *_ = ROW.findall((await person.get("/bases")).text)
    for total, months, words in (
        ("一万", "4", "请填写金额，单位元，最多两位小数"),
        ("10000", "13", "请填写1至12的整数"),
    ):
        page = await person.send("/bases/check", **{f"total-{who}": total, f"months-{who}": months})
        assert (page.status_code, words in page.text, f'value="{total}"' in page.text) == (422, True, True), (
            name
        )
        assert "请至少填写一人" not in page.text
    nobody = await person.send("/bases/check")
    assert (nobody.status_code, "请至少填写一人的工资总额" in nobody.text) == (422, True)
    refused = await person.send("/bases/check", **{f"total-{who}": "10000", f"months-{who}": "5"})
    assert ("1 人须修改，尚未提交" in refused.text, "只有4个月" in refused.text) == (True, True)
    assert 'action="/bases/send"' not in refused.text


async def test_3_3_1_the_sheet_leaves_with_everybody_and_comes_back_filled(home: House):
    person = await in_january(home)
    sheet = (await person.get("/bases/template.xlsx")).content
    grid = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert sorted(row[1] for row in grid[1:]) == sorted(one["name"] for one in PEOPLE)
    numbers = {str(row[1]): str(row[0]) for row in grid[1:]}
    lines = [(numbers["张伟"], "张伟", "64000.00", "4"), (numbers["李秀英"], "李秀英", "", "4")]
    checked = await upload(person, filled(lines))
    assert ("14,549 封顶" in checked, "提交后还有 2 人待申报" in checked) == (True, True)
    wrong = await upload(person, filled([("9999999999", "?", "1", "4"), (numbers["张伟"], "张伟", "x", "0")]))
    for words in ("第2行“个人编号”", "第3行“上年度工资总额（元）”", "第3行“发放月数”", "表格中有3处错误"):
        assert words in wrong, words
    assert "表格缺少必填列" in await upload(person, filled([], (NUMBER, TOTAL)))
    assert "表格中没有填写人员" in await upload(person, filled([]))
    assert "无法读取该文件" in await upload(person, b"MZ")


async def upload(person: Person, content: bytes) -> str:
    """What the page says to a sheet."""
    csrf = re.findall(r'name="csrf" value="([^"]+)"', (await person.get("/bases")).text)[0]
    answer = await person.client.post(
        "/bases/sheet", data={"csrf": csrf}, files={"sheet": ("s.xlsx", content)}
    )
    return answer.text


async def test_3_3_1_in_september_nobody_is_to_be_declared(home: House):
    city = City(home)
    person = await log_in(city)
    await enroll(city, person, **PEOPLE[0])
    assert "本年度没有需要申报的人员" in (await person.get("/bases")).text
    assert (await person.get("/bases/table.pdf")).status_code == 422
