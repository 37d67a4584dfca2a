"""A route of the JSON API as one row: where it stands, who owns it, what goes in and comes out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel

from gateway.api.access import ApiCaller, calls_as, for_employer
from services.chassis.http import KEY
from services.chassis.rendezvous import CAUGHT_UP, EVENT_IDS

EMPLOYER = "/employers/{employer_no}"
_NAMES = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Row:
    """`target` is the owner's path; under /employers/{employer_no} the caller acts for that employer."""

    method: str
    path: str
    process: str
    target: str
    answer: type[BaseModel]
    summary: str
    body: type[BaseModel] | None = None
    query: tuple[str, ...] = ()
    own: bool = True
    """False where the path names an employer that the officer only looks at or makes."""


def _parameters(row: Row) -> list[inspect.Parameter]:
    kind = inspect.Parameter.KEYWORD_ONLY
    made = [
        inspect.Parameter("request", kind, annotation=Request),
        inspect.Parameter("response", kind, annotation=Response),
        inspect.Parameter("caller", kind, annotation=ApiCaller),
        inspect.Parameter("key", kind, annotation=str, default=Header(default="", alias=KEY)),
    ]
    made += [inspect.Parameter(name, kind, annotation=str) for name in _NAMES.findall(row.path)]
    made += [
        inspect.Parameter(name, kind, annotation=str | None, default=Query(default=None))
        for name in row.query
    ]
    if row.body:
        made.append(inspect.Parameter("body", kind, annotation=row.body))
    return made


def _endpoint(row: Row) -> Callable[..., Awaitable[BaseModel]]:
    async def endpoint(
        *, request: Request, response: Response, caller: ApiCaller, key: str, **given: Any
    ) -> BaseModel:
        names = {name: given[name] for name in _NAMES.findall(row.path)}
        if row.own and row.path.startswith(EMPLOYER):
            caller = for_employer(caller, names["employer_no"])
        calls = calls_as(request, caller)
        target = row.target.format(**names)
        if row.method == "GET":
            answer = await calls.get(row.process, target, row.answer, {n: given[n] for n in row.query})
            response.headers[CAUGHT_UP] = "yes" if calls.caught_up else "no"
            return answer
        before = calls.after
        answer = await calls.post(row.process, target, row.answer, given.get("body"), key=key)
        if made := calls.after[len(before) :].strip():
            response.headers[EVENT_IDS] = made
        return answer

    endpoint.__signature__ = inspect.Signature(_parameters(row))  # type: ignore[attr-defined]  # what FastAPI reads
    return endpoint


def add(router: APIRouter, row: Row) -> None:
    """Put a row on the router."""
    router.add_api_route(
        row.path,
        _endpoint(row),
        methods=[row.method],
        response_model=row.answer,
        summary=row.summary,
        operation_id=f"{row.method.lower()}_{re.sub(r'[^a-z0-9]+', '_', row.path.lower()).strip('_')}",
        tags=[row.process],
    )
