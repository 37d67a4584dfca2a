"""`python -m tests.bench [NAME…] [--scale 0.1]`: a table, and JSON lines in .local/bench.jsonl."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from deploy.local.broker import LocalBroker
from deploy.local.places import LOCAL
from tests.bench.ground import Ground
from tests.bench.results import Result, keep, table
from tests.servers.postgres import Databases, start_cluster

BENCHES = ("monthly", "door", "posting", "relay")


def measure(names: list[str], scale: float) -> list[Result]:
    """One bench after the other, each on a fresh database of one durable cluster."""
    os.environ["TEST_DURABLE"] = "1"
    cluster = start_cluster()
    with tempfile.TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder) / "broker.log")
        broker.start()
        databases = Databases(cluster)
        ground = Ground(databases, broker, Path(folder), scale)
        try:
            return [result for name in names for result in _all_of(name, ground)]
        finally:
            broker.stop()
            databases.close()
            cluster.drop()


def _all_of(name: str, ground: Ground) -> list[Result]:
    """A bench on an empty broker, in the loop that the processes themselves run in; its goal first."""
    ground.broker.empty()
    found: Result | list[Result] = uvloop.run(importlib.import_module(f"tests.bench.{name}").run(ground))
    return found if isinstance(found, list) else [found]


def main(
    names: Annotated[list[str] | None, typer.Argument(help=", ".join(BENCHES))] = None,
    scale: Annotated[float, typer.Option(help="1 is the full size")] = 1.0,
) -> None:
    """Measure, print, keep; exit code 1 where a goal is missed at full size."""
    results = measure(names or list(BENCHES), scale)
    typer.echo(table(results))
    keep(results, LOCAL / "bench.jsonl")
    if scale >= 1 and not all(it.ok for it in results):
        sys.exit(1)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
