"""The bank door: verify, store durably, answer; billing may be down and nothing is lost."""

from __future__ import annotations

import hashlib
import logging
import time
from typing import TypeVar

from fastapi import APIRouter, FastAPI, Request
from prometheus_client import Counter
from pydantic import BaseModel, ValidationError
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from contracts.errors import chassis as chassis_codes
from contracts.errors import gateway as codes
from contracts.errors.code import Fault
from contracts.http.bank import Accepted, Notification, SlipQuestion
from contracts.http.billing import SlipForBank, SlipQuery
from contracts.identity import Caller
from contracts.values import Channel, Role
from gateway.bank.inbox import Letter, Outcome, accept
from gateway.bank.signature import Signed, verify
from gateway.sessions.visit import calls_of, settings_of
from services.chassis.group import GroupCommit
from services.chassis.problems import Problem, refusal
from services.chassis.runtime import Chassis

log = logging.getLogger(__name__)
router = APIRouter(prefix="/bank/v1", tags=["bank"])
NOTIFICATIONS = "/bank/v1/notifications"
BANK = Caller(account="bank", roles=frozenset({Role.SYSTEM}), channel=Channel.BANK)
C = TypeVar("C", bound=BaseModel)
ALARMING = {codes.SERIAL_REUSED.code}


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


class InFront:
    """Notifications pass before the routes: a framework's way through hundreds of them costs more than the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a notification, hand on everything else."""
        if scope["type"] != "http" or scope["path"] != NOTIFICATIONS or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        try:
            response = await notify(Request(scope, receive))
        except Exception as error:  # noqa: BLE001  # what is neither a refusal nor infrastructure is raised again
            response = refusal(error)
        await response(scope, receive, send)


def install(app: FastAPI) -> None:
    """Hang the door on the gateway."""
    app.state.door = Door(app.state.chassis)
    app.add_middleware(InFront)


def _read(model: type[C], body: bytes) -> C:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        faults = tuple(
            Fault(field=".".join(map(str, entry["loc"])), code=entry["type"], message=entry["msg"])
            for entry in error.errors()
        )
        raise Problem(chassis_codes.BAD_INPUT, field=faults[0].field, faults=faults) from error


async def _signed(request: Request) -> tuple[Signed, bytes]:
    body = await request.body()
    door: Door = request.app.state.door
    try:
        keys = settings_of(request).bank_keys
        return verify(keys, request.scope["path"], dict(request.headers), body, time.time()), body
    except Problem as problem:
        known = request.headers.get("x-bank", "")
        door.count(known if known in settings_of(request).bank_keys else "unknown", problem.body.code)
        raise


@router.post("/notifications", response_model=Accepted)
async def notify(request: Request) -> Response:
    """A slip was paid: stored and answered; (bank, serial) is the identity of the payment."""
    signed, body = await _signed(request)
    notification = _read(Notification, body)
    door: Door = request.app.state.door
    letter = Letter(signed.bank, signed.nonce, hashlib.sha256(body).digest(), notification)
    outcome = await door.group.add(letter)
    if isinstance(outcome, Problem):
        door.count(signed.bank, outcome.body.code)
        raise outcome
    door.count(signed.bank, "accepted")
    return Response(outcome.model_dump_json(), media_type="application/json")


@router.post("/slips/query")
async def query(request: Request) -> SlipForBank:
    """What a slip costs now, and whether it can still be paid."""
    signed, body = await _signed(request)
    question = _read(SlipQuestion, body)
    command = SlipQuery(bank=signed.bank, slip_no=question.slip_no)
    answer = await calls_of(request).as_(BANK).post("billing", "/slips/query", SlipForBank, command)
    door: Door = request.app.state.door
    door.count(signed.bank, "queried")
    return answer
