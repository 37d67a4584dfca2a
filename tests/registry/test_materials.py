"""材料调取 and 责令改正 over HTTP (四(一), 协议 三.1 and 三.2)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any
from urllib.parse import urlencode

import httpx

from contracts.identity import Caller
from contracts.values import Role
from services.chassis.identity import sign
from tests.registry.conftest import COUNTER, FUSHAN, officer, specialist
from tests.registry.rules.test_scans import JPEG, pdf
from tests.registry.test_applications import NO, opened
from tests.registry.test_registration import OTHER_CODE, asked
from tests.servers.bare_service import KEY, BareService

AUDITOR = officer(Role.AUDITOR, account="song.jie")
CLERK = specialist(NO)
ONE = "/material-requests/T201609-000001"
ASKED = {"employer_nos": [NO], "what": "2016年8月工资发放表", "deadline": "2016-09-14"}


async def upload(
    registry: BareService, content: bytes, name: str = "工资表.pdf", caller: Caller = CLERK
) -> httpx.Response:
    target = f"{ONE}/files?{urlencode({'name': name})}"
    headers = sign(KEY, "POST", target, caller) | {"content-type": "application/octet-stream"}
    return await registry.client.post(target, content=content, headers=headers)


async def sent(registry: BareService, **changes: Any) -> None:
    answer = await registry.post("/material-requests", AUDITOR, ASKED | changes)
    assert answer.status_code == 200, answer.text


async def answered(registry: BareService) -> None:
    assert (await upload(registry, pdf())).status_code == 200
    assert (await registry.post(f"{ONE}/answer", CLERK, {"note": "见附件"})).status_code == 200


async def test_4_1_materials_are_asked_uploaded_handed_in_and_accepted(registry: BareService):
    await opened(registry)
    before = await registry.events()
    await sent(registry)
    await answered(registry)
    view = (await registry.get(ONE, AUDITOR)).json()
    assert (view["state"], view["note"], [file["name"] for file in view["files"]]) == (
        "answered",
        "见附件",
        ["工资表.pdf"],
    )
    content = await registry.get(f"{ONE}/files/{view['files'][0]['id']}", AUDITOR)
    assert (content.headers["content-type"], content.content) == ("application/pdf", pdf())
    assert (await registry.post(f"{ONE}/accept", AUDITOR)).json()["state"] == "accepted"
    subject, decided = f"{NO}/materials/T201609-000001", "SubmissionDecided"
    assert (await registry.events())[len(before) :] == [
        ("MaterialsRequested", subject),
        (decided, subject),
        ("MaterialsAnswered", subject),
        ("MaterialsAnswered", subject),
        (decided, subject),
    ]


async def test_4_1_what_is_missing_is_asked_again_until_a_new_day(registry: BareService):
    await opened(registry)
    await sent(registry)
    await answered(registry)
    again = {"reason": "缺8月考勤表", "deadline": "2016-09-20"}
    assert (await registry.post(f"{ONE}/again", AUDITOR, again)).json()["deadline"] == "2016-09-20"
    body = (await registry.rows("SELECT body FROM outbox WHERE type = 'SubmissionDecided' ORDER BY id"))[-1]
    assert (body["body"]["outcome"], body["body"]["reason"], body["body"]["deadline"]) == (
        "refused",
        "缺8月考勤表",
        "2016-09-20",
    )
    assert (await upload(registry, JPEG, "考勤.jpg")).status_code == 200
    assert (await registry.post(f"{ONE}/answer", CLERK, {})).json()["state"] == "answered"


async def test_4_1_after_the_deadline_it_is_overdue_and_can_still_be_answered(registry: BareService):
    await opened(registry)
    await sent(registry)
    await registry.at(date(2016, 9, 14))
    assert (await registry.get("/material-requests", AUDITOR)).json()["overdue"] == 0
    await registry.at(date(2016, 9, 15))
    page = (await registry.get("/material-requests?state=sent", AUDITOR)).json()
    assert (page["overdue"], page["rows"][0]["overdue"]) == (1, True)
    await answered(registry)
    assert (await registry.get("/material-requests", AUDITOR)).json()["overdue"] == 0


async def test_3_1_a_false_declaration_is_flagged_and_its_correction_followed(registry: BareService):
    await opened(registry)
    bare = await registry.post("/material-requests", AUDITOR, ASKED | {"sort": "correction"})
    assert (bare.status_code, bare.json()["code"]) == (422, "request.ground")
    await sent(registry, sort="correction", ground="申报工资低于实发工资", what="更正8月申报工资")
    body = (await registry.rows("SELECT body FROM outbox WHERE type = 'MaterialsRequested'"))[0]["body"]
    assert body["sort"] == "correction"
    page = (await registry.get("/material-requests?sort=correction", AUDITOR)).json()
    assert [row["ground"] for row in page["rows"]] == ["申报工资低于实发工资"]


async def test_4_1_many_employers_are_asked_at_once_or_none(registry: BareService):
    await opened(registry)
    await registry.post("/employers", COUNTER, asked(credit_code=OTHER_CODE, name="烟台芝罘渔具店"))
    before = await registry.events()
    refused = await registry.post(
        "/material-requests", AUDITOR, ASKED | {"employer_nos": [NO, "3706000002", "3706009999"]}
    )
    assert refused.json()["code"] == "request.employers"
    assert [fault["value"] for fault in refused.json()["faults"]] == ["3706000002", "3706009999"]
    assert await registry.events() == before
    twice = await registry.post("/material-requests", AUDITOR, ASKED | {"employer_nos": [NO, NO]})
    assert twice.json()["request_nos"] == ["T201609-000001"]


async def test_4_1_bad_files_are_refused_before_they_are_stored(registry: BareService):
    await opened(registry)
    await sent(registry)
    place = registry.chassis.settings.files
    for content, status in (
        (b"MZ\x90", 422),
        (b"", 422),
        (pdf("script"), 422),
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), 413),
    ):
        assert (await upload(registry, content)).status_code == status
    assert list(place.rglob("*")) == []
    assert (await registry.post(f"{ONE}/answer", CLERK, {})).json()["code"] == "request.no_files"
    assert (await upload(registry, JPEG, "../../etc/passwd\x00.pdf")).json()["files"][0][
        "name"
    ] == "passwd.pdf"


async def test_4_1_files_lie_sealed_outside_the_database(registry: BareService):
    await opened(registry)
    await sent(registry)
    await upload(registry, JPEG)
    kept = [place for place in registry.chassis.settings.files.rglob("*") if place.is_file()]
    assert len(kept) == 1
    assert JPEG not in kept[0].read_bytes()


async def test_4_1_a_file_is_taken_back_until_it_is_handed_in(registry: BareService):
    await opened(registry)
    await sent(registry)
    file_id = (await upload(registry, JPEG)).json()["files"][0]["id"]
    removed = await registry.post(f"{ONE}/files/{file_id}/remove", CLERK)
    assert removed.json()["files"] == []
    await answered(registry)
    view = (await registry.get(ONE, CLERK)).json()
    late = await registry.post(f"{ONE}/files/{view['files'][0]['id']}/remove", CLERK)
    assert late.status_code == 409
    assert (await upload(registry, JPEG)).status_code == 409


async def test_4_1_of_two_judgements_at_once_one_stands(registry: BareService):
    await opened(registry)
    await sent(registry)
    await answered(registry)
    answers = await asyncio.gather(*(registry.post(f"{ONE}/accept", AUDITOR) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_laws_a_request_and_its_files_are_seen_where_they_belong(registry: BareService):
    await opened(registry)
    await sent(registry)
    file_id = (await upload(registry, JPEG)).json()["files"][0]["id"]
    stranger, elsewhere = specialist("3706000002"), officer(Role.AUDITOR, district=FUSHAN)
    for path in (ONE, f"{ONE}/files/{file_id}", f"/employers/{NO}/material-requests"):
        assert (await registry.get(path, CLERK)).status_code == 200
        assert (await registry.get(path, AUDITOR)).status_code == 200
        assert (await registry.get(path, stranger)).status_code == 404
        assert (await registry.get(path, elsewhere)).status_code == 404
    assert (await upload(registry, JPEG, caller=stranger)).status_code == 404
    assert (await registry.post("/material-requests", CLERK, ASKED)).status_code == 403
    assert (await registry.get("/material-requests", CLERK)).status_code == 403
    assert (await registry.get("/material-requests", elsewhere)).json()["total"] == 0
    foreign = await registry.post("/material-requests", elsewhere, ASKED)
    assert foreign.json()["code"] == "request.employers"
    assert (await registry.post(f"{ONE}/accept", CLERK)).status_code == 403
