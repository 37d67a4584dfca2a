"""First log-ins: an initial password is exchanged for one derived from the stack's secret."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from contracts.http.registry import ChangePassword, LoggedIn
from deploy.city.api import Api, RefusedError
from deploy.city.chance import Derived
from gateway.api.routes import NewSession, Opened
from services.registry.rules.passwords import initial_password


def own_password(secret: str, account: str) -> str:
    """The password an account of the demo city gets: random to everybody who lacks the secret."""
    return initial_password(Derived(secret, account))


@dataclass
class Order:
    """Which password is tried first: the one that fitted last, for an address that fails too often must wait."""

    own_first: bool = False


async def log_in(api: Api, account: str, initial: str, own: str, order: Order | None = None) -> Api:
    """Calls under a session of the account; RefusedError where neither password fits.

    An interrupted load may have changed the password already.
    """
    order = order or Order()
    first, second = (own, initial) if order.own_first else (initial, own)
    try:
        opened = await _open(api, account, first)
    except RefusedError as error:
        if error.problem.status != HTTPStatus.UNAUTHORIZED:
            raise
        opened = await _open(api, account, second)
        order.own_first = second == own
    session = api.under(opened.token)
    if opened.who.must_change_password:
        await session.post("/password", LoggedIn, ChangePassword(old=initial, new=own))
    return session


async def _open(api: Api, account: str, password: str) -> Opened:
    return await api.post("/sessions", Opened, NewSession(account=account, password=password))
