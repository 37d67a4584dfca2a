"""The gateway's JSON API as a program uses it: a session, idempotency keys, and patience."""

from __future__ import annotations

import asyncio
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from contracts.errors.code import ProblemBody

A = TypeVar("A", bound=BaseModel)
REFUSED, BUSY = 400, 500
FIRST_PAUSE, LONGEST_PAUSE, TRIES = 0.2, 10.0, 12


class RefusedError(RuntimeError):
    """The system said no; carries its problem."""

    def __init__(self, path: str, problem: ProblemBody) -> None:
        faults = "; ".join(fault.message for fault in problem.faults[:3])
        super().__init__(f"{path}: {problem.status} {problem.code} {problem.detail} {faults}")
        self.problem = problem


class Api:
    """Calls under one session, or under none."""

    def __init__(self, client: httpx.AsyncClient, token: str = "") -> None:
        self._client, self._token = client, token

    def under(self, token: str) -> Api:
        """The same connection under a session's token."""
        return Api(self._client, token)

    async def get(self, path: str, answer: type[A]) -> A:
        """Ask; RefusedError."""
        return answer.model_validate_json((await self._send("GET", path, b"", {})).content)

    async def post(self, path: str, answer: type[A], body: BaseModel | None = None, *, key: str = "") -> A:
        """Command; with a key it is safe to repeat, and a repeat gets the first answer. RefusedError."""
        headers = {"content-type": "application/json"} | ({"idempotency-key": key} if key else {})
        content = body.model_dump_json().encode() if body else b""
        return answer.model_validate_json((await self._send("POST", path, content, headers)).content)

    async def upload(self, path: str, answer: type[A], content: bytes, *, key: str) -> A:
        """Send a spreadsheet; RefusedError."""
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers = {"content-type": kind, "idempotency-key": key}
        return answer.model_validate_json((await self._send("POST", path, content, headers)).content)

    async def _send(self, method: str, path: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
        """Ask again while nobody answers or the system is busy: under its key a command has its effect once."""
        bearer = {"authorization": f"Bearer {self._token}"} if self._token else {}
        pause, last = FIRST_PAUSE, ""
        for _ in range(TRIES):
            try:
                response = await self._client.request(
                    method, f"/api/v1{path}", content=content, headers=headers | bearer
                )
            except httpx.TransportError as error:
                last = type(error).__name__
            else:
                if response.status_code < BUSY:
                    return _accepted(path, response)
                last = f"HTTP {response.status_code}"
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        raise ConnectionError(f"{path}: {last}, {TRIES} times")


def _accepted(path: str, response: httpx.Response) -> httpx.Response:
    if response.status_code < REFUSED:
        return response
    try:
        problem = ProblemBody.model_validate_json(response.content)
    except ValidationError:
        title = f"HTTP {response.status_code}"
        problem = ProblemBody(
            type="about:blank", title=title, status=response.status_code, code="", detail=response.text[:200]
        )
    raise RefusedError(path, problem)
