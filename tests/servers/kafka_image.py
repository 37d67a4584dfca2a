"""The image of Apache Kafka: the official one, or our own of the machine's Debian, a JRE and Maven's jars."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import docker  # type: ignore[import-untyped]  # comes without types
from docker.errors import DockerException, ImageNotFound  # type: ignore[import-untyped]  # as above

from tests.servers.kafka_node import FOLDER, NoKafkaError, jars, say, version

DOCKERFILE = FOLDER / "Dockerfile"
LIBRARIES = "/opt/kafka/libs"
"""Where both images keep the jars."""
INCLUDED = "default-jre-headless"


def image(client: docker.DockerClient) -> str:
    """The tag of an image that is there: kept, pulled or made; NoKafkaError where none can be."""
    official, own = f"apache/kafka:{version()}", _own_tag()
    for tag in (official, own):
        if _kept(client, tag):
            return tag
    try:
        client.images.pull(official)
    except (DockerException, OSError) as error:
        say(f"{official} CANNOT BE PULLED, AN IMAGE OF OUR OWN IS MADE: {error}")
    else:
        return official
    _make(client, own)
    return own


def _own_tag() -> str:
    """Carries what the image is made of."""
    recipe = DOCKERFILE.read_bytes() + INCLUDED.encode()
    return f"yantai-si/kafka:{version()}-{hashlib.sha256(recipe).hexdigest()[:8]}"


def _kept(client: docker.DockerClient, tag: str) -> bool:
    try:
        client.images.get(tag)
    except ImageNotFound:
        return False
    return True


def _make(client: docker.DockerClient, tag: str) -> None:
    mirror, release = _mirror()
    base = f"yantai-si/jre:{release}"
    if not _kept(client, base):
        _make_base(client, base, mirror, release)
    client.images.build(path=str(jars()), dockerfile=str(DOCKERFILE), buildargs={"BASE": base}, tag=tag)


def _mirror() -> tuple[str, str]:
    """Address and release of the machine's own Debian, as apt knows them."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"]
    try:
        said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoKafkaError(f"apt does not name a mirror: {error}") from error
    if len(said) < 2:
        raise NoKafkaError("apt names no mirror")
    return said[0], said[1]


def _make_base(client: docker.DockerClient, tag: str, mirror: str, release: str) -> None:
    """Debootstrap in a mount namespace of its own, so that its mounts end with it, and import the tree."""
    program = shutil.which("debootstrap", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if program is None:
        raise NoKafkaError("debootstrap is not installed")
    with tempfile.TemporaryDirectory(prefix="image-", dir="/var/tmp", ignore_cleanup_errors=True) as made:
        tree, packed = Path(made) / "tree", Path(made) / "tree.tar"
        chosen = ["--variant=minbase", f"--include={INCLUDED}", release, str(tree), mirror]
        _run("unshare", "--mount", program, *chosen)
        _run("tar", "-C", str(tree), "--exclude=./var/cache/apt/*", "-cf", str(packed), ".")
        name, _, number = tag.partition(":")
        client.images.client.api.import_image(src=str(packed), repository=name, tag=number)


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise NoKafkaError(f"{command[0]} fails: {error.stdout[-1000:]}{error.stderr[-1000:]}") from error
