"""A load that is taken up again logs its people in without failed tries that would make the address wait."""

from __future__ import annotations

import httpx

from contracts.http.registry import NewAccount, NewOfficer
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from deploy.city.api import Api
from deploy.city.log_ins import Order, log_in, own_password
from services.registry.bootstrap import bootstrap
from tests.servers.house import House, house
from tests.servers.postgres import Databases

SECRET = "Hai-Feng-2016-yantai"
FAILED = "SELECT coalesce(max(failed), 0) AS most FROM failed_tries"


async def all_in(api: Api) -> None:
    """The first officer and eight more, as the loader makes them and logs them in."""
    order = Order()
    admin = await log_in(api, "anquan", SECRET, own_password(SECRET, "anquan"), order)
    for number in range(8):
        account = f"guitai{number}"
        asked = NewOfficer(
            account=account, display_name="柜台", roles=frozenset({Role.COUNTER}), district=WHOLE_CITY
        )
        made = await admin.post("/officers", NewAccount, asked, key=account)
        await log_in(api, account, made.initial_password, own_password(SECRET, account), order)


async def failed(home: House) -> int:
    return int((await home.registry.rows(FAILED))[0]["most"])


async def test_a_repeated_load_fails_at_one_log_in_and_no_more(databases: Databases) -> None:
    async with house(databases) as home:
        first = NewOfficer(
            account="anquan",
            display_name="安全管理员",
            roles=frozenset({Role.SECURITY_ADMIN}),
            district=WHOLE_CITY,
        )
        assert await bootstrap(home.registry.chassis.settings, first, SECRET)
        transport = httpx.ASGITransport(app=home.gateway.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
            await all_in(Api(client))
            assert await failed(home) == 0
            await all_in(Api(client))
            assert await failed(home) == 1
