"""Calls from one process to another: signed caller, typed answers, problems passed on, event ids collected."""

from __future__ import annotations

import re
import ssl
from collections.abc import Sequence
from functools import cache
from typing import TypeVar
from urllib.parse import urlencode

import httpx
from pydantic import BaseModel, ValidationError

from contracts.errors import chassis as codes
from contracts.http.chassis import Health
from contracts.identity import Caller
from services.chassis.http import KEY
from services.chassis.identity import sign
from services.chassis.problems import Problem, RemoteProblem, read
from services.chassis.rendezvous import AFTER, CAUGHT_UP, EVENT_IDS
from services.chassis.settings import Settings

A = TypeVar("A", bound=BaseModel)
Query = dict[str, str | int | None]
REFUSED = 400
_FIT_KEY = re.compile(r"[!-~]{1,200}")
"""A key travels as a header: printable, without blanks."""
PROCESSES = ("registry", "enrollment", "billing", "notices", "gateway")


@cache
def _tls() -> ssl.SSLContext:
    """The trusted authorities, read once a process: a client that reads them itself takes 30 ms to make."""
    return httpx.create_ssl_context()


class Calls:
    """One client for all neighbours, or `only` some; connections are kept."""

    def __init__(
        self,
        settings: Settings,
        transports: dict[str, httpx.AsyncBaseTransport] | None = None,
        *,
        only: Sequence[str] = PROCESSES,
    ) -> None:
        self._key = bytes.fromhex(settings.caller_key.get_secret_value())
        self._clients = {
            name: httpx.AsyncClient(
                base_url=settings.url_of(name),
                transport=(transports or {}).get(name),
                timeout=30.0,
                verify=_tls(),
            )
            for name in only
        }

    async def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()

    def as_(self, caller: Caller, *, after: str = "") -> CallsAs:
        """Calls in a caller's name; `after` names events the answer must have seen."""
        return CallsAs(self, caller, after)

    async def send(
        self, process: str, method: str, path: str, caller: Caller, *, body: bytes, headers: dict[str, str]
    ) -> httpx.Response:
        """Send one signed request; Problem UNAVAILABLE where nobody answers, RemoteProblem for a refusal."""
        signed = sign(self._key, method, path, caller) | headers
        try:
            response = await self._clients[process].request(method, path, content=body, headers=signed)
        except httpx.TransportError as error:
            raise Problem(codes.UNAVAILABLE) from error
        if response.status_code >= REFUSED:
            raise RemoteProblem(read(response.status_code, response.content))
        return response

    async def health(self, process: str) -> Health | None:
        """Health of a process, also of one that says it is not ready; none where nobody answers."""
        try:
            response = await self._clients[process].get("/health", timeout=5.0)
            return Health.model_validate_json(response.content)
        except (httpx.TransportError, ValidationError):
            return None


class CallsAs:
    """Calls of one request; it remembers the events its commands made."""

    def __init__(self, calls: Calls, caller: Caller, after: str) -> None:
        self._calls = calls
        self.caller = caller
        self.after = after
        self.caught_up = True

    async def get(self, process: str, path: str, answer: type[A], query: Query | None = None) -> A:
        """Ask; `caught_up` falls where the answer may not have seen the caller's last command."""
        text = urlencode({name: value for name, value in (query or {}).items() if value is not None})
        target = f"{path}?{text}" if text else path
        headers = {AFTER: self.after} if self.after else {}
        response = await self._calls.send(process, "GET", target, self.caller, body=b"", headers=headers)
        self.caught_up = self.caught_up and response.headers.get(CAUGHT_UP, "yes") == "yes"
        return answer.model_validate_json(response.content)

    async def post(
        self, process: str, path: str, answer: type[A], body: BaseModel | None = None, *, key: str = ""
    ) -> A:
        """Command; an idempotency key makes it safe to ask again. Problem BAD_INPUT for what can be no key."""
        if key and not _FIT_KEY.fullmatch(key):
            raise Problem(codes.BAD_INPUT, field="key")
        headers = {"content-type": "application/json"} | ({KEY: key} if key else {})
        content = body.model_dump_json().encode() if body else b""
        response = await self._calls.send(process, "POST", path, self.caller, body=content, headers=headers)
        if made := response.headers.get(EVENT_IDS, ""):
            self.after = f"{self.after} {made}".strip()
        return answer.model_validate_json(response.content)

    async def upload(self, process: str, path: str, answer: type[A], content: bytes) -> A:
        """Send a file as the body."""
        headers = {"content-type": "application/octet-stream"}
        response = await self._calls.send(process, "POST", path, self.caller, body=content, headers=headers)
        return answer.model_validate_json(response.content)

    async def download(self, process: str, path: str) -> tuple[bytes, str]:
        """A file with its media type."""
        response = await self._calls.send(process, "GET", path, self.caller, body=b"", headers={})
        return response.content, response.headers["content-type"]
