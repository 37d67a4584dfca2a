"""Accounts under lock and key: locked, reset, one-time codes, log of log-ins, idle employers (domain 1.5)."""

from __future__ import annotations

import asyncio
import base64
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import text

from contracts.http.registry import LogIn, NewOfficer
from contracts.identity import Caller
from contracts.values import Role
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.registry.conftest import COUNTER, FUSHAN, SECURITY, ZHIFU, officer, specialist
from tests.registry.test_applications import NO, opened
from tests.servers.bare_service import BareService

LIU = officer(Role.COUNTER, account="liu.yan")


async def liu(registry: BareService) -> str:
    """An officer's account; returns its initial password."""
    new = NewOfficer(account="liu.yan", display_name="刘岩", roles=frozenset({Role.COUNTER}), district=ZHIFU)
    return str((await registry.post("/officers", SECURITY, new)).json()["initial_password"])


async def enter(registry: BareService, account: str, password: str, code: str = "") -> int:
    command = LogIn(account=account, password=password, code=code, address="10.0.0.7")
    return (await registry.post("/log-in", SYSTEM, command)).status_code


def code_of(secret: str, ahead: int = 0) -> str:
    made = TOTP(base64.b32decode(secret), 6, SHA1(), 30)  # what authenticators speak
    return made.generate(int(time.time()) + ahead).decode()


async def with_totp(registry: BareService, caller: Caller) -> str:
    """Switch it on; returns the secret, whose code of now is used up."""
    secret = str((await registry.post("/totp", caller)).json()["secret"])
    assert (await registry.post("/totp/confirm", caller, {"code": code_of(secret)})).status_code == 200
    return secret


async def test_1_5_a_locked_account_is_out_until_it_is_unlocked(registry: BareService):
    password = await liu(registry)
    assert await enter(registry, "liu.yan", password) == 200
    locked = await registry.post("/accounts/liu.yan/lock", SECURITY)
    assert locked.json() == {"account": "liu.yan", "locked": True}
    assert await enter(registry, "liu.yan", password) == 401
    await registry.post("/accounts/liu.yan/lock", SECURITY)
    assert await registry.events() == [("AccountRevoked", "liu.yan")]
    await registry.post("/accounts/liu.yan/unlock", SECURITY)
    assert await enter(registry, "liu.yan", password) == 200
    acts = await registry.rows("SELECT act FROM audit WHERE act LIKE 'account_%' ORDER BY id")
    assert [row["act"] for row in acts] == ["account_locked", "account_unlocked"]


async def test_1_5_an_officers_reset_password_is_shown_once_and_ends_sessions(registry: BareService):
    first = await liu(registry)
    made = (await registry.post("/accounts/liu.yan/reset", SECURITY)).json()
    assert await enter(registry, "liu.yan", first) == 401
    assert await enter(registry, "liu.yan", made["initial_password"]) == 200
    assert await registry.events() == [("AccountRevoked", "liu.yan")]


async def test_3_6_an_employers_password_is_reset_on_paper_only(registry: BareService):
    await opened(registry)
    answer = await registry.post(f"/accounts/{NO}/reset", SECURITY)
    assert (answer.status_code, answer.json()["code"]) == (409, "account.employer")
    assert (await registry.post(f"/accounts/{NO}/lock", SECURITY)).status_code == 200


async def test_laws_only_the_security_administrator_of_the_district_locks(registry: BareService):
    await liu(registry)
    elsewhere = officer(Role.SECURITY_ADMIN, district=FUSHAN, account="fu.an")
    for act in ("lock", "unlock", "reset"):
        path = f"/accounts/liu.yan/{act}"
        assert (await registry.post(path, elsewhere)).status_code == 404
        assert (await registry.post(path, COUNTER)).status_code == 403
        assert (await registry.post(path, specialist(NO))).status_code == 403
        assert (await registry.post(f"/accounts/an.quan/{act}", SECURITY)).status_code == 409
        assert (await registry.post(f"/accounts/nobody/{act}", SECURITY)).status_code == 404


