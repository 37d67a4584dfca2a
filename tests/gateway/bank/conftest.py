"""The bank door on PostgreSQL."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from gateway.bank import signature
from tests.servers.house import BANK_KEY, House, house
from tests.servers.postgres import Databases

NOTIFY, QUERY = "/bank/v1/notifications", "/bank/v1/slips/query"
PAID = {
    "serial": "ICBC20160909000001",
    "slip_no": "37060001230000018",
    "amount": 860258,
    "paid_at": "2016-09-09T10:05:00+08:00",
    "clearing_day": "2016-09-09",
    "payer_account": "1606020109000000001",
    "payer_name": "烟台海源机械有限公司",
}


@dataclass
class Bank:
    """A bank's client."""

    home: House
    algorithm: str = signature.SHA256
    key: bytes = BANK_KEY

    async def call(
        self, path: str, body: bytes, *, nonce: str = "", ago: int = 0, forged: dict[str, str] | None = None
    ) -> httpx.Response:
        signed = signature.headers(
            "ICBC",
            "k1",
            self.key,
            path=path,
            body=body,
            stamp=int(time.time()) - ago,
            nonce=nonce or uuid4().hex,
            algorithm=self.algorithm,
        )
        return await self.home.gateway.client.post(path, content=body, headers=signed | (forged or {}))

    async def notify(
        self, changes: dict[str, Any] | None = None, *, nonce: str = "", ago: int = 0
    ) -> httpx.Response:
        body = json.dumps(PAID | (changes or {}), ensure_ascii=False).encode()
        return await self.call(NOTIFY, body, nonce=nonce, ago=ago)

    def counted(self, outcome: str) -> float:
        """The door's count of an outcome."""
        registry = self.home.gateway.chassis.metrics.registry
        return registry.get_sample_value("si_bank_calls_total", {"bank": "ICBC", "outcome": outcome}) or 0.0


@pytest.fixture
async def bank(databases: Databases) -> AsyncIterator[Bank]:
    async with house(databases) as home:
        yield Bank(home)
