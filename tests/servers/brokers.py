"""One broker fixture with its providers: the local one, and Apache Kafka where TEST_KAFKA names a kind."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Protocol, cast

from deploy.local.broker import LocalBroker


class Broker(Protocol):
    """A running broker."""

    @property
    def bootstrap(self) -> str:
        """Address for clients."""

    def stop(self) -> None:
        """End it and remove what it made."""

    def empty(self) -> None:
        """Die and come back on the same address without topics, records and committed offsets."""


def kind() -> str:
    """`local`, or the kind of Apache Kafka that TEST_KAFKA asks for."""
    return os.environ.get("TEST_KAFKA") or "local"


def start_broker(folder: Path) -> Broker:
    """Start the broker of this test run."""
    if kind() != "local":
        provider = importlib.import_module("tests.servers.kafka")
        return cast("Broker", provider.start_kafka(kind()))
    broker = LocalBroker(folder / "broker.log")
    broker.start()
    return broker
