"""The table that `make clauses` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.clauses.entries import BUILT, HUMAN, NOT_YET, Entry

_LEAST_WIDTH = 180


def console() -> Console:
    """As wide as the terminal, and never so narrow that the table breaks in a log."""
    made = Console(highlight=False, markup=False)
    made.width = max(made.width, _LEAST_WIDTH)
    return made


def table(entries: Sequence[Entry]) -> Table:
    """One row per rule, in the order of the measure."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("条款", "原文", "domain.md", "现状", "where it is", "tests"):
        made.add_column(title, overflow="fold")
    for entry in entries:
        where = "\n".join((*entry.rule, *(f"page {page}" for page in entry.pages)))
        tests = str(len(entry.tests)) if entry.tests else ""
        made.add_row(entry.key, entry.quote, entry.domain, entry.stands, where, tests)
    return made


def totals(entries: Sequence[Entry]) -> str:
    """How many rules stand where."""
    counts = Counter(HUMAN if entry.stands.startswith(HUMAN) else entry.stands for entry in entries)
    parts = (
        f"{counts[stands]} {name}"
        for stands, name in ((BUILT, "built"), (HUMAN, "human duties"), (NOT_YET, "not built yet"))
    )
    return f"{len(entries)} rules: " + ", ".join(parts)
