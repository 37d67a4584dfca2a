"""Parts of a page that may fail alone: a neighbour that is down takes its part with it, never the page."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.errors import chassis as codes
from contracts.errors.code import ProblemBody
from services.chassis.problems import Problem

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Part(Generic[A]):
    """One part of a page: its value, or why it could not be had while the rest stands."""

    value: A | None = None
    problem: ProblemBody | None = None

    @property
    def absent(self) -> bool:
        """True where its owner answers that there is no such thing."""
        return self.problem is not None and self.problem.code == codes.NOT_FOUND.code

    @property
    def down(self) -> bool:
        """True where its owner could not answer."""
        return self.value is None and not self.absent


async def part(answer: Awaitable[A]) -> Part[A]:
    """Await a part of a page."""
    try:
        return Part(await answer)
    except Problem as problem:
        return Part(problem=problem.body)
