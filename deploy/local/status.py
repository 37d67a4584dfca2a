"""`make status`: what runs, where, how it is, and who is behind."""

from __future__ import annotations

import asyncio

from contracts.http.chassis import Quiescence
from deploy.local.data import Data
from deploy.local.databases import PROCESSES
from deploy.local.drain import lacking
from deploy.local.program import Program
from deploy.local.record import Record, Running
from deploy.local.watch import Watch


def _program(child: Running) -> Program:
    ours = child.name in PROCESSES
    port = int(child.url.rsplit(":", 1)[-1])
    return Program(child.name, (), port, health="/health" if ours else "", drains=ours)


async def report(record: Record, data: Data) -> list[str]:
    """One line for the whole, one per program, and what has not arrived yet."""
    watch = Watch([_program(child) for child in record.children])
    try:
        await watch.look()
        asked = await asyncio.gather(*(watch.quiescence(it) for it in watch.programs if it.drains))
        lines = [f"{record.address}  business time {await data.clock.now():%Y-%m-%d %H:%M}"]
        lines += [_line(child, watch) for child in record.children]
        return lines + _behind([state for state in asked if state is not None])
    finally:
        await watch.close()


def _line(child: Running, watch: Watch) -> str:
    state = watch.states[child.name]
    return (
        f"  {child.name:<11} {'ready' if state.up else 'DOWN '}  {child.url}  pid {child.pid}  {state.detail}"
    )


def _behind(states: list[Quiescence]) -> list[str]:
    behind = lacking(states)
    blocked = [
        f"{state.process}: {job.job} of {job.day}: {job.problem}" for state in states for job in state.blocked
    ]
    parked = [f"{state.process}: {state.parked} messages parked" for state in states if state.parked]
    return [f"  under way: {line}" for line in behind] + [f"  STOPPED {line}" for line in blocked + parked]
