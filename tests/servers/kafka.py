"""Apache Kafka for `make test-kafka`: in a container, or the same jars as a JVM process, said loudly.

`python -m tests.servers.kafka KIND` gets image and jars beforehand, which takes longer than a test may.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.servers.kafka_container import ContainerKafka
from tests.servers.kafka_jvm import JvmKafka
from tests.servers.kafka_node import Kafka, NoKafkaError, say

_refused: list[NoKafkaError] = []
"""Why no container can be made: asked once a run."""


def start_kafka(kind: str) -> Kafka:
    """Start a node: `jvm`, `container`, or `container-or-jvm`, which falls back loudly; NoKafkaError."""
    if kind not in {"jvm", "container", "container-or-jvm"}:
        raise ValueError(f"TEST_KAFKA is jvm, container or container-or-jvm, not {kind}")
    if kind == "jvm" or _refused:
        return _started(JvmKafka)
    try:
        return _started(ContainerKafka)
    except NoKafkaError as error:
        if kind == "container":
            raise
        _refused.append(error)
        say(f"APACHE KAFKA RUNS AS A JVM PROCESS, FOR NO CONTAINER CAN BE MADE HERE: {error}")
    return _started(JvmKafka)


def _started(make: Callable[[], Kafka]) -> Kafka:
    node = make()
    try:
        node.start()
    except NoKafkaError:
        node.stop()
        raise
    return node


if __name__ == "__main__":
    start_kafka(sys.argv[1]).stop()
