"""The bank door: verify, store durably, answer; billing may be down and nothing is lost."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Mapping
from typing import TypeVar

from fastapi import APIRouter, FastAPI, Request
from prometheus_client import Counter
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from contracts.errors import chassis as chassis_codes
from contracts.errors import gateway as codes
from contracts.errors.code import Fault
from contracts.http.bank import Accepted, Notification, SlipQuestion
from contracts.http.billing import SlipForBank, SlipQuery
from contracts.identity import Caller
from contracts.values import Channel, Role
from gateway.bank.inbox import Letter, Outcome, accept
from gateway.bank.signature import Signed, verify
from gateway.sessions.visit import calls_of
from gateway.settings import BankKeys
from services.chassis.group import GroupCommit
from services.chassis.problems import Problem, refusal
from services.chassis.runtime import Chassis

log = logging.getLogger(__name__)
router = APIRouter(prefix="/bank/v1", tags=["bank"])
NOTIFICATIONS = "/bank/v1/notifications"
BANK = Caller(account="bank", roles=frozenset({Role.SYSTEM}), channel=Channel.BANK)
C = TypeVar("C", bound=BaseModel)
ALARMING = {codes.SERIAL_REUSED.code}
_JSON = (b"content-type", b"application/json")


class Door:
    """The group commit of notifications and the count of what came in."""

    def __init__(self, chassis: Chassis) -> None:
        self.group: GroupCommit[Letter, Outcome] = GroupCommit(chassis, BANK, accept)
        self.calls = Counter(
            "si_bank_calls",
            "Calls of banks by outcome",
            ("bank", "outcome"),
            registry=chassis.metrics.registry,
        )

    def count(self, bank: str, outcome: str) -> None:
        """Count a call; a serial with two contents is also an alarm in the log."""
        self.calls.labels(bank, outcome).inc()
        if outcome in ALARMING:
            log.error("bank serial came with another content", extra={"bank": bank})


class Front(FastAPI):
    """The gateway, whose door stands before all middleware and routes: their way costs more than a notification."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a notification, hand on everything else."""
        if scope["type"] == "http" and scope["path"] == NOTIFICATIONS and scope["method"] == "POST":
            await _notified(self, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


async def _notified(app: FastAPI, scope: Scope, receive: Receive, send: Send) -> None:
    given = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    try:
        content = await _take(app, given, await _body_of(receive))
    except ClientDisconnect:
        return
    except Exception as error:  # noqa: BLE001  # what is neither a refusal nor infrastructure is raised again
        await refusal(error)(scope, receive, send)
        return
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [_JSON, length]})
    await send({"type": "http.response.body", "body": content})


def install(app: FastAPI) -> None:
    """Hang the door on the gateway."""
    app.state.door = Door(app.state.chassis)


def _read(model: type[C], body: bytes) -> C:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        faults = tuple(
            Fault(field=".".join(map(str, entry["loc"])), code=entry["type"], message=entry["msg"])
            for entry in error.errors()
        )
        raise Problem(chassis_codes.BAD_INPUT, field=faults[0].field, faults=faults) from error


async def _body_of(receive: Receive) -> bytes:
    pieces: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        pieces.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(pieces)


def _signed(app: FastAPI, path: str, given: Mapping[str, str], body: bytes) -> Signed:
    keys: BankKeys = app.state.settings.bank_keys
    try:
        return verify(keys, path, given, body, time.time())
    except Problem as problem:
        known = given.get("x-bank", "")
        app.state.door.count(known if known in keys else "unknown", problem.body.code)
        raise


@router.post("/notifications", response_model=Accepted)
async def notify(request: Request) -> Response:
    """A slip was paid: stored and answered; (bank, serial) is the identity of the payment."""
    content = await _take(request.app, request.headers, await request.body())
    return Response(content, media_type="application/json")


async def _take(app: FastAPI, given: Mapping[str, str], body: bytes) -> bytes:
    """Verify, store durably, answer."""
    signed = _signed(app, NOTIFICATIONS, given, body)
    notification = _read(Notification, body)
    door: Door = app.state.door
    letter = Letter(signed.bank, signed.nonce, hashlib.sha256(body).digest(), notification)
    outcome = await door.group.add(letter)
    if isinstance(outcome, Problem):
        door.count(signed.bank, outcome.body.code)
        raise outcome
    door.count(signed.bank, "accepted")
    return outcome.model_dump_json().encode()


@router.post("/slips/query")
async def query(request: Request) -> SlipForBank:
    """What a slip costs now, and whether it can still be paid."""
    body = await request.body()
    signed = _signed(request.app, request.scope["path"], request.headers, body)
    question = _read(SlipQuestion, body)
    command = SlipQuery(bank=signed.bank, slip_no=question.slip_no)
    answer = await calls_of(request).as_(BANK).post("billing", "/slips/query", SlipForBank, command)
    door: Door = request.app.state.door
    door.count(signed.bank, "queried")
    return answer
