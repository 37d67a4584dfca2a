"""What the programs say about themselves: health, rates, lag."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from pydantic import BaseModel, ValidationError

from contracts.http.chassis import Health, Quiescence
from deploy.local.alarms import raised
from deploy.local.ports import answers
from deploy.local.program import Program

M = TypeVar("M", bound=BaseModel)
OK = 200
COUNTERS = ("si_http_requests_total", "si_outbox_relayed_total", "si_inbox_consumed_total")
GAUGES = ("si_consumer_lag_records", "si_outbox_oldest_seconds", "si_dead_letters_open")


@dataclass
class State:
    """What one program last said."""

    up: bool = False
    detail: str = "starting"
    totals: dict[str, float] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)
    at: float = 0.0


class Watch:
    """Asks all programs; keeps connections."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self.programs = programs
        self.states = {program.name: State() for program in programs}
        self._client = httpx.AsyncClient(timeout=5.0, trust_env=False)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def look(self, *, metrics: bool = False) -> bool:
        """Ask everybody's health, and rates where wanted; whether all are ready."""
        await asyncio.gather(*(self._health(program) for program in self.programs))
        if metrics:
            await asyncio.gather(*(self._metrics(program) for program in self.programs if program.drains))
        return all(state.up for state in self.states.values())

    async def quiescence(self, program: Program) -> Quiescence | None:
        """What a program still has to do; None where it does not say."""
        answer = await self._get(f"{program.url}/quiescence")
        return parsed(answer, Quiescence) if answer is not None and answer.status_code == OK else None

    async def _get(self, url: str) -> httpx.Response | None:
        try:
            return await self._client.get(url)
        except httpx.HTTPError:
            return None

    async def _health(self, program: Program) -> None:
        state = self.states[program.name]
        if not program.health:
            state.up = await asyncio.to_thread(answers, program.port)
            state.detail = "listening" if state.up else "not listening"
            return
        answer = await self._get(program.url + program.health)
        state.up = answer is not None and answer.status_code == OK
        state.detail = "no answer" if answer is None else _said(answer)

    async def _metrics(self, program: Program) -> None:
        answer = await self._get(f"{program.url}/metrics")
        if answer is None or answer.status_code != OK:
            return
        families = list(text_string_to_metric_families(answer.text))
        state, now, totals = self.states[program.name], time.monotonic(), _totals(families)
        state.alarms = raised(families)
        if state.at:
            seconds = now - state.at
            state.rates = {name: max(totals[name] - state.totals[name], 0) / seconds for name in COUNTERS}
        state.totals, state.at = totals, now


def parsed(answer: httpx.Response, model: type[M]) -> M | None:
    """The answer as a model; None where it is something else."""
    try:
        return model.model_validate_json(answer.content)
    except ValidationError:
        return None


def _said(answer: httpx.Response) -> str:
    health = parsed(answer, Health)
    if health is None:
        return f"HTTP {answer.status_code}"
    return "; ".join(f"{check.name}: {check.detail}" for check in health.checks if check.detail)


def _totals(families: Iterable[Metric]) -> dict[str, float]:
    totals = dict.fromkeys((*COUNTERS, *GAUGES), 0.0)
    for family in families:
        for sample in family.samples:
            if sample.name in totals:
                totals[sample.name] += sample.value
    return totals
