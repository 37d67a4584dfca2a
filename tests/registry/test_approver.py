"""A separate 复核人 of an employer: set up on paper, replaced, reset, ended (clauses 二, 四(二); issue 3 Accounts)."""

from __future__ import annotations

from typing import Any

from contracts.http.registry import LogIn
from contracts.values import Role
from services.chassis.identity import SYSTEM
from tests.registry.conftest import COUNTER, FUSHAN, SECURITY, officer, specialist
from tests.registry.test_applications import (
    ALL_SIX,
    CHANGE,
    LI,
    NO,
    RESET,
    WRITTEN,
    finished,
    log_in,
    opened,
    received,
)
from tests.servers.bare_service import BareService

APPOINT = {"matter": "approver", "reason": "内控要求分设复核", "specialist": LI}
ZHAO = LI | {"name": "赵强", "id_number": "370602198505050038"}
WANG_AGAIN = LI | {"name": "王敏", "id_number": "370602199001010017"}
BOTH, PREPARES, APPROVES = {"preparer", "approver"}, {"preparer"}, {"approver"}


async def roles_of(registry: BareService, account: str, password: str) -> set[str]:
    command = LogIn(account=account, password=password, address="10.0.0.7")
    return set((await registry.post("/log-in", SYSTEM, command)).json()["roles"])


async def accounts(registry: BareService) -> list[tuple[str, set[str]]]:
    rows = (await registry.get(f"/employers/{NO}/accounts", specialist(NO))).json()["rows"]
    return [(row["account"], set(row["roles"])) for row in rows]


async def test_issue_3_an_approver_gets_an_account_and_the_specialist_prepares_only(registry: BareService):
    first = await opened(registry)
    assert await accounts(registry) == [(NO, BOTH)]
    before = await registry.events()
    receipt = await finished(registry, APPOINT, ALL_SIX)
    assert (receipt["account"], receipt["specialist_name"]) == (f"{NO}-2", "李静")
    assert await accounts(registry) == [(NO, PREPARES), (f"{NO}-2", APPROVES)]
    assert await roles_of(registry, NO, first) == PREPARES
    assert await roles_of(registry, f"{NO}-2", receipt["initial_password"]) == APPROVES
    assert (await registry.events())[len(before) :] == [
        ("AccountRevoked", f"{NO}-2"),
        ("AccountRevoked", NO),
        ("ApproverChanged", f"{NO}/approver"),
        ("SubmissionDecided", f"{NO}/approver/S201609-000001"),
    ]
    entry = (await registry.get(f"/employers/{NO}", COUNTER)).json()
    assert entry["specialist"] == NO
    acts = await registry.rows("SELECT act FROM audit WHERE subject = 'S201609-000001' ORDER BY id")
    assert [row["act"] for row in acts] == [
        "application_received",
        "application_checked",
        "application_finished",
    ]


async def test_issue_3_without_a_separate_approver_one_person_is_both_again(registry: BareService):
    first = await opened(registry)
    given = (await finished(registry, APPOINT, ALL_SIX))["initial_password"]
    ended = await finished(registry, {"matter": "approver_end", "reason": "不再分设"}, WRITTEN)
    assert (ended["account"], ended["initial_password"]) == (f"{NO}-2", "")
    assert await accounts(registry) == [(NO, BOTH)]
    assert await roles_of(registry, NO, first) == BOTH
    assert await log_in(registry, f"{NO}-2", given) == 401
    assert (await registry.post(f"/accounts/{NO}-2/unlock", SECURITY)).status_code == 404
    changed = await registry.rows(
        "SELECT body FROM outbox WHERE type = 'ApproverChanged' ORDER BY (body->>'version')::int"
    )
    told = [(row["body"]["old_account"], row["body"]["new_account"]) for row in changed]
    assert told == [(None, f"{NO}-2"), (f"{NO}-2", None)]


