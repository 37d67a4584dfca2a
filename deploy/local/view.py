"""The one terminal view: health, rates, lag, log tail, addresses, log-ins; or plain lines where no terminal is."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import asyncpg
from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from deploy.local.supervisor import Supervisor
from deploy.local.tail import Tail
from deploy.local.watch import COUNTERS, GAUGES, State

PERIOD_SECONDS = 2.0
CALM_SECONDS = 10.0
MESSAGES, LOG_LINES = 6, 10


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
    tail = Tail(supervisor.logs, LOG_LINES)
    with Live(console=Console(), screen=False, auto_refresh=False, transient=True) as live:
        voice.drawn = True
        while not supervisor.stopping.is_set():
            await supervisor.watch.look(metrics=True)
            tail.read()
            live.update(await _page(supervisor, voice, tail), refresh=True)
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
    """Who one can be: what the loader made, and the first officer as long as nobody changed the password."""
    known = [(it.who, it.account, it.password) for it in supervisor.data.memory.log_ins]
    secrets = supervisor.plan.secrets
    if secrets is not None and secrets.first_account not in {account for _, account, _ in known}:
        known.insert(0, ("安全管理员", secrets.first_account, secrets.first_password))
    return known


async def _page(supervisor: Supervisor, voice: Voice, tail: Tail) -> Group:
    try:
        business = f"{await supervisor.data.clock.now():%Y-%m-%d %H:%M}"
    except (OSError, asyncpg.PostgresError):
        business = "?"
    head = Text.assemble(
        ("烟台市社会保险单位网上服务系统 ", "bold"),
        f" 业务日期 {business}   ",
        (supervisor.plan.front.url, "bold blue underline"),
    )
    parts: list[Text | Table | ProgressBar | Panel] = [head, _programs(supervisor), _log_ins(supervisor)]
    progress = supervisor.city.progress
    if progress.total and progress.done < progress.total:
        parts += [
            Text(f"city: {progress.step}"),
            ProgressBar(total=progress.total, completed=progress.done, width=60),
        ]
    parts.append(Panel("\n".join(voice.lines), title="messages", height=MESSAGES + 2))
    parts.append(Panel(Text("\n".join(tail.lines), no_wrap=True), title="logs", height=LOG_LINES + 2))
    parts.append(Text("make clock DAY=2016-09-11 moves the business date; Ctrl-C stops", style="dim"))
    return Group(*parts)


def _programs(supervisor: Supervisor) -> Table:
    table = Table(expand=True)
    for column in (
        "process",
        "ready",
        "requests/s",
        "sent/s",
        "taken/s",
        "oldest unsent s",
        "parked",
        "restarts",
        "says",
    ):
        table.add_column(column, justify="left" if column in {"process", "says"} else "right", no_wrap=True)
    for name, state in supervisor.watch.states.items():
        table.add_row(name, *_cells(state), str(supervisor.children[name].restarts), state.detail)
    return table


def _cells(state: State) -> list[Text | str]:
    rates = [f"{state.rates[name]:.1f}" if name in state.rates else "" for name in COUNTERS]
    gauges = [f"{state.totals[name]:.0f}" if name in state.totals else "" for name in GAUGES]
    return [Text("yes", "green") if state.up else Text("NO", "bold red"), *rates, *gauges]


def _log_ins(supervisor: Supervisor) -> Table:
    table = Table("who", "account", "password", box=None, padding=(0, 2))
    for row in log_ins(supervisor)[:8]:
        table.add_row(*row)
    return table
