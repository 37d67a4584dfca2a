"""Apache Kafka for `make test-kafka`: a container where one can be made, else the same jars as a JVM process."""

from __future__ import annotations

import sys

from tests.servers.brokers import Broker
from tests.servers.kafka_jvm import JvmKafka


def start_kafka(kind: str) -> Broker:
    """Start a node: `jvm`, `container`, or `container-or-jvm`, which falls back loudly."""
    if kind not in {"jvm", "container", "container-or-jvm"}:
        raise ValueError(f"TEST_KAFKA is jvm, container or container-or-jvm, not {kind}")
    if kind != "jvm":
        from tests.servers.kafka_container import NoContainerError, start_container  # noqa: PLC0415  # docker's client only where it is asked for

        try:
            return start_container()
        except NoContainerError as error:
            if kind == "container":
                raise
            say(f"APACHE KAFKA RUNS AS A JVM PROCESS, NOT IN A CONTAINER: {error}")
    broker = JvmKafka()
    broker.start()
    return broker


def say(line: str) -> None:
    """Past pytest's capture, so that it is seen."""
    print(f"\n{'=' * 10} {line} {'=' * 10}", file=sys.__stderr__, flush=True)
