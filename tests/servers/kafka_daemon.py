"""Docker's daemon: the one that runs, or one that this run starts as root and stops at its end."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import docker  # type: ignore[import-untyped]  # comes without types
from docker.errors import DockerException  # type: ignore[import-untyped]  # as above

from tests.servers.kafka_node import NoKafkaError

PATIENCE_SECONDS = 30.0
SOCKET = "/var/run/docker.sock"
LABEL = "yantai-si.tests.pid"
"""Marks a container with the process it belongs to."""


def connected() -> docker.DockerClient:
    """A client of the daemon, which is started where none runs; NoKafkaError where that cannot be."""
    client = _client()
    if client is None:
        _start()
        client = _client()
    if client is None:
        raise NoKafkaError("Docker's daemon has ended")
    _sweep(client)
    return client


def _listens() -> bool:
    """Asked before Docker's library is, which leaves a socket open where nobody listens."""
    if "DOCKER_HOST" in os.environ:
        return True
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(SOCKET) == 0


def _client() -> docker.DockerClient | None:
    if not _listens():
        return None
    try:
        client = docker.from_env(timeout=120)
    except DockerException:
        return None
    try:
        client.ping()
    except (DockerException, OSError):
        client.close()
        return None
    return client


def _sweep(client: docker.DockerClient) -> None:
    """Remove what test runs that were killed have left."""
    for left in client.containers.list(all=True, filters={"label": LABEL}):
        if not Path("/proc", left.labels[LABEL]).exists():
            left.remove(force=True, v=True)


def _start() -> None:
    program = shutil.which("dockerd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise NoKafkaError("no Docker daemon runs, and dockerd is not installed")
    if os.geteuid() != 0 or "DOCKER_HOST" in os.environ:
        raise NoKafkaError("no Docker daemon answers, and only root can start one, on the usual socket")
    log = Path(tempfile.mkdtemp(prefix="dockerd-", dir="/var/tmp")) / "dockerd.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [program], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    atexit.register(_stop, process, log)
    until = time.monotonic() + PATIENCE_SECONDS
    while (client := _client()) is None:
        if process.poll() is not None or time.monotonic() > until:
            raise NoKafkaError(f"Docker's daemon does not start: {log.read_text(encoding='utf-8')[-1000:]}")
        time.sleep(0.2)
    client.close()


def _stop(process: subprocess.Popen[bytes], log: Path) -> None:
    """Stop our own daemon, unless another test run has begun to use it."""
    client = _client()
    if client is not None:
        used = client.containers.list()
        client.close()
        if used:
            return
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(log.parent, ignore_errors=True)
