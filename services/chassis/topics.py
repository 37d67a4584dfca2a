"""Topics and cluster: made by the catalogue alone, never by a client's question, and known by the cluster's id.

A broker that comes back empty has another id. Whoever reads or writes compares: nothing of the lost cluster, neither a
group's place nor a producer's sequence, may count in the new one.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import partial

import aiokafka.client
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError, NodeNotReadyError, TopicAlreadyExistsError, for_code
from aiokafka.protocol.metadata import MetadataRequest

from contracts.events.base import PARTITIONS
from contracts.events.catalogue import TOPICS

log = logging.getLogger(__name__)

# The library has no option for it: asked for a topic by a client that waits, a broker makes it, with four partitions.
aiokafka.client.MetadataRequest = partial(MetadataRequest, allow_auto_topic_creation=False)


class WrongPartitionsError(KafkaError):  # type: ignore[misc]  # comes without types
    """A topic has other partitions than the catalogue wants: keys would change theirs."""


class AnotherClusterError(KafkaError):  # type: ignore[misc]  # as above
    """The broker has come back as another cluster than the one that this client began with."""


async def ensure_topics(bootstrap: str, replication: int) -> str:
    """Create the catalogue's topics that do not exist; the cluster's id. Errors of the broker pass to the caller."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        # first: should the broker be emptied meanwhile, its next id is another one, and all is done again
        cluster = str((await admin.describe_cluster())["cluster_id"])
        found = {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics()}
        if new := [_described(name, replication) for name in TOPICS if name not in found]:
            _accepted(*(await admin.create_topics(new)).topic_errors)
    finally:
        await admin.close()
    _check({name: found[name] for name in TOPICS if name in found}.items())
    return cluster


def _described(name: str, replication: int) -> NewTopic:
    """A topic whose acknowledged records outlive the loss of one node, where there are three."""
    safe = {"min.insync.replicas": str(max(1, replication - 1))}
    return NewTopic(name, PARTITIONS, replication, topic_configs=safe)


def _accepted(*answers: tuple[str, int, str | None]) -> None:
    for topic, code, said in answers:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:  # another process was faster
            raise error(f"{topic}: {said}")


def _check(partitions: Collection[tuple[str, int]]) -> None:
    wrong = [f"{name} has {count}" for name, count in partitions if count != PARTITIONS]
    if wrong:
        log.error("topics have other partitions than the catalogue", extra={"topics": wrong})
        raise WrongPartitionsError(f"{', '.join(wrong)}, not {PARTITIONS}")


async def cluster_of(client: AIOKafkaClient) -> str:
    """The id of the cluster that a client is connected to; errors of the broker pass to the caller."""
    node = client.get_random_node()
    if node is None:
        raise NodeNotReadyError
    return str((await client.send(node, MetadataRequest([]))).cluster_id)


def group_of(service: str, cluster: str) -> str:
    """A service's consumer group: one per cluster, for a place in a lost log is none in the next."""
    return f"{service}.{cluster}"
