"""Orders to pay as the tests make them: prepared by arrears, released by an officer."""

from typing import Any

from tests.notices.conftest import (
    COLLECTION,
    ONE,
    opened,
    registered,
)
from tests.servers.bare_service import BareService

FIRST = f"{ONE}/order/烟芝社保责〔2016〕第0001号"


async def prepared(notices: BareService, caller: Any = COLLECTION) -> list[str]:
    answer = await notices.get("/orders?state=prepared", caller)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["rows"]]


async def release(notices: BareService, *ids: str, caller: Any = COLLECTION, **more: str) -> Any:
    return await notices.post("/orders/release", caller, {"ids": list(ids), **more})


async def issued(notices: BareService) -> dict[str, Any]:
    """V1's September in arrears, prepared and released on the business date."""
    await notices.take(registered(), opened())
    answer = await release(notices, *await prepared(notices))
    assert answer.status_code == 200, answer.text
    row: dict[str, Any] = answer.json()["rows"][0]
    return row
