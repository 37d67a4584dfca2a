"""What a desk page asks of its neighbours: names of employers, and acts for an employer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel

from contracts.http.registry import EmployerView
from gateway.parts import part
from gateway.sessions.visit import Visit

B = TypeVar("B", bound=BaseModel)


async def employer_of(visit: Visit, employer_no: str) -> EmployerView:
    """The employer, within the officer's reach; so no page acts for a foreign one."""
    return await visit.calls.get("registry", f"/employers/{employer_no}", EmployerView)


async def names(visit: Visit, employer_nos: Iterable[str]) -> dict[str, str]:
    """Names of employers for one page of a list; an unknown number stands for itself."""
    numbers = sorted(set(employer_nos))
    asked = (part(visit.calls.get("registry", f"/employers/{no}", EmployerView)) for no in numbers)
    found = await asyncio.gather(*asked)
    return {no: entry.value.name if entry.value else no for no, entry in zip(numbers, found, strict=True)}


async def post_for(
    visit: Visit,
    employer_no: str,
    process: str,
    path: str,
    answer: type[B],
    body: BaseModel | None = None,
    *,
    key: str = "",
) -> B:
    """A command on behalf of an employer (协议 五); the next page will have seen its events."""
    acting = visit.on_behalf(employer_no)
    made = await acting.post(process, path, answer, body, key=key)
    visit.calls.after = acting.after
    return made
