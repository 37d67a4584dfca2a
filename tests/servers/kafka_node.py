"""What every node of Apache Kafka in the tests shares: its version, its jars, its settings, and whether it answers."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from deploy.local.ports import HOST
from tests.servers.brokers import Broker

FOLDER = Path(__file__).parent / "kafka"
POM = FOLDER / "pom.xml"
CACHE = Path.home() / ".cache" / "yantai-si"
PATIENCE_SECONDS = 60.0
HEAP = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
FORMAT, SERVE = "kafka.tools.StorageTool", "kafka.Kafka"
API_VERSIONS = struct.pack(">ihhih", 10, 18, 0, 1, -1)
"""The request that any client begins with: length, key, version, correlation, no client id."""
NODE = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://{bind}:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://{host}:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
num.partitions=12
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.cleaner.enable=false
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
"""


class Kafka(Broker, Protocol):
    """A node that can also be away for a while."""

    def start(self) -> None:
        """Come back on the log."""

    def crash(self) -> None:
        """End as by SIGKILL."""

    def pause(self) -> None:
        """Answer nothing, though every connection stays open."""

    def resume(self) -> None:
        """Go on with what has been sent meanwhile."""

    def restart(self) -> None:
        """Die as by SIGKILL and come back on the log."""


class NoKafkaError(RuntimeError):
    """Kafka cannot be had or started here; says why."""


def say(line: str) -> None:
    """Past pytest's capture, so that it is seen."""
    print(f"\n{'=' * 10} {line} {'=' * 10}", file=sys.__stderr__, flush=True)


def version() -> str:
    """The version that the pom names."""
    found = re.search(r"<kafka.version>([0-9.]+)</kafka.version>", POM.read_text(encoding="utf-8"))
    if found is None:
        raise NoKafkaError(f"{POM} names no kafka.version")
    return found[1]


def jars() -> Path:
    """The folder of the jars, fetched by Maven once per version; NoKafkaError where that fails."""
    folder = CACHE / f"kafka-{version()}"
    if (folder / "complete").exists():
        return folder
    if shutil.which("mvn") is None:
        raise NoKafkaError("mvn is not installed")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    done = subprocess.run(
        ["mvn", "-B", "-q", "-f", str(POM), *goal], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise NoKafkaError(f"Maven does not bring Kafka: {done.stdout[-2000:]}")
    (folder / "complete").touch()
    return folder


def java(libraries: Path | str, main: str, *arguments: str) -> list[str]:
    """A command of Kafka's own programs."""
    return ["java", *HEAP, "-cp", f"{libraries}/*", main, *arguments]


def answers_kafka(port: int) -> bool:
    """Whether a node answers there; that somebody listens is not enough, for a container's proxy always does."""
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=2.0) as probe:
        probe.sendall(API_VERSIONS)
        return bool(probe.recv(4))
    return False


def await_node(port: int, alive: Callable[[], bool], said: Callable[[], str]) -> None:
    """Wait until it answers; NoKafkaError with what it said where it ends or takes too long."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not answers_kafka(port):
        if not alive() or time.monotonic() > until:
            raise NoKafkaError(f"Kafka does not start: {said()[-2000:]}")
        time.sleep(0.1)
