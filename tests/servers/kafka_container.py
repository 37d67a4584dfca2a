"""Apache Kafka in a container by Testcontainers: one KRaft node that the official image and our own run alike."""

from __future__ import annotations

import os
import shlex
from uuid import uuid4

from docker.errors import DockerException  # type: ignore[import-untyped]  # comes without types
from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer

from deploy.local.ports import HOST, free_port
from tests.servers.kafka_daemon import LABEL, connected
from tests.servers.kafka_image import LIBRARIES, image
from tests.servers.kafka_node import FORMAT, NODE, SERVE, NoKafkaError, await_node, java

CONTROLLER_PORT = 9093
CONFIG, DATA = "/tmp/server.properties", "/tmp/kafka-data"  # inside the container


def script() -> str:
    """Write the settings, format the storage once, serve."""
    storage = java(LIBRARIES, FORMAT, "format", "-t", uuid4().hex[:22], "-c", CONFIG)
    return (
        f'printf %s "$NODE" > {CONFIG}; [ -e {DATA}/meta.properties ] || {shlex.join(storage)}; '
        f"exec {shlex.join(java(LIBRARIES, SERVE, CONFIG))}"
    )


class ContainerKafka:
    """One node; `restart` comes back on the same address with its log."""

    def __init__(self) -> None:
        self._client = connected()
        self._port = free_port()
        self._container = self._described()
        self._started = False

    @property
    def bootstrap(self) -> str:
        """Address for clients."""
        return f"{HOST}:{self._port}"

    def _described(self) -> DockerContainer:
        # Ryuk is an image that a machine without a registry lacks; the daemon sweeps by label instead.
        testcontainers_config.ryuk_disabled = True
        node = NODE.format(host=HOST, bind="0.0.0.0", port=self._port, controller=CONTROLLER_PORT, data=DATA)
        made = (
            DockerContainer(image(self._client))
            .with_env("NODE", node)
            .with_command(["sh", "-ec", script()])
            .with_kwargs(labels={LABEL: str(os.getpid())}, entrypoint=[])
        )
        made.ports[f"{self._port}/tcp"] = (HOST, self._port)  # type: ignore[assignment]  # docker takes it: this machine alone
        return made

    def start(self) -> None:
        """Start and wait until it answers; NoKafkaError with its log where it does not."""
        try:
            if self._started:
                self._container.get_wrapped_container().start()
            else:
                self._container.start()
            self._started = True
        except DockerException as error:
            raise NoKafkaError(f"the container does not start: {error}") from error
        await_node(self._port, self._alive, self._said)

    def _alive(self) -> bool:
        wrapped = self._container.get_wrapped_container()
        wrapped.reload()
        return bool(wrapped.status == "running")

    def _said(self) -> str:
        return bytes(self._container.get_wrapped_container().logs(tail=50)).decode(errors="replace")

    def stop(self) -> None:
        """Remove it with its log."""
        self._container.stop()
        self._client.close()

    def crash(self) -> None:
        """Kill it hard; its log stays."""
        self._container.get_wrapped_container().kill()
        self._container.get_wrapped_container().wait()

    def pause(self) -> None:
        """Answer nothing, though every connection stays open."""
        self._container.get_wrapped_container().pause()

    def resume(self) -> None:
        """Go on with what has been sent meanwhile."""
        self._container.get_wrapped_container().unpause()

    def restart(self) -> None:
        """Kill it hard and start it on its log."""
        self.crash()
        self.start()

    def empty(self) -> None:
        """Remove it with its log and start another on its port."""
        self._container.stop()
        self._container, self._started = self._described(), False
        self.start()
