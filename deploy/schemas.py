"""`python -m deploy.schemas write|check`: event snapshots and the AsyncAPI document of each process."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from contracts import compatibility
from contracts.asyncapi import document
from services.chassis.consumers import Consumers
from services.chassis.serve import PROCESSES

FOLDER = compatibility.FOLDER / "asyncapi"


def documents() -> dict[Path, dict[str, Any]]:
    """Path → AsyncAPI document of every process, from what its consumers handle."""
    made = {}
    for process, root in PROCESSES.items():
        consumers: Consumers = importlib.import_module(root.replace(".app", ".consumers")).consumers
        made[FOLDER / f"{process}.json"] = document(process, consumers.types(), consumers.topics())
    return made


def check() -> list[str]:
    """What is wrong with snapshots or documents; empty when all is well."""
    behind = [
        f"{path.name}: AsyncAPI document is behind; write it by `make schemas`"
        for path, made in documents().items()
        if not path.exists() or json.loads(path.read_text(encoding="utf-8")) != made
    ]
    return compatibility.check() + behind


def write() -> None:
    """Write all of them."""
    compatibility.write()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, made in documents().items():
        path.write_text(compatibility.text_of(made), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    elif found := check():
        sys.exit("\n".join(found))
