"""A session that was revoked, ended or left idle is answered like none (domain 1.5)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from contracts.events.registry import AccountRevoked
from gateway.sessions import store
from services.chassis.clocks import wall_now
from tests.servers.house import House, specialist

NO = "3706000001"


async def revoked(home: House) -> str:
    token = await store.open_session(home.gateway.chassis, specialist(NO))
    before = wall_now() + timedelta(seconds=1)
    await home.gateway.take(AccountRevoked(version=1, account=NO, before=before, why="superseded"))
    return token


async def ended(home: House) -> str:
    token = await store.open_session(home.gateway.chassis, specialist(NO))
    await store.end(home.gateway.chassis, token)
    return token


async def answers(home: House, token: str) -> list[tuple[int, bytes, str]]:
    """A page, a part of one, a command, and the API, with everything an answer says."""
    client = home.stranger(sid=token).client
    bearer = {"authorization": f"Bearer {token}"}
    found = [
        await client.get("/account"),
        await client.get("/account", headers={"hx-request": "true"}),
        await client.post("/log-out"),
        await home.gateway.client.get(f"/api/v1/employers/{NO}", headers=bearer),
        await client.get("/live"),
    ]
    return [(one.status_code, one.content, str(sorted(told(one).items()))) for one in found]


def told(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


@pytest.mark.parametrize("why", [revoked, ended])
async def test_1_5_a_session_that_is_over_is_answered_like_none(home: House, why):
    assert await answers(home, await why(home)) == await answers(home, "nobody's-cookie")


@pytest.mark.parametrize("path", ["/log-in", "/api/v1/sessions"])
async def test_1_5_the_log_in_says_one_thing_to_everybody(home: House, path: str):
    said = set()
    for account in ("3706999999", "nobody", "-", "gao.min"):
        form = {"account": account, "password": "wrong"}
        api = "api" in path
        client = home.gateway.client
        answer = await client.post(path, json=form if api else None, data=None if api else form)
        said.add((answer.status_code, answer.text.replace(f'value="{account}"', 'value=""')))
    ((status, text),) = said
    assert (status, "登录名或密码不正确，或该账户暂时不能登录" in text) == (401, True)
