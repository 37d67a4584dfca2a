"""Before the browser comes in: an officer registers an employer and opens the online service, by the JSON API."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import httpx

from contracts.http.registry import EmployerView, NewAccount, NewOfficer, OpeningReceipt
from contracts.values import Role
from deploy.city.api import Api
from deploy.city.log_ins import log_in, own_password
from tests.flows import people
from tests.servers.stack import Stack


@dataclass(frozen=True)
class Opened:
    """What the printed opening slip says, and the password the specialist will choose."""

    number: str
    name: str
    initial: str
    own: str


def opened(system: Stack, place: int) -> Opened:
    """An employer with nobody in it yet; `place` makes it one of its own."""
    return asyncio.run(_opened(system, place))


async def _opened(system: Stack, place: int) -> Opened:
    secret = system.secrets.first_password
    async with httpx.AsyncClient(base_url=system.gateway, timeout=60.0) as client:
        api = Api(client)
        account = system.secrets.first_account
        admin = await log_in(api, account, secret, own_password(secret, account))
        officer = NewOfficer(
            account="guitai", display_name="柜台甲", roles=frozenset({Role.COUNTER}), district="370602"
        )
        made = await admin.post("/officers", NewAccount, officer, key="guitai")
        counter = await log_in(api, "guitai", made.initial_password, own_password(secret, "guitai"))
        employer = await counter.post("/employers", EmployerView, people.entry(place), key=f"{place}")
        number = employer.employer_no
        receipt = await counter.post(f"/employers/{number}/opening", OpeningReceipt, people.opening(place))
        return Opened(number, employer.name, receipt.initial_password, own_password(secret, number))
