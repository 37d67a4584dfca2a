"""AsyncAPI documents as a law: what a process sends or takes must stand in its own, with its schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from jsonschema_rs import Validator, validator_for

from contracts.compatibility import FOLDER

Named = dict[tuple[str, str], Validator]
"""(topic, type) → what checks its body."""


@dataclass(frozen=True)
class Sent:
    """A row of an outbox."""

    topic: str
    type: str
    body: dict[str, Any]


@cache
def named(process: str, action: Literal["send", "receive"]) -> Named:
    """What the document of a process says it sends, or receives."""
    document = json.loads((FOLDER / "asyncapi" / f"{process}.json").read_text(encoding="utf-8"))
    return {
        (channel["address"], message["name"]): validator_for(message["payload"])
        for operation in document["operations"].values()
        if operation["action"] == action
        for channel in [document["channels"][_last(operation["channel"])]]
        for message in [channel["messages"][_last(reference)] for reference in operation["messages"]]
    }


def departures(process: str, sent: Iterable[Sent]) -> list[str]:
    """Where a process leaves its document: a type it does not name, a body that is not of its schema."""
    known, found = named(process, "send"), []
    for row in sent:
        if validator := known.get((row.topic, row.type)):
            found += [f"{row.type}: {error.message}" for error in validator.iter_errors(row.body)]
        else:
            found.append(f"{process} sends {row.type} on {row.topic}, which its document does not name")
    return found


def _last(reference: dict[str, str]) -> str:
    return reference["$ref"].rsplit("/", 1)[1]