async def test_1_5_log_in_asks_the_code_once_it_is_on_and_takes_each_once(registry: BareService):
    password = await liu(registry)
    secret = await with_totp(registry, LIU)
    assert await enter(registry, "liu.yan", password) == 401
    assert await enter(registry, "liu.yan", password, "000000") == 401
    fresh = code_of(secret, 30)
    assert await enter(registry, "liu.yan", password, fresh) == 200
    assert await enter(registry, "liu.yan", password, fresh) == 401


async def test_1_5_of_two_log_ins_with_one_code_one_enters(registry: BareService):
    password = await liu(registry)
    fresh = code_of(await with_totp(registry, LIU), 30)
    answers = await asyncio.gather(*(enter(registry, "liu.yan", password, fresh) for _ in range(2)))
    assert sorted(answers) == [200, 401]


async def test_1_5_the_secret_is_sealed_and_a_reset_forgets_it(registry: BareService):
    await liu(registry)
    secret = await with_totp(registry, LIU)
    stored = await registry.rows("SELECT totp_secret FROM accounts WHERE account = 'liu.yan'")
    assert secret.encode() not in stored[0]["totp_secret"]
    told = await registry.rows("SELECT after::text AS it FROM audit")
    assert not [row for row in told if secret in str(row["it"])]
    made = (await registry.post("/accounts/liu.yan/reset", SECURITY)).json()
    assert await enter(registry, "liu.yan", made["initial_password"]) == 200


async def test_1_5_a_code_is_needed_to_switch_it_on_and_off(registry: BareService):
    await liu(registry)
    assert (await registry.post("/totp/confirm", LIU, {"code": "123456"})).status_code == 409
    secret = str((await registry.post("/totp", LIU)).json()["secret"])
    wrong = await registry.post("/totp/confirm", LIU, {"code": "000000"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "code")
    assert (await registry.get("/totp", LIU)).json() == {"on": False}
    await registry.post("/totp/confirm", LIU, {"code": code_of(secret)})
    assert (await registry.get("/totp", LIU)).json() == {"on": True}
    assert (await registry.post("/totp", LIU)).status_code == 409
    off = await registry.post("/totp/off", LIU, {"code": code_of(secret, 30)})
    assert off.json() == {"on": False}


async def test_4_2_every_try_stands_in_the_log_of_the_account(registry: BareService):
    password = await liu(registry)
    await enter(registry, "liu.yan", "wrong")
    await enter(registry, "liu.yan", password)
    log = (await registry.get("/accounts/liu.yan/log-ins", LIU)).json()
    assert [(row["accepted"], row["address"]) for row in log["rows"]] == [
        (True, "10.0.0.7"),
        (False, "10.0.0.7"),
    ]
    assert (await registry.get("/accounts/liu.yan/log-ins", SECURITY)).json()["total"] == 2
    elsewhere = officer(Role.SECURITY_ADMIN, district=FUSHAN, account="fu.an")
    for other in (COUNTER, specialist(NO), elsewhere):
        assert (await registry.get("/accounts/liu.yan/log-ins", other)).status_code == 404


async def test_3_employers_that_nobody_logs_in_for_are_listed(registry: BareService):
    password = await opened(registry)
    listed = (await registry.get("/idle-employers?days=7", COUNTER)).json()
    assert [(row["employer_no"], row["last_log_in_at"]) for row in listed["rows"]] == [(NO, None)]
    assert await enter(registry, NO, password) == 200
    assert (await registry.get("/idle-employers?days=7", COUNTER)).json()["total"] == 0
    async with work_scope(registry.chassis, SYSTEM) as work:
        await work.session.execute(text("UPDATE accounts SET last_log_in_at = now() - interval '8 days'"))
    assert (await registry.get("/idle-employers?days=7", COUNTER)).json()["total"] == 1
    assert (await registry.get("/idle-employers?days=9", COUNTER)).json()["total"] == 0
    assert (await registry.get("/idle-employers", specialist(NO))).status_code == 403
