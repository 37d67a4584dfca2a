"""`make run`: from nothing to `ready http://127.0.0.1:PORT`, until Ctrl-C."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable

from deploy.local import record
from deploy.local.data import Data
from deploy.local.plan import Plan
from deploy.local.supervisor import Stop, Supervisor
from deploy.local.view import Voice, follow, log_ins

MakePlan = Callable[[Data], tuple[Plan, list[str]]]


async def run(data: Data, make_plan: MakePlan, *, plain: bool) -> int:
    """Exit code 0 after a planned stop, 1 where the stack did not become usable."""
    voice, stop, started = Voice(data.local / "logs", plain=plain), Stop(), time.monotonic()
    _heed_signals(stop)
    left = record.stop_leftovers(data.local / "run.json")
    if left:
        voice(f"stopped what an earlier run had left: {', '.join(left)}")
    voice("PostgreSQL starts")
    try:
        await asyncio.to_thread(data.start)
        plan, said = make_plan(data)
        for line in said:
            voice(line)
        voice("databases are migrated")
        await asyncio.to_thread(data.migrate, plan.migrate, plan.processes)
        await data.open_clock()
        usable = await _serve(Supervisor(data, plan, voice, stop), voice, started)
    finally:
        await asyncio.to_thread(data.cluster.stop)
        voice("stopped")
    return 0 if usable else 1


async def _serve(supervisor: Supervisor, voice: Voice, started: float) -> bool:
    try:
        if await supervisor.up():
            _announce(supervisor, voice, time.monotonic() - started)
            supervisor.load_city()
            await follow(supervisor, voice)
    finally:
        voice("stopping: what is under way comes to its end first; Ctrl-C again hurries")
        await supervisor.down()
    return supervisor.usable


def _heed_signals(stop: Stop) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup means it
            loop.add_signal_handler(number, stop.ask)


def _announce(supervisor: Supervisor, voice: Voice, seconds: float) -> None:
    voice(f"usable after {seconds:.1f} s; logs in {supervisor.logs}")
    for who, account, password in log_ins(supervisor):
        voice(f"log-in {who}: {account} / {password}")
    for program in supervisor.plan.programs:
        if program.name == "bank":
            voice(f"bank simulator {program.url}")
    voice(f"ready {supervisor.plan.front.url}")
