"""The one terminal view: health, rates, lag, log tail, addresses, log-ins; or plain lines where no terminal is."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import asyncpg
from rich.console import Console
from rich.live import Live

from deploy.local.log_ins import known_log_ins
from deploy.local.page import Seen, page
from deploy.local.supervisor import Supervisor
from deploy.local.tail import Tail

PERIOD_SECONDS = 2.0
CALM_SECONDS = 10.0
MESSAGES, LOG_LINES = 6, 60


class Voice:
    """Says lines: plainly, or in the view once that is drawn; always into the supervisor's log."""

    def __init__(self, logs: Path, *, plain: bool) -> None:
        self.plain, self.drawn = plain, False
        self.lines: deque[str] = deque(maxlen=MESSAGES)
        logs.mkdir(parents=True, exist_ok=True)
        self._log = logs / "supervisor.txt"

    def __call__(self, line: str) -> None:
        """One line."""
        stamped = f"{datetime.now().astimezone():%H:%M:%S} {line}"
        with suppress(OSError), self._log.open("a", encoding="utf-8") as log:  # a full disk stops no process
            log.write(stamped + "\n")
        self.lines.append(stamped)
        if not self.drawn:
            print(line, flush=True)


async def follow(supervisor: Supervisor, voice: Voice) -> None:
    """Show the stack until somebody asks it to stop."""
    if voice.plain:
        await _follow_plainly(supervisor, voice)
        return
    tail, console = Tail(supervisor.logs, LOG_LINES), Console()
    with Live(console=console, screen=True, auto_refresh=False) as live:
        voice.drawn = True
        while not supervisor.stopping.is_set():
            await supervisor.watch.look(metrics=True)
            tail.read()
            live.update(page(await _seen(supervisor, voice, tail), *console.size), refresh=True)
            await _pause(supervisor, PERIOD_SECONDS)
    voice.drawn = False


async def _follow_plainly(supervisor: Supervisor, voice: Voice) -> None:
    """Say who falls and who comes back."""
    up = {name: state.up for name, state in supervisor.watch.states.items()}
    while not supervisor.stopping.is_set():
        await supervisor.watch.look()
        for name, state in supervisor.watch.states.items():
            if state.up != up[name]:
                voice(f"{name} is {'ready again' if state.up else f'not ready: {state.detail}'}")
                up[name] = state.up
        await _pause(supervisor, CALM_SECONDS)


async def _pause(supervisor: Supervisor, seconds: float) -> None:
    try:
        await asyncio.wait_for(supervisor.stopping.wait(), seconds)
    except TimeoutError:
        return


def log_ins(supervisor: Supervisor) -> list[tuple[str, str, str]]:
    """Who one can be now."""
    return known_log_ins(supervisor.data.memory, supervisor.plan.secrets)


async def _seen(supervisor: Supervisor, voice: Voice, tail: Tail) -> Seen:
    try:
        business = f"{await supervisor.data.clock.now():%Y-%m-%d %H:%M}"
    except (OSError, asyncpg.PostgresError):
        business = "?"
    states = supervisor.watch.states
    return Seen(
        business=business,
        address=supervisor.plan.front.url,
        bank=next((it.url for it in supervisor.plan.programs if it.name == "bank"), ""),
        programs=[(name, state, supervisor.children[name].restarts) for name, state in states.items()],
        log_ins=log_ins(supervisor),
        progress=supervisor.city.progress,
        messages=voice.lines,
        logs=tail.lines,
    )
