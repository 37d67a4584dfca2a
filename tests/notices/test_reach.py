"""No route of notices without a caller (laws of the house)."""

import re
from collections.abc import Iterator

from fastapi.routing import APIRoute

from services.notices.api import ROUTERS
from tests.servers.bare_service import BareService

NOBODY = "00000000-0000-0000-0000-000000000000"


def routes() -> Iterator[tuple[str, str]]:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods or ()):
                yield method, re.sub(r"{[^}]+}", NOBODY, route.path)


async def test_laws_without_a_caller_every_route_is_closed(notices: BareService):
    asked = list(routes())
    assert len(asked) == 13
    for method, path in asked:
        answer = await notices.client.request(method, path, json={})
        assert (answer.status_code, answer.json()["code"]) == (401, "identity.missing"), path
    forged = {"caller": "e30=", "caller-time": "1473642000", "caller-signature": "0" * 64}
    for method, path in asked:
        answer = await notices.client.request(method, path, json={}, headers=forged)
        assert answer.status_code == 401, path
