"""What a bench says: one value against a goal, and against what the machine could do at most."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """One figure; `limit` is the bare operation's own, `ratio` the value over it."""

    id: str
    value: float
    unit: str
    limit: float
    ratio: float
    goal: str
    ok: bool
    load: float = field(default_factory=lambda: round(os.getloadavg()[0], 1))
    """Processes that wanted a core when it ended: above the number of cores the value is a lower bound."""


def rate(name: str, value: float, unit: str, bare: float, least: float) -> Result:
    """A rate that must reach `least`; `bare` is the rate of the operation alone."""
    return Result(
        name, round(value), unit, round(bare), round(value / bare, 2), f">= {least:g}", value >= least
    )


def slower(name: str, value: float, bare: float, most: float) -> Result:
    """Seconds that may be at most so many times the bare operation's."""
    ratio = value / bare
    return Result(
        name, round(value, 2), "s", round(bare, 2), round(ratio, 2), f"<= {most:g} x", ratio <= most
    )


def cost(name: str, core: float, wall: float) -> Result:
    """Seconds on a core for one call, beside the time between two calls: a ratio of 1 is a core of its own, full."""
    return Result(
        name, round(core * 1e6), "us CPU/call", round(wall * 1e6), round(core / wall, 2), "-", ok=True
    )


def table(results: Sequence[Result]) -> str:
    """The figures for a reader."""
    head = f"{'bench':<26}{'value':>10} {'unit':<16}{'bare':>10}{'ratio':>8}  {'goal':<10}{'ok':<4}load"
    lines = [
        f"{it.id:<26}{it.value:>10} {it.unit:<16}{it.limit:>10}{it.ratio:>8}  {it.goal:<10}"
        f"{'yes' if it.ok else 'NO':<4}{it.load}"
        for it in results
    ]
    return "\n".join([head, *lines])


def keep(results: Sequence[Result], path: Path) -> None:
    """Append the figures as JSON lines."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(it)) + "\n" for it in results)
