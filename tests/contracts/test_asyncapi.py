"""AsyncAPI documents: read by the reference parser, and true to what the processes do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from contracts.compatibility import FOLDER
from contracts.events.catalogue import TOPICS
from deploy import schemas

HERE = Path(__file__).with_name("asyncapi")


def test_documents_in_the_repository_are_those_of_the_code() -> None:
    assert schemas.check() == []


def test_every_topic_is_sent_by_exactly_its_owner() -> None:
    senders: dict[str, list[str]] = {}
    for path, document in schemas.documents().items():
        for operation in document["operations"].values():
            if operation["action"] == "send":
                name = operation["channel"]["$ref"].rsplit("/", 1)[1]
                senders.setdefault(document["channels"][name]["address"], []).append(path.stem)
    assert senders == {topic: [owner] for topic, (owner, _) in TOPICS.items()}


@pytest.mark.skipif(
    shutil.which("npm") is None, reason="npm is not installed: documents not read by the parser"
)
def test_reference_parser_reads_every_document() -> None:
    if not (HERE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    files = sorted(str(path) for path in (FOLDER / "asyncapi").glob("*.json"))
    run = subprocess.run(["node", "check.mjs", *files], cwd=HERE, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert len(run.stdout.splitlines()) == len(files) == 5
