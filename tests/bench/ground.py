"""What every bench stands on: a durable PostgreSQL, a broker, a process of its own."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from deploy.local.broker import LocalBroker
from deploy.local.places import ROOT
from deploy.local.ports import HOST, free_port
from tests.servers.postgres import Databases

KEY = bytes(range(32))
BANK_KEY = bytes(reversed(range(32)))
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Ground:
    """Databases and broker; `scale` shrinks a bench for a quick look."""

    databases: Databases
    broker: LocalBroker
    folder: Path
    scale: float

    def many(self, full: int) -> int:
        """A number of things at this scale."""
        return max(int(full * self.scale), 1)

    def environment(self, dsn: str, clock_dsn: str) -> dict[str, str]:
        """Settings of a process."""
        keys = json.dumps({"1": base64.b64encode(KEY).decode()})
        return {
            "SI_DSN": dsn,
            "SI_CLOCK_DSN": clock_dsn,
            "SI_KAFKA": self.broker.bootstrap,
            "SI_KAFKA_IDEMPOTENT": "false",
            "SI_CALLER_KEY": KEY.hex(),
            "SI_DATA_KEYS": keys,
            "SI_LOOKUP_KEYS": keys,
            "SI_BANK_KEYS": json.dumps({"ICBC": {"k1": BANK_KEY.hex()}}),
            "SI_LOG_LEVEL": "WARNING",
        }

    @contextmanager
    def process(self, name: str, settings: dict[str, str]) -> Iterator[int]:
        """One process of the system, ready on the port given."""
        port = free_port()
        plain = {key: value for key, value in os.environ.items() if not key.startswith("SI_")}
        with (self.folder / f"{name}.log").open("ab") as log:
            running = subprocess.Popen(
                [sys.executable, "-m", "services.chassis.serve", name, "--port", str(port)],
                cwd=ROOT, env=plain | settings, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            try:
                _await_ready(port, running)
            except TimeoutError as error:
                said = (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
                raise TimeoutError(f"{name} does not become ready: {said}") from error
            yield port
        finally:
            running.terminate()
            running.wait(30)


def _await_ready(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError
