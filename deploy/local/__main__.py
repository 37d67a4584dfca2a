"""`python -m deploy.local run|stop|status|verify|clock|replay|republish`."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from typing import Annotated, NoReturn

import typer

from deploy.local import plan as plans
from deploy.local import record
from deploy.local.clock import BackwardsError
from deploy.local.data import Data
from deploy.local.databases import PROCESSES
from deploy.local.places import LOCAL, ROOT
from deploy.local.postgres import OWNER, DatabaseError
from deploy.local.run import run as run_stack
from deploy.local.status import report
from services.chassis.verifying import said, verify_at

PATIENCE_SECONDS = 90.0
app = typer.Typer(add_completion=False, no_args_is_help=True)
LOCK, RECORD = LOCAL / "run.lock", LOCAL / "run.json"


@app.command()
def run() -> None:
    """Bring the whole system up and keep it up until Ctrl-C."""
    try:
        plans.city_size()
        LOCAL.mkdir(exist_ok=True)
        with record.only_one(LOCK):
            raise typer.Exit(asyncio.run(run_stack(Data(), plans.real, plain=not sys.stdout.isatty())))
    except plans.UnknownSizeError as error:
        _give_up(str(error))
    except (DatabaseError, OSError) as error:
        _give_up(f"it cannot run: {error}")
    except record.AlreadyRunningError:
        _give_up(f"already running: {record.read(RECORD).address}; `make stop` ends it")


@app.command()
def stop() -> None:
    """End a running system, or what a killed one has left."""
    LOCAL.mkdir(exist_ok=True)
    supervisor = record.read(RECORD).supervisor
    if supervisor is not None and supervisor.process() is not None:
        os.kill(supervisor.pid, signal.SIGTERM)
        _await_end()
        return
    with record.only_one(LOCK):
        left = record.stop_leftovers(RECORD)
        Data().cluster.stop()
    print(f"stopped what was left: {', '.join(left)}" if left else "nothing runs")


@app.command()
def status() -> None:
    """What runs, where, how it is, and who is behind."""
    print("\n".join(asyncio.run(report(_running(), Data()))))


@app.command()
def verify() -> None:
    """Walk the audit chains of all processes; what was changed, removed or put in is named."""
    data, whole = Data(), True
    for process in PROCESSES:
        try:
            checked, named = asyncio.run(verify_at(data.cluster.dsn(OWNER, process)))
        except OSError:
            _give_up("the databases are not reached: the system does not run (`make run`)")
        print(said(process, checked, named))
        whole = whole and not named
    raise typer.Exit(0 if whole else 1)


@app.command()
def clock(day: Annotated[str, typer.Argument(help="2016-09-11, or 2016-09-11T23:59")] = "") -> None:
    """Show the business time, or move it forward to 09:00 of a day."""
    business = Data().clock
    try:
        now = asyncio.run(business.advance_to(_day(day)) if day else business.now())
    except BackwardsError as error:
        print(error)
        raise typer.Exit(1) from None
    except OSError:
        print("the business clock is not reached: the system does not run (`make run`)")
        raise typer.Exit(1) from None
    print(f"business time is {now:%Y-%m-%d %H:%M}")


@app.command()
def replay() -> None:
    """Compare what was published with what arrived, and send again what somebody lacks."""
    _recover("replay")


@app.command()
def republish() -> None:
    """Let every owner tell again what it has, as it stands: a dropped copy fills, all others pass over it."""
    _recover("republish")


def _recover(how: str) -> None:
    program = plans.recovery(how, Data(), _running().ports)
    raise typer.Exit(subprocess.call(program.command, cwd=ROOT, env=program.environment()))


def _running() -> record.Record:
    found = record.read(RECORD)
    if found.supervisor is None or found.supervisor.process() is None:
        print("not running")
        raise typer.Exit(1)
    return found


def _give_up(why: str) -> NoReturn:
    """One line a person can act on, and exit code 1."""
    print(why)
    raise typer.Exit(1)


def _day(text: str) -> datetime:
    """A day means its 09:00."""
    try:
        return datetime.fromisoformat(text if "T" in text else f"{text}T09:00")
    except ValueError:
        raise typer.BadParameter(f"{text} is not a day like 2016-09-11") from None


def _await_end() -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with record.only_one(LOCK):
                print("stopped")
                return
        except record.AlreadyRunningError:
            time.sleep(0.1)
    print("it still runs; look at .local/logs/supervisor.txt")
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