async def test_issue_3_a_new_approver_follows_and_a_new_specialist_prepares_only(registry: BareService):
    await opened(registry)
    given = (await finished(registry, APPOINT, ALL_SIX))["initial_password"]
    second = await finished(registry, APPOINT | {"specialist": ZHAO}, ALL_SIX)
    assert second["account"] == f"{NO}-3"
    assert await log_in(registry, f"{NO}-2", given) == 401
    third = await finished(registry, CHANGE | {"specialist": LI}, ALL_SIX)
    assert third["account"] == f"{NO}-4"
    assert await accounts(registry) == [(f"{NO}-4", PREPARES), (f"{NO}-3", APPROVES)]
    versions = await registry.rows(
        "SELECT (body->>'version')::int AS v FROM outbox WHERE type = 'ApproverChanged' ORDER BY id"
    )
    assert [row["v"] for row in versions] == [1, 3]


async def test_3_6_the_approvers_password_is_reset_apart_from_the_specialists(registry: BareService):
    first = await opened(registry)
    await finished(registry, APPOINT, ALL_SIX)
    reset = await finished(registry, {"matter": "approver_password", "reason": "密码遗失"}, WRITTEN)
    assert (reset["account"], reset["specialist_name"]) == (f"{NO}-2", "李静")
    assert await roles_of(registry, f"{NO}-2", reset["initial_password"]) == APPROVES
    assert await log_in(registry, NO, first) == 200
    assert (await finished(registry, RESET, WRITTEN))["account"] == NO


async def refused(registry: BareService, body: dict[str, Any]) -> tuple[int, str]:
    answer = await registry.post(f"/employers/{NO}/applications", COUNTER, body)
    return answer.status_code, answer.json()["code"]


async def test_issue_3_what_cannot_be_applied_for_is_refused(registry: BareService):
    await opened(registry)
    for matter in ("approver_password", "approver_end"):
        assert await refused(registry, {"matter": matter, "reason": "x"}) == (409, "approver.none")
    assert await refused(registry, {"matter": "approver", "reason": "x"}) == (422, "application.specialist")
    assert await refused(registry, APPOINT | {"specialist": WANG_AGAIN}) == (409, "approver.same_person")
    await finished(registry, APPOINT, ALL_SIX)
    assert await refused(registry, CHANGE) == (409, "approver.same_person")
    number = await received(registry, {"matter": "approver_end", "reason": "不再分设"})
    code = await refused(registry, {"matter": "approver_password", "reason": "密码遗失"})
    assert code == (409, "application.open")
    await registry.post(f"/applications/{number}/return", COUNTER, {"reason": "缺公章"})
    assert await received(registry, {"matter": "approver_password", "reason": "密码遗失"})


async def test_issue_3_one_person_is_not_made_both_by_two_applications_at_once(registry: BareService):
    await opened(registry)
    numbers = [await received(registry, APPOINT), await received(registry, CHANGE)]
    for number in numbers:
        await registry.post(f"/applications/{number}/check", COUNTER, {"materials": ALL_SIX})
    done = await registry.post(f"/applications/{numbers[0]}/finish", COUNTER)
    late = await registry.post(f"/applications/{numbers[1]}/finish", COUNTER)
    assert (done.status_code, late.status_code, late.json()["code"]) == (200, 409, "approver.same_person")
    returned = await registry.post(
        f"/applications/{numbers[1]}/return", COUNTER, {"reason": "与复核人同一人"}
    )
    assert returned.json()["state"] == "returned"


async def test_laws_the_accounts_are_seen_by_their_employer_and_its_district(registry: BareService):
    await opened(registry)
    await finished(registry, APPOINT, ALL_SIX)
    path = f"/employers/{NO}/accounts"
    for caller in (COUNTER, specialist(NO), SECURITY):
        rows = (await registry.get(path, caller)).json()["rows"]
        assert [row["holder"] for row in rows] == ["王敏", "李静"]
    for caller in (specialist("3706000002"), officer(Role.COUNTER, district=FUSHAN)):
        assert (await registry.get(path, caller)).status_code == 404


async def test_agreement_2_5_an_approvers_password_holds_none_of_the_own_data(registry: BareService):
    await opened(registry)
    given = (await finished(registry, APPOINT, ALL_SIX))["initial_password"]
    caller = specialist(NO).model_copy(update={"account": f"{NO}-2"})
    body = {"old": given, "new": "Qz!13905350001"}
    answer = await registry.post("/password", caller, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "password.weak")
