"""The terminal view as one page of a given size: what is most needed stands first, logs take what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from deploy.local.city import Progress
from deploy.local.watch import COUNTERS, GAUGES, State

HEADINGS = ("process", "ready", "asked/s", "sent/s", "taken/s", "lag", "unsent s", "parked", "restarts")
WIDE = 110
MOST_ALARMS, FEWEST, MESSAGES = 3, 3, 6
LogIn = tuple[str, str, str]


@dataclass(frozen=True)
class Seen:
    """What the page shows."""

    business: str
    address: str
    bank: str
    programs: Sequence[tuple[str, State, int]]
    """Name, what it last said, restarts."""
    log_ins: Sequence[LogIn]
    progress: Progress
    messages: Sequence[str]
    logs: Sequence[str]


def page(seen: Seen, width: int, height: int) -> Group:
    """Exactly as many lines as the terminal has, or fewer."""
    top: list[RenderableType] = [*_head(seen), *_progress(seen.progress), _programs(seen), *_alarms(seen)]
    columns = 2 if width >= WIDE else 1
    left = height - len(top) - len(seen.programs) - 1
    people = min(-(-len(seen.log_ins) // columns), max(left // 3, FEWEST))
    messages = min(len(seen.messages), MESSAGES, max((left - people - 3) // 2, 1))
    logs = max(left - people - messages - 3, 0)
    return Group(
        *top,
        _rule("log-ins" if len(seen.log_ins) <= people * columns else "log-ins (`make status` shows all)"),
        _log_ins(seen.log_ins[: people * columns], columns),
        _rule("messages"),
        *map(_line, list(seen.messages)[-messages:]),
        _rule("logs"),
        *map(_line, list(seen.logs)[-logs:] if logs else ()),
    )


def _line(text: str, style: str = "") -> Text:
    return Text(text, style, no_wrap=True, overflow="ellipsis")


def _rule(title: str) -> Text:
    return Text(f"── {title} " + "─" * 200, "dim", no_wrap=True, overflow="crop")


def _head(seen: Seen) -> list[RenderableType]:
    first = Text.assemble(
        ("烟台市社会保险单位网上服务系统", "bold"),
        f"  业务时间 {seen.business}",
        no_wrap=True,
        overflow="ellipsis",
    )
    second = Text.assemble(
        (seen.address, "bold blue"), f"  bank {seen.bank}" if seen.bank else "",
        ("  Ctrl-C stops", "dim"), no_wrap=True, overflow="ellipsis",
    )  # fmt: skip
    return [first, second]


def _progress(progress: Progress) -> list[RenderableType]:
    if not progress.total or progress.done >= progress.total:
        return []
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(no_wrap=True)
    row.add_column(ratio=1)
    hundredths = progress.done * 100 // progress.total
    row.add_row(
        f"city {hundredths} % {progress.step}", ProgressBar(total=progress.total, completed=progress.done)
    )
    return [row]


def _programs(seen: Seen) -> Table:
    table = Table(box=None, padding=(0, 1), expand=False, header_style="dim")
    for place, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="right" if place else "left", no_wrap=True)
    for name, state, restarts in seen.programs:
        table.add_row(name, *_cells(state), str(restarts))
    return table


def _cells(state: State) -> list[Text | str]:
    rates = [f"{state.rates[name]:.1f}" if name in state.rates else "" for name in COUNTERS]
    gauges = [f"{state.totals[name]:.0f}" if name in state.totals else "" for name in GAUGES]
    return [Text("yes", "green") if state.up else Text("NO", "bold red"), *rates, *gauges]


def _alarms(seen: Seen) -> list[RenderableType]:
    late = [f"! {name}: {state.detail}" for name, state, _ in seen.programs if not state.up]
    raised = [f"! {name}: {alarm}" for name, state, _ in seen.programs for alarm in state.alarms]
    return [_line(alarm, "bold red") for alarm in (late + raised)[:MOST_ALARMS]]


def _log_ins(people: Sequence[LogIn], columns: int) -> Table:
    table = Table.grid(padding=(0, 2))
    rows = -(-len(people) // columns)
    for row in range(rows):
        table.add_row(*(cell for person in people[row::rows] for cell in person))
    return table
