"""Apache Kafka as a plain JVM process: one KRaft node from its Maven jars, which are kept by version."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from deploy.local.ports import HOST, answers, free_ports

POM = Path(__file__).parent / "kafka" / "pom.xml"
CACHE = Path.home() / ".cache" / "yantai-si"
PATIENCE_SECONDS = 60.0
HEAP = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
NODE = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{host}:{controller}
listeners=PLAINTEXT://{bind}:{port},CONTROLLER://{host}:{controller}
advertised.listeners=PLAINTEXT://{host}:{advertised}
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


class NoKafkaError(RuntimeError):
    """Kafka cannot be had or started here; says why."""


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
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise NoKafkaError(f"{program} is not installed")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    done = subprocess.run(
        ["mvn", "-B", "-q", "-f", str(POM), *goal], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise NoKafkaError(f"Maven does not bring Kafka: {done.stdout[-2000:]}")
    (folder / "complete").touch()
    return folder


def java(main: str, *arguments: str, classpath: str = "") -> list[str]:
    """A command of Kafka's own programs."""
    return ["java", *HEAP, "-cp", classpath or f"{jars()}/*", main, *arguments]


class JvmKafka:
    """One node; `restart` comes back on the same address with its log."""

    def __init__(self) -> None:
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

    def _format(self) -> None:
        ports = {name: self._ports[name] for name in ("controller",)}
        port = self._ports["broker"]
        text = NODE.format(host=HOST, bind=HOST, port=port, advertised=port, data=self.home / "data", **ports)
        self._config.write_text(text, encoding="utf-8")
        cluster = uuid4().hex[:22]
        command = java("kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(self._config))
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise NoKafkaError(f"storage is not formatted: {done.stdout[-1000:]}{done.stderr[-1000:]}")

    def start(self) -> None:
        """Start and wait until it listens; NoKafkaError with its log where it does not."""
        log = self.home / "kafka.log"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                java("kafka.Kafka", str(self._config)),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers(self._ports["broker"]):
            if self._process.poll() is not None or time.monotonic() > until:
                raise NoKafkaError(f"Kafka does not start: {log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)

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

    def restart(self) -> None:
        """Kill it hard and start it on its log."""
        self._end(signal.SIGKILL)
        self.start()
