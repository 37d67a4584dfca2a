"""The whole system as one process tree, as `make run` starts it, for tests that use it from outside."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.places import ROOT, fleeting
from deploy.local.postgres import Cluster
from deploy.local.secrets import Secrets, kept
from tests.servers.postgres import PREFIX

PROGRAM = ROOT / "tests" / "servers" / "real_stack.py"
STOP_SECONDS = 60
_BANK = re.compile(r"^bank simulator (http\S+)$")
_READY = re.compile(r"^ready (http\S+)$")


@dataclass(frozen=True)
class Stack:
    """Where it can be reached, and its keys."""

    gateway: str
    bank: str
    secrets: Secrets
    local: Path
    cluster: Cluster


@contextmanager
def stack(folder: Path) -> Iterator[Stack]:
    """Bring it up without a city; it is stopped as Ctrl-C stops it, and must have drained."""
    home = fleeting(f"{PREFIX}{os.getpid()}-{folder.parent.name}")
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), str(home)],
        env=os.environ | {"CITY": "none"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        gateway, bank = _addresses(process)
        yield Stack(gateway, bank, kept(folder / "secrets.json"), folder, Cluster(home, durable=False))
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)
        Cluster(home).drop()


def _addresses(process: subprocess.Popen[str]) -> tuple[str, str]:
    bank, said = "", []
    for line in process.stdout or ():
        said.append(line)
        if found := _BANK.match(line):
            bank = found[1]
        if found := _READY.match(line):
            return found[1], bank
    raise RuntimeError("".join(said))
