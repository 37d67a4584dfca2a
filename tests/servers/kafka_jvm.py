"""Apache Kafka as a plain JVM process: one KRaft node from its Maven jars, which are kept by version."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

from deploy.local.ports import HOST, free_ports
from tests.servers.kafka_node import FORMAT, NODE, SERVE, NoKafkaError, await_node, jars, java


class JvmKafka:
    """One node; `restart` comes back on the same address with its log."""

    def __init__(self) -> None:
        if shutil.which("java") is None:
            raise NoKafkaError("java is not installed")
        self._jars = jars()
        self.home = Path(tempfile.mkdtemp(prefix="kafka-", dir="/var/tmp"))
        self._ports = free_ports(("broker", "controller"), {})
        self._process: subprocess.Popen[bytes] | None = None
        self._format()

    @property
    def bootstrap(self) -> str:
        """Address for clients."""
        return f"{HOST}:{self._ports['broker']}"

    @property
    def _config(self) -> Path:
        return self.home / "server.properties"

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @property
    def _log(self) -> Path:
        return self.home / "kafka.log"

    def _format(self) -> None:
        text = NODE.format(
            host=HOST,
            bind=HOST,
            port=self._ports["broker"],
            controller=self._ports["controller"],
            data=self._data,
        )
        self._config.write_text(text, encoding="utf-8")
        cluster = uuid4().hex[:22]
        command = java(self._jars, FORMAT, "format", "-t", cluster, "-c", str(self._config))
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise NoKafkaError(f"storage is not formatted: {done.stdout[-1000:]}{done.stderr[-1000:]}")

    def start(self) -> None:
        """Start and wait until it answers; NoKafkaError with its log where it does not."""
        with self._log.open("ab") as out:
            process = self._process = subprocess.Popen(
                java(self._jars, SERVE, str(self._config)),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        await_node(
            self._ports["broker"],
            lambda: process.poll() is None,
            lambda: self._log.read_text(encoding="utf-8", errors="replace"),
        )

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def stop(self) -> None:
        """End it and remove what it made."""
        self._end(signal.SIGTERM)
        shutil.rmtree(self.home, ignore_errors=True)

    def crash(self) -> None:
        """Kill it hard; its log stays."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Answer nothing, though every connection stays open."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Go on with what has been sent meanwhile."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def restart(self) -> None:
        """Kill it hard and start it on its log."""
        self.crash()
        self.start()

    def empty(self) -> None:
        """Kill it hard and start it on a new storage."""
        self.crash()
        shutil.rmtree(self._data)
        self._format()
        self.start()
