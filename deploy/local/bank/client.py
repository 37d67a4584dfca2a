"""A bank's own client of the bank door, after gateway/bank/README.md."""

from __future__ import annotations

import json
import secrets
import time
from datetime import datetime
from typing import TypeVar

import httpx
from pydantic import BaseModel

from contracts.errors.code import ProblemBody
from contracts.http.bank import Accepted, Notification, SlipQuestion
from contracts.http.billing import SlipForBank
from deploy.local.bank.settings import Settings
from gateway.bank.signature import headers

A = TypeVar("A", bound=BaseModel)
QUERY, NOTIFY = "/bank/v1/slips/query", "/bank/v1/notifications"
OK = 200
NO_ANSWER = ProblemBody(
    type="about:blank",
    title="no answer",
    status=504,
    code="bank.no_answer",
    detail="社保系统没有应答，结果未知",
    todo="请用同一流水号重发，直到得到应答；不要更换流水号",
)


class Client:
    """Signs every call with the newest key of its bank."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.bank, keys = next(iter(settings.bank_keys.items()))
        self._key_id, self._key = max(keys.items())
        self._http = httpx.AsyncClient(base_url=settings.gateway_url, transport=transport, timeout=15.0)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def serial(self, moment: datetime) -> str:
        """A fresh 流水号, unique within this bank."""
        return f"{self.bank}{moment:%Y%m%d%H%M%S}{secrets.randbelow(10**6):06}"

    async def query(self, question: SlipQuestion) -> SlipForBank | ProblemBody:
        """What a slip costs."""
        return await self._send(QUERY, question, SlipForBank)

    async def notify(self, notification: Notification) -> Accepted | ProblemBody:
        """A slip was paid; NO_ANSWER means that the same notification must be sent again."""
        return await self._send(NOTIFY, notification, Accepted)

    async def _send(self, path: str, message: BaseModel, answer: type[A]) -> A | ProblemBody:
        body = message.model_dump_json().encode()
        signed = headers(
            self.bank,
            self._key_id,
            self._key,
            path=path,
            body=body,
            stamp=int(time.time()),
            nonce=secrets.token_hex(16),
        )
        try:
            response = await self._http.post(path, content=body, headers=signed)
        except httpx.TransportError:
            return NO_ANSWER
        if response.status_code == OK:
            return answer.model_validate_json(response.content)
        return _refusal(response)


def _refusal(response: httpx.Response) -> ProblemBody:
    try:
        return ProblemBody.model_validate(json.loads(response.content))
    except ValueError:
        return NO_ANSWER
