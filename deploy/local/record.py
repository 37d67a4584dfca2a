"""What runs is written down, so that a later command finds it and a crash leaves nothing behind for good."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from pydantic import BaseModel

STOP_SECONDS = 15.0


class AlreadyRunningError(RuntimeError):
    """Another supervisor holds this folder."""


class Running(BaseModel):
    """One process, known by its pid and its birth, for pids come again."""

    name: str
    pid: int
    born: float
    url: str = ""

    def process(self) -> psutil.Process | None:
        """The process, if it is still the same one and alive."""
        try:
            found = psutil.Process(self.pid)
            same = abs(found.create_time() - self.born) < 1 and found.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return None
        return found if same else None


def of(name: str, pid: int, url: str = "") -> Running | None:
    """The record of a live process."""
    try:
        return Running(name=name, pid=pid, born=psutil.Process(pid).create_time(), url=url)
    except psutil.NoSuchProcess:
        return None


class Record(BaseModel):
    """`.local/run.json`: the supervisor and its children."""

    supervisor: Running | None = None
    address: str = ""
    children: list[Running] = []

    @property
    def ports(self) -> dict[str, int]:
        """Where each child that has an address listens."""
        return {child.name: int(child.url.rsplit(":", 1)[-1]) for child in self.children if child.url}

    def write(self, path: Path) -> None:
        """Replace the file in one step."""
        fresh = path.with_suffix(".new")
        fresh.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        fresh.replace(path)


def read(path: Path) -> Record:
    """The record, empty where there is none."""
    return Record.model_validate_json(path.read_text(encoding="utf-8")) if path.exists() else Record()


def stop_leftovers(path: Path) -> list[str]:
    """End recorded children whose supervisor is gone; their names."""
    alive = [(child.name, process) for child in read(path).children if (process := child.process())]
    for _, process in alive:
        process.terminate()
    for process in psutil.wait_procs([process for _, process in alive], STOP_SECONDS)[1]:
        process.kill()
    Record().write(path)
    return [name for name, _ in alive]


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the folder; AlreadyRunningError where somebody else does."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunningError from error
        yield
    finally:
        os.close(handle)
