"""通知公告, results of submissions, unread counts (clause 三, 协议 二.6)."""

import asyncio

from contracts.values import Outcome, Role
from tests.notices.conftest import (
    COLLECTION,
    EDITOR,
    FUSHAN,
    ONE,
    TWO,
    decided,
    officer,
    opened,
    registered,
    specialist,
)
from tests.servers.bare_service import BareService

NOTICE = {"title": "关于2016年9月缴费期的通知", "body": "缴费期为9月1日至10日，节假日不顺延。"}


async def test_clause_3_an_editor_posts_and_an_employer_reads_once(notices: BareService):
    posted = (await notices.post("/board", EDITOR, NOTICE)).json()
    assert (posted["title"], posted["posted_by"]) == (NOTICE["title"], "烟台市社会保险服务中心")
    assert await notices.events() == [("NoticePosted", f"board/{posted['id']}")]
    path = f"/board/{posted['id']}"
    assert (await notices.get(path, specialist(ONE))).json()["read"] is False
    answers = await asyncio.gather(*(notices.post(f"{path}/read", specialist(ONE)) for _ in range(3)))
    assert [answer.json()["read"] for answer in answers] == [True, True, True]
    assert (await notices.get(path, specialist(ONE))).json()["read"] is True
    assert (await notices.get("/board", specialist(ONE))).json()["rows"][0]["read"] is True
    assert (await notices.get("/board", specialist(TWO))).json()["rows"][0]["read"] is False
    seen = [(await notices.get(path, caller)).json()["readers"] for caller in (EDITOR, specialist(TWO))]
    assert seen == [1, None]
    receipts = await notices.rows("SELECT employer_no, account FROM notice_reads")
    assert receipts == [{"employer_no": ONE, "account": ONE}]
    acts = await notices.rows("SELECT act FROM audit ORDER BY id")
    assert [row["act"] for row in acts] == ["notice_posted", "notice_read"]


async def test_clause_3_the_board_is_newest_first_and_paged(notices: BareService):
    for n in range(3):
        await notices.post("/board", EDITOR, NOTICE | {"title": f"通知{n}"})
    page = (await notices.get("/board?page=1&size=2", specialist(ONE))).json()
    assert (page["total"], [row["title"] for row in page["rows"]]) == (3, ["通知2", "通知1"])
    rest = (await notices.get("/board?page=2&size=2", COLLECTION)).json()
    assert [(row["title"], row["read"]) for row in rest["rows"]] == [("通知0", True)]


async def test_laws_only_an_editor_posts_and_only_an_employer_receipts(notices: BareService):
    assert (await notices.post("/board", COLLECTION, NOTICE)).status_code == 403
    assert (await notices.post("/board", specialist(ONE), NOTICE)).status_code == 403
    posted = (await notices.post("/board", EDITOR, NOTICE)).json()
    path = f"/board/{posted['id']}/read"
    assert (await notices.post(path, EDITOR)).status_code == 403
    assert (await notices.post(path, officer(Role.COUNTER, acts_for=ONE))).status_code == 403
    assert (await notices.client.get("/board")).status_code == 401
    unknown = "/board/00000000-0000-0000-0000-000000000000"
    assert (await notices.get(unknown, specialist(ONE))).status_code == 404
    assert (await notices.post(f"{unknown}/read", specialist(ONE))).status_code == 404


async def test_agreement_2_6_a_decision_reads_as_a_sentence_with_the_next_step(notices: BareService):
    await notices.take(decided("ZY1", Outcome.WAITING, reason_code="increase.late"))
    row = (await notices.get("/results", specialist(ONE))).json()["rows"][0]
    assert (row["matter_name"], row["outcome_name"]) == ("增员申报", "待办理")
    assert row["reason"] == "增员申报已录入，待柜台确认：超过用工申报期限。"
    assert "（一式两份）" in row["next_step"]
    assert row["read"] is False


async def test_agreement_2_6_a_newer_decision_is_unread_again_and_an_older_changes_nothing(
    notices: BareService,
):
    waiting, void = decided("ZY1", Outcome.WAITING), decided("ZY1", Outcome.VOIDED, version=2)
    await notices.take(waiting)
    row = (await notices.get("/results", specialist(ONE))).json()["rows"][0]
    read = await notices.post(f"/results/{row['id']}/read", specialist(ONE))
    assert read.json()["read"] is True
    await notices.take(void)
    after = (await notices.get("/results", specialist(ONE))).json()
    assert (after["total"], after["rows"][0]["outcome"], after["rows"][0]["read"]) == (1, "voided", False)
    await notices.post(f"/results/{row['id']}/read", specialist(ONE))
    await notices.take(waiting)
    last = (await notices.get("/results", specialist(ONE))).json()["rows"][0]
    assert (last["outcome"], last["read"]) == ("voided", True)


async def test_laws_results_are_the_employers_own(notices: BareService):
    await notices.take(registered(), decided("ZY1", Outcome.ACCEPTED))
    row = (await notices.get("/results", specialist(ONE))).json()["rows"][0]
    path = f"/results/{row['id']}/read"
    assert (await notices.get("/results", specialist(TWO))).json()["total"] == 0
    assert (await notices.post(path, specialist(TWO))).status_code == 404
    assert (await notices.post(path, officer(Role.COUNTER, acts_for=ONE))).status_code == 403
    assert (await notices.get("/results", COLLECTION)).status_code == 403
    assert (await notices.get("/results", officer(Role.COUNTER, acts_for=ONE))).json()["total"] == 1
    elsewhere = officer(Role.COUNTER, district=FUSHAN, acts_for=ONE)
    assert (await notices.get("/results", elsewhere)).status_code == 404
    assert (await notices.post(path, specialist(ONE))).json()["read"] is True


async def test_clause_3_unread_counts_fall_as_the_employer_reads(notices: BareService):
    empty = {"notices": 0, "results": 0, "orders": 0, "reminders": 0}
    assert (await notices.get("/unread", specialist(ONE))).json() == empty
    posted = (await notices.post("/board", EDITOR, NOTICE)).json()
    await notices.post("/board", EDITOR, NOTICE)
    await notices.take(registered(), opened(), decided("ZY1", Outcome.ACCEPTED))
    prepared = (await notices.get("/orders", COLLECTION)).json()["rows"][0]["id"]
    assert (await notices.get("/unread", specialist(ONE))).json() == empty | {
        "notices": 2,
        "results": 1,
        "orders": 0,
    }
    await notices.post("/orders/release", COLLECTION, {"ids": [prepared]})
    assert (await notices.get("/unread", specialist(ONE))).json() == empty | {
        "notices": 2,
        "results": 1,
        "orders": 1,
    }
    assert (await notices.get("/unread", specialist(TWO))).json() == empty | {
        "notices": 2,
        "results": 0,
        "orders": 0,
    }
    await notices.post(f"/board/{posted['id']}/read", specialist(ONE))
    result = (await notices.get("/results", specialist(ONE))).json()["rows"][0]["id"]
    await notices.post(f"/results/{result}/read", specialist(ONE))
    await notices.post(f"/orders/{prepared}/open", specialist(ONE))
    assert (await notices.get("/unread", specialist(ONE))).json() == empty | {
        "notices": 1,
        "results": 0,
        "orders": 0,
    }
    assert (await notices.get("/unread", COLLECTION)).status_code == 403
