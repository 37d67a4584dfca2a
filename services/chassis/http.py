"""The HTTP edge of a service: caller verified, one unit of work a request, answer stored by its key."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from sqlalchemy import func, insert, select
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.identity import Caller
from services.chassis.clocks import wall_now
from services.chassis.identity import verify
from services.chassis.problems import Problem
from services.chassis.rendezvous import AFTER, CAUGHT_UP, EVENT_IDS, catch_up, write_ids
from services.chassis.runtime import Chassis
from services.chassis.work import UnitOfWork, read_scope, work_scope

KEY = "idempotency-key"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def chassis_of(request: Request) -> Chassis:
    """The running process behind a request."""
    found: Chassis = request.app.state.chassis
    return found


def _work(request: Request) -> UnitOfWork:
    found: UnitOfWork = request.state.work
    return found


Work = Annotated[UnitOfWork, Depends(_work)]
"""The request's unit of work; GET and HEAD get a read-only one."""


async def _stored(work: UnitOfWork, route: str, key: str, digest: bytes) -> Response | None:
    """The answer given before to this key; a key met with another request is refused."""
    table = work.chassis.service.tables.idempotency_keys
    name = f"{work.caller.account} {route} {key}"
    await work.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    row = await work.session.get(table, (work.caller.account, route, key))
    if row is None:
        return None
    if row.request_hash != digest:
        raise Problem(codes.KEY_REUSED)
    return Response(work.chassis.vault.open(row.answer), row.status, dict(row.headers))


async def _store(work: UnitOfWork, route: str, key: str, digest: bytes, answer: Response) -> None:
    """Keep the answer sealed: it may carry personal data, or a password that is told once."""
    headers = {name: answer.headers[name] for name in ("content-type", EVENT_IDS) if name in answer.headers}
    await work.session.execute(
        insert(work.chassis.service.tables.idempotency_keys).values(
            account=work.caller.account,
            route=route,
            key=key,
            request_hash=digest,
            status=answer.status_code,
            answer=work.chassis.vault.seal(bytes(answer.body).decode()),
            headers=headers,
            at=wall_now(),
        )
    )


class WorkRoute(APIRoute):
    """A route whose handler runs inside one unit of work, committed before the answer leaves."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's own handler."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            chassis, started = chassis_of(request), time.perf_counter()
            caller = caller_of(request, chassis)
            run = _read if request.method in ("GET", "HEAD") else _command
            status = "error"
            try:
                response = await run(chassis, caller, request, inner, self.path)
                status = str(response.status_code)
                return response
            except Problem as problem:
                status = str(problem.body.status)
                raise
            finally:
                chassis.metrics.requests.labels(self.path, status).inc()
                chassis.metrics.request_seconds.labels(self.path).observe(time.perf_counter() - started)

        return handle


def caller_of(request: Request, chassis: Chassis) -> Caller:
    """The verified caller; path with query string is under the signature."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    key = bytes.fromhex(chassis.settings.caller_key.get_secret_value())
    return verify(key, request.method, path, request.headers)


def _signed(request: Request) -> Caller:
    return caller_of(request, chassis_of(request))


Signed = Annotated[Caller, Depends(_signed)]
"""The verified caller of a route that opens its own units of work; nobody's body is read before."""


async def _read(chassis: Chassis, caller: Caller, request: Request, inner: Handler, route: str) -> Response:
    del route
    caught_up = await catch_up(chassis, request.headers.get(AFTER, ""))
    async with read_scope(chassis, caller) as work:
        request.state.work = work
        response = await inner(request)
    response.headers[CAUGHT_UP] = "yes" if caught_up else "no"
    return response


async def _command(
    chassis: Chassis, caller: Caller, request: Request, inner: Handler, route: str
) -> Response:
    key = request.headers.get(KEY, "")
    digest = hashlib.sha256(request.url.path.encode() + b"\n" + await request.body()).digest() if key else b""
    async with work_scope(chassis, caller) as work:
        request.state.work = work
        if key and (stored := await _stored(work, route, key, digest)):
            return stored
        response = await inner(request)
        if work.last_events:
            response.headers[EVENT_IDS] = write_ids(work.last_events)
        if key:
            await _store(work, route, key, digest, response)
        return response
