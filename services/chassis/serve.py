"""`python -m services.chassis.serve <process> --port N`: start one process."""

from __future__ import annotations

import gc
import importlib
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from services.chassis.logs import configure
from services.chassis.settings import Settings
from services.chassis.wire import OneWrite

PROCESSES = {
    "registry": "services.registry.app",
    "enrollment": "services.enrollment.app",
    "billing": "services.billing.app",
    "notices": "services.notices.app",
    "gateway": "gateway.app",
}

KEEP_ALIVE_SECONDS = 30
"""Longer than the 5 s that a neighbour keeps an idle connection: closed first, its next request had no answer."""


def load(process: str) -> FastAPI:
    """The app of a process, made by its composition root from the environment."""
    root = importlib.import_module(PROCESSES[process])
    settings: Settings = root.Settings()
    configure(process, settings.log_level)
    app: FastAPI = root.create(settings)
    return app


def settle_memory() -> None:
    """Keep what a process is made of out of every garbage collection, and collect less often.

    A collection walks all modules and models else, again and again while a batch makes its many small rows.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def main(
    process: Annotated[str, typer.Argument(help=", ".join(PROCESSES))],
    port: Annotated[int, typer.Option()],
    host: Annotated[str, typer.Option()] = "127.0.0.1",
) -> None:
    """Serve a process until SIGTERM."""
    app = load(process)
    settle_memory()
    uvicorn.run(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=OneWrite,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )


if __name__ == "__main__":
    typer.run(main)
