"""材料调取 and 责令改正 between the desk and the employer's pages (四(一), 协议 三)."""

from __future__ import annotations

import re

from contracts.values import Role
from tests.gateway.desk.test_applications import NO, at_the_counter
from tests.registry.rules.test_scans import JPEG, pdf
from tests.servers.house import House, Person

ASKED = {
    "sort": "materials",
    "employer_nos": NO,
    "what": "2016年8月工资发放表",
    "ground": "",
    "deadline": "2016-09-14",
}
OWN, CASE = "/materials/T201609-000001", "/desk/materials/T201609-000001"
_FILE = re.compile(rf"{OWN}/files/([0-9a-f-]{{36}})\"")


async def sends(person: Person, content: bytes, name: str = "工资表.pdf") -> int:
    answer = await person.client.post(
        f"{OWN}/files", data={"csrf": person.csrf}, files={"scan": (name, content, "application/pdf")}
    )
    return answer.status_code


async def uploaded(person: Person) -> str:
    """A scan uploaded by the employer; returns its id."""
    assert await sends(person, JPEG, "工资表.jpg") == 303
    return str(_FILE.findall((await person.get(OWN)).text)[0])


async def both(home: House) -> tuple[Person, Person]:
    officer = await at_the_counter(home)
    assert (await officer.send("/desk/materials/new", **ASKED, key="k1")).status_code == 303
    return officer, await home.specialist(NO)


async def test_4_1_asked_uploaded_handed_in_and_accepted(home: House):
    officer, clerk = await both(home)
    assert "2016年8月工资发放表" in (await clerk.get("/")).text
    assert "待提交" in (await clerk.get("/materials")).text
    assert await sends(clerk, pdf()) == 303
    page = (await clerk.get(OWN)).text
    assert "工资表.pdf" in page
    answered = await clerk.send(f"{OWN}/answer", note="见附件", key="k2")
    assert answered.headers["location"] == "/materials?said=materials_answered"
    assert "见附件" in (await officer.get(CASE)).text
    scan = await officer.get(f"{CASE}/files/{_FILE.findall(page)[0]}")
    assert (scan.content, scan.headers["x-content-type-options"]) == (pdf(), "nosniff")
    assert scan.headers["content-disposition"].startswith("attachment")
    assert (await officer.send(f"{CASE}/accept", key="k3")).status_code == 303
    assert "已通过" in (await clerk.get(OWN)).text
    assert "上传所调取的材料" not in (await clerk.get("/")).text


async def test_4_1_a_disguised_file_is_refused_on_the_page(home: House):
    _, clerk = await both(home)
    assert await sends(clerk, b"MZ\x90\x00", "工资表.pdf") == 422
    assert await sends(clerk, b"%PDF-" + b"x" * (10 * 1024 * 1024)) == 413
    assert "还没有上传文件" in (await clerk.get(OWN)).text
    nothing = await clerk.send(f"{OWN}/answer", note="", key="k2")
    assert (nothing.status_code, "请先上传扫描件" in nothing.text) == (422, True)


async def test_4_1_what_is_missing_is_asked_again_with_a_new_day(home: House):
    officer, clerk = await both(home)
    await sends(clerk, JPEG, "a.jpg")
    await clerk.send(f"{OWN}/answer", note="", key="k2")
    page = await officer.send(f"{CASE}/again", reason="缺考勤表", deadline="", key="k3")
    assert (page.status_code, 'id="h-deadline"' in page.text) == (422, True)
    await officer.send(f"{CASE}/again", reason="缺考勤表", deadline="2016-09-20", key="k4")
    own = (await clerk.get(OWN)).text
    assert "缺考勤表" in own
    assert "2016年9月20日" in own


async def test_4_1_an_unknown_number_is_named_and_nobody_is_asked(home: House):
    officer = await at_the_counter(home)
    page = await officer.send(
        "/desk/materials/new", **ASKED | {"employer_nos": f"{NO}，3706009999"}, key="k1"
    )
    assert (page.status_code, "3706009999" in page.text) == (422, True)
    assert "没有这一状态的调取" in (await officer.get("/desk/materials?state=sent")).text


async def test_3_1_an_order_to_correct_needs_its_facts(home: House):
    officer = await at_the_counter(home)
    order = ASKED | {"sort": "correction", "what": "更正8月申报工资"}
    assert (await officer.send("/desk/materials/new", **order, key="k1")).status_code == 422
    order["ground"] = "申报工资低于实发工资"
    assert (await officer.send("/desk/materials/new", **order, key="k2")).status_code == 303
    clerk = await home.specialist(NO)
    page = (await clerk.get(OWN)).text
    assert "责令改正" in page
    assert "申报工资低于实发工资" in page


async def test_laws_an_auditor_judges_and_finance_does_not(home: House):
    await both(home)
    auditor = await home.officer(Role.AUDITOR, account="song.jie")
    assert (await auditor.get(CASE)).status_code == 200
    assert (await (await home.officer(Role.FINANCE, account="li.na")).get(CASE)).status_code == 403
