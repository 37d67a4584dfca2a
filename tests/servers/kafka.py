"""Apache Kafka for `make test-kafka`: a JVM process from Maven's jars."""

from __future__ import annotations

import sys

from tests.servers.brokers import Broker
from tests.servers.kafka_jvm import JvmKafka, NoKafkaError


def start_kafka(kind: str) -> Broker:
    """Start a node: `jvm`, `container`, or `container-or-jvm`, which falls back loudly; NoKafkaError."""
    if kind not in {"jvm", "container", "container-or-jvm"}:
        raise ValueError(f"TEST_KAFKA is jvm, container or container-or-jvm, not {kind}")
    if kind == "container":
        raise NoKafkaError("there is no provider of containers yet; TEST_KAFKA=jvm runs the same jars")
    if kind != "jvm":
        say("APACHE KAFKA RUNS AS A JVM PROCESS: THERE IS NO PROVIDER OF CONTAINERS YET")
    broker = JvmKafka()
    broker.start()
    return broker


def say(line: str) -> None:
    """Past pytest's capture, so that it is seen."""
    print(f"\n{'=' * 10} {line} {'=' * 10}", file=sys.__stderr__, flush=True)
