"""Refusals: an exception with a code that becomes an RFC 9457 problem with a Chinese message."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from contracts.errors import chassis as codes
from contracts.errors.code import ErrorCode, Fault, ProblemBody
from services.chassis.failures import INFRASTRUCTURE, is_infrastructure
from services.chassis.policy import MissingPolicy

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A refusal with its code, the field it is about, further faults, and values for the message."""

    def __init__(
        self, code: ErrorCode, *, field: str = "", faults: tuple[Fault, ...] = (), **values: object
    ) -> None:
        super().__init__(code.code)
        self.body = ProblemBody(
            type=f"urn:problem:{code.code}",
            title=code.code,
            status=code.status,
            code=code.code,
            detail=code.message.format(**values),
            todo=code.todo.format(**values),
            clause=code.clause,
            field=field,
            faults=faults,
        )


def answer(body: ProblemBody) -> Response:
    """The HTTP answer of a problem."""
    return JSONResponse(body.model_dump(mode="json"), body.status, media_type=MEDIA_TYPE)


def http_answer(error: HTTPException) -> Response:
    """The answer where there is no such address, or none for this method."""
    code = codes.NOT_FOUND if error.status_code == codes.NOT_FOUND.status else codes.BAD_INPUT
    return answer(Problem(code).body.model_copy(update={"status": error.status_code}))


def _fault(error: dict[str, Any]) -> Fault:
    place = ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path"))
    return Fault(field=place, code=str(error["type"]), message=str(error["msg"]))


def install(app: FastAPI) -> None:
    """Let every refusal of a process leave as a problem."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, problem: Problem) -> Response:
        request.app.state.chassis.metrics.refused.labels(problem.body.code).inc()
        return answer(problem.body)

    @app.exception_handler(MissingPolicy)
    async def _policy(_: Request, missing: MissingPolicy) -> Response:
        return answer(Problem(codes.MISSING_POLICY, what=missing.what, when=missing.when).body)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> Response:
        faults = tuple(_fault(entry) for entry in error.errors())
        return answer(Problem(codes.BAD_INPUT, field=faults[0].field if faults else "", faults=faults).body)

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> Response:
        return http_answer(error)

    for kind in (*INFRASTRUCTURE, DBAPIError):
        app.add_exception_handler(kind, _unavailable)


async def _unavailable(_: Request, error: Exception) -> Response:
    return refusal(error)


def refusal(error: Exception) -> Response:
    """The answer to a refusal; database or broker away: try later; a fault of ours is raised again."""
    if isinstance(error, Problem):
        return answer(error.body)
    if not is_infrastructure(error):
        raise error
    return answer(Problem(codes.UNAVAILABLE).body)


def read(status: int, content: bytes) -> ProblemBody:
    """The problem another process answered; anything unreadable counts as `unavailable`."""
    try:
        return ProblemBody.model_validate(json.loads(content))
    except ValueError:
        return Problem(codes.UNAVAILABLE).body.model_copy(update={"status": max(status, 500)})


class RemoteProblem(Problem):
    """A problem that another process answered, passed on as it is."""

    def __init__(self, body: ProblemBody) -> None:
        Exception.__init__(self, body.code)
        self.body = body
