"""AsyncAPI 3 of one process, made from the catalogue: what it sends and what it receives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contracts.compatibility import schema_of
from contracts.events.base import Event
from contracts.events.catalogue import TOPICS

HEADERS = ("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time")


def _channel_id(topic: str) -> str:
    return topic.replace(".", "_")


def _message(event: type[Event]) -> dict[str, Any]:
    schema = schema_of(event)
    definitions = schema.pop("$defs", {})
    return {
        "name": event.type_name(),
        "title": (event.__doc__ or "").splitlines()[0],
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "required": list(HEADERS),
            "properties": {name: {"type": "string"} for name in (*HEADERS, "traceparent")},
        },
        "payload": _inline(schema, definitions),
    }


def _inline(value: Any, definitions: dict[str, Any]) -> Any:
    """Put definitions in place: references inside a payload would be read against the whole document."""
    if isinstance(value, dict):
        if "$ref" in value:
            return _inline(definitions[value["$ref"].rsplit("/", 1)[1]], definitions)
        return {key: _inline(inner, definitions) for key, inner in value.items()}
    if isinstance(value, list):
        return [_inline(inner, definitions) for inner in value]
    return value


def _operation(action: str, topic: str, types: Iterable[type[Event]]) -> dict[str, Any]:
    channel = f"#/channels/{_channel_id(topic)}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{event.type_name()}"} for event in types],
    }


def document(process: str, receives: Iterable[type[Event]], reads: Iterable[str]) -> dict[str, Any]:
    """The document of a process that handles the types `receives` from the topics `reads`."""
    wanted, subscribed = set(receives), set(reads)
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    for topic, (owner, types) in TOPICS.items():
        taken = [event for event in types if topic in subscribed and event in wanted]
        sent = list(types) if owner == process else []
        if not taken and not sent:
            continue
        used = {event.type_name(): _message(event) for event in (sent or taken)}
        channels[_channel_id(topic)] = {"address": topic, "messages": used}
        if sent:
            operations[f"send_{_channel_id(topic)}"] = _operation("send", topic, sent)
        if taken:
            operations[f"receive_{_channel_id(topic)}"] = _operation("receive", topic, taken)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": process,
            "version": "1.0.0",
            "description": "CloudEvents 1.0 over Kafka, binary mode",
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
    }
