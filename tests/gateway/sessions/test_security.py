"""登录安全: open sessions listed and ended, one-time codes, and officers who must have them."""

from __future__ import annotations

import base64
import re
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from contracts.identity import WHOLE_CITY
from contracts.values import Role
from gateway.sessions import store
from tests.gateway.desk.test_applications import NO
from tests.gateway.desk.test_opening import opened
from tests.servers.house import House, Person, specialist

_END = re.compile(r"/security/sessions/([0-9a-f]{64})/end")
_TOTP = re.compile(r"<code>([A-Z2-7]{32})</code>")
_PASSWORD = re.compile(r'class="secret">([^<]+)<')


def code_of(secret: str, ahead: int = 0) -> str:
    made = TOTP(base64.b32decode(secret), 6, SHA1(), 30)  # what authenticators speak
    return made.generate(int(time.time()) + ahead).decode()


async def an_officer(home: House) -> tuple[str, Person]:
    """An officer with an account of the real registry, logged in with a password of one's own."""
    chief = await home.officer(Role.SECURITY_ADMIN, district=WHOLE_CITY, account="an.quan")
    page = await chief.send(
        "/desk/officers", account="liu.yan", display_name="刘岩", district="370602", roles=["counter"]
    )
    first, own = _PASSWORD.findall(page.text)[0], "Kelp7!tideQz"
    person = home.stranger()
    await person.send("/log-in", account="liu.yan", password=first)
    await person.get("/password")
    await person.send("/password", old=first, new=own, again=own)
    return own, person


async def test_1_5_a_session_elsewhere_is_listed_and_ended(home: House):
    here = await home.specialist()
    elsewhere = await store.open_session(home.gateway.chassis, specialist("3706000001"), address="10.0.0.9")
    page = (await here.get("/security")).text
    assert "10.0.0.9" in page
    assert page.count("本次登录") == 1
    ended = await here.send(f"/security/sessions/{_END.findall(page)[0]}/end")
    assert ended.headers["location"] == "/security?said=session_ended"
    assert await store.find(home.gateway.chassis, elsewhere, 30) is None
    assert "10.0.0.9" not in (await here.get("/security")).text


async def test_laws_nobody_ends_or_sees_the_sessions_of_another(home: House):
    here, other = await home.specialist(), await home.specialist("3706000002")
    page = (await here.get("/security")).text
    assert _END.findall(page) == []
    victim = (
        await home.gateway.rows(
            "SELECT encode(token_hash, 'hex') AS it FROM sessions WHERE account = :a", a="3706000002"
        )
    )[0]["it"]
    assert (await here.send(f"/security/sessions/{victim}/end")).status_code == 404
    assert (await other.get("/security")).status_code == 200


async def test_1_5_one_time_codes_are_set_up_and_asked_at_log_in(home: House):
    password, person = await an_officer(home)
    offered = await person.send("/security/totp")
    secret = _TOTP.findall(offered.text)[0]
    assert "<svg" in offered.text
    wrong = await person.send("/security/totp/confirm", code="12", secret=secret, uri="otpauth://totp/x")
    assert wrong.status_code == 422
    assert secret in wrong.text
    done = await person.send("/security/totp/confirm", code=code_of(secret), secret=secret, uri="x")
    assert done.headers["location"] == "/security?said=totp_on"
    again = home.stranger()
    refused = await again.send("/log-in", account="liu.yan", password=password)
    assert refused.status_code == 401
    entered = await again.send("/log-in", account="liu.yan", password=password, code=code_of(secret, 30))
    assert entered.headers["location"] == "/desk"


async def test_1_5_where_officers_need_codes_nothing_else_is_open_before(home: House):
    settings = home.gateway.app.state.settings
    home.gateway.app.state.settings = settings.model_copy(update={"officers_need_totp": True})
    try:
        password, _ = await an_officer(home)
        person = home.stranger()
        await person.send("/log-in", account="liu.yan", password=password)
        assert (await person.get("/desk")).headers["location"] == "/security"
        assert "须先启用动态口令" in (await person.get("/security")).text
        secret = _TOTP.findall((await person.send("/security/totp")).text)[0]
        await person.send("/security/totp/confirm", code=code_of(secret), secret=secret, uri="x")
        assert (await person.get("/desk")).status_code == 200
        clerk = await home.specialist()
        assert (await clerk.get("/account")).status_code == 200
    finally:
        home.gateway.app.state.settings = settings


async def test_1_5_an_officer_is_locked_unlocked_and_reset_at_the_desk(home: House):
    password, _ = await an_officer(home)
    chief = await home.officer(Role.SECURITY_ADMIN, district=WHOLE_CITY, account="an.quan")
    locked = await chief.send("/desk/officers/liu.yan/lock")
    assert locked.headers["location"] == "/desk/officers?said=account_locked"
    assert "已锁定" in (await chief.get("/desk/officers")).text
    out = await home.stranger().send("/log-in", account="liu.yan", password=password)
    assert out.status_code == 401
    await chief.send("/desk/officers/liu.yan/unlock")
    page = await chief.send("/desk/officers/liu.yan/password/reset")
    fresh = _PASSWORD.findall(page.text)[0]
    entered = await home.stranger().send("/log-in", account="liu.yan", password=fresh)
    assert entered.headers["location"] == "/password"


async def test_3_the_desk_lists_employers_that_nobody_logs_in_for(home: House):
    officer = await home.officer(Role.COUNTER)
    await opened(officer)
    page = (await officer.get("/desk/employers/idle?days=7")).text
    assert NO in page
    assert "从未登录" in page
