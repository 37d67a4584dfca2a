"""`make status`: what runs, where, how it is, who is behind, what raises an alarm, and who one can be."""

from __future__ import annotations

import asyncio

from contracts.http.chassis import Quiescence
from deploy.local import memory
from deploy.local.data import Data
from deploy.local.databases import PROCESSES
from deploy.local.drain import lacking
from deploy.local.log_ins import known_log_ins
from deploy.local.program import Program
from deploy.local.record import Record, Running
from deploy.local.secrets import kept
from deploy.local.watch import Watch


def _program(child: Running) -> Program:
    ours = child.name in PROCESSES
    port = int(child.url.rsplit(":", 1)[-1])
    return Program(child.name, (), port, health="/health" if ours else "", drains=ours)


async def report(record: Record, data: Data) -> list[str]:
    """One line for the whole, one per program, what has not arrived yet, alarms, log-ins."""
    served = [child for child in record.children if child.url]
    watch = Watch([_program(child) for child in served])
    try:
        await watch.look(metrics=True)
        asked = await asyncio.gather(*(watch.quiescence(it) for it in watch.programs if it.drains))
        lines = [f"{record.address}  business time {await data.clock.now():%Y-%m-%d %H:%M}"]
        lines += [_line(child, watch) for child in served]
        alarms = [f"  ALARM {name}: {it}" for name, state in watch.states.items() for it in state.alarms]
        return lines + _behind([state for state in asked if state is not None]) + alarms + _log_ins(data)
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
    return [f"  under way: {line}" for line in behind] + [f"  STOPPED {line}" for line in blocked]


def _log_ins(data: Data) -> list[str]:
    secrets = kept(data.local / "secrets.json")
    return [f"  log-in {' / '.join(it)}" for it in known_log_ins(memory.read(data.memory_file), secrets)]
