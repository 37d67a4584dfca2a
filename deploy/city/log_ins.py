"""First log-ins: an initial password is exchanged for one derived from the stack's secret."""

from __future__ import annotations

from http import HTTPStatus

from contracts.http.registry import ChangePassword, LoggedIn
from deploy.city.api import Api, RefusedError
from deploy.city.chance import Derived
from gateway.api.routes import NewSession, Opened
from services.registry.rules.passwords import initial_password


def own_password(secret: str, account: str) -> str:
    """The password an account of the demo city gets: random to everybody who lacks the secret."""
    return initial_password(Derived(secret, account))


async def log_in(api: Api, account: str, initial: str, own: str) -> Api:
    """Calls under a session of the account; RefusedError where neither password fits.

    An interrupted load may have changed the password already.
    """
    try:
        opened = await _open(api, account, initial)
    except RefusedError as error:
        if error.problem.status != HTTPStatus.UNAUTHORIZED:
            raise
        return api.under((await _open(api, account, own)).token)
    session = api.under(opened.token)
    if opened.who.must_change_password:
        await session.post("/password", LoggedIn, ChangePassword(old=initial, new=own))
    return session


async def _open(api: Api, account: str, password: str) -> Opened:
    return await api.post("/sessions", Opened, NewSession(account=account, password=password))
