"""Templates at the desk: a text file imported, previewed, released by another; and the papers printed of it."""

from __future__ import annotations

import re

from contracts.values import Role
from tests.gateway.desk.test_opening import AT, opened, pdf_text
from tests.registry.rules.test_templates import SHORT
from tests.servers.house import House, Person

HOME = "/desk/policy/templates"
ASKED = {"paper": "authorisation", "name": "2016年版", "effective_on": "2016-09-07"}


async def sends(officer: Person, content: bytes, **changes: str) -> tuple[int, str, str]:
    """Import a file; status, address, text."""
    await officer.get(HOME)
    answer = await officer.client.post(
        HOME,
        data={"csrf": officer.csrf, **ASKED, **changes},
        files={"file": ("shouquanshu.txt", content, "text/plain")},
    )
    return answer.status_code, answer.headers.get("location", ""), answer.text


def joined(content: bytes) -> str:
    return "".join(pdf_text(content).split())


async def test_1_5_a_file_is_imported_previewed_and_released_by_another(home: House):
    first = await home.officer(Role.POLICY, district="370600", account="zhou.jie")
    second = await home.officer(Role.POLICY, district="370600", account="sun.tao")
    status, place, _ = await sends(first, SHORT.encode("utf-8-sig"))
    assert (status, re.sub(r"[0-9a-f-]{36}", "ID", place)) == (303, f"{HOME}/ID?said=template_imported")
    one = place.partition("?")[0]
    own = await first.get(one)
    assert "须由另一名工作人员复核发布" in own.text
    assert "〔单位名称〕" in own.text
    assert "〔单位名称〕" in joined((await second.get(f"{one}/preview.pdf")).content)
    refused = await first.send(f"{one}/release")
    assert (refused.status_code, "复核人与经办人不能为同一人" in refused.text) == (409, True)
    await second.get(one)
    assert (await second.send(f"{one}/release")).headers["location"] == f"{HOME}?said=policy_released"
    blank = joined((await home.stranger().get("/guide/papers/authorisation.pdf")).content)
    assert ("示例文本" in blank, "2016年版" in blank) == (False, True)


async def test_1_5_what_is_wrong_with_a_file_stands_line_by_line(home: House):
    officer = await home.officer(Role.POLICY, district="370600")
    wrong = SHORT.replace("{单位名称}", "{单位名}").encode()
    status, _, text = await sends(officer, wrong)
    assert (status, "<b>第2行</b>：字段“单位名”不是这份文书的字段" in text) == (422, True)
    status, _, text = await sends(officer, SHORT.encode("gb18030"))
    assert (status, "文本文件应为 UTF-8 编码" in text) == (422, True)
    status, _, text = await sends(officer, b"")
    assert (status, "请选择文本文件" in text) == (422, True)


async def test_annex_1_the_agreement_is_printed_in_two_copies_for_counter_and_employer(home: House):
    officer = await home.officer(Role.COUNTER)
    await opened(officer)
    entry = await officer.get(AT)
    assert "打印协议书" in entry.text
    employer = await home.specialist()
    await employer.get("/account")
    for person, path in ((officer, f"{AT}/papers/agreement"), (employer, "/account/papers/agreement")):
        printed = await person.send(path)
        assert printed.headers["content-type"] == "application/pdf"
        text = joined(printed.content)
        for told in (
            "第一份（甲方存）", "第二份（乙方存）", "示例文本", "370602〔2016〕第000001号", "烟台海源机械有限公司",
            "甲方经办人：gao.min", "乙方经办人：王敏", "2016年9月7日", "烟台市社会保险服务中心",
        ):  # fmt: skip
            assert told in text, told
    acts = await home.registry.rows("SELECT account FROM audit WHERE act = 'paper_printed' ORDER BY id")
    assert [row["account"] for row in acts] == ["gao.min", "3706000001"]


async def test_annex_2_the_letter_carries_the_specialists_data_and_a_blank_one_nobodys(home: House):
    officer = await home.officer(Role.COUNTER)
    await opened(officer)
    letter = joined((await officer.send(f"{AT}/papers/authorisation")).content)
    for told in ("烟台海源机械有限公司", "王海", "王敏", "370602199001010017", "13805350000", "0535-6600000"):
        assert told in letter, told
    assert "第1页，共1页" in letter
    for paper, title in (("agreement", "网上申报缴纳协议书"), ("authorisation", "网上服务系统授权书")):
        blank = joined((await home.stranger().get(f"/guide/papers/{paper}.pdf")).content)
        assert (title in blank, "王敏" in blank) == (True, False)
        assert ("烟台市社会保险服务中心" in blank) == (paper == "agreement")


async def test_laws_templates_are_the_citys(home: House):
    district = await home.officer(Role.POLICY)
    status, _, _ = await sends(district, SHORT.encode())
    assert status == 403
