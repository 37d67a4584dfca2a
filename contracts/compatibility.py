"""Compatibility of event schemas: a change is additive, or it is a new type beside the old."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from contracts.events.base import Event
from contracts.events.catalogue import EVENTS

Schema = dict[str, Any]
FOLDER: Final = Path(__file__).with_name("schemas")


def schema_of(event: type[Event]) -> Schema:
    """The JSON schema of an event's body as it is written."""
    return event.model_json_schema(mode="serialization")


def snapshot_path(name: str) -> Path:
    """Where the snapshot of a type is kept."""
    return FOLDER / "events" / f"{name}.json"


def text_of(document: Schema) -> str:
    """A document as it is kept: stable order, readable, one line end."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _resolve(schema: Schema, root: Schema) -> Schema:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: Schema = root["$defs"][reference.rsplit("/", 1)[1]]
    return found


def breaks(old: Schema, new: Schema) -> list[str]:
    """What an old reader or an old message would stumble over; empty where the change is additive."""
    return _compare(old, new, old, new, "")


def _compare(old: Schema, new: Schema, old_root: Schema, new_root: Schema, place: str) -> list[str]:
    old, new = _resolve(old, old_root), _resolve(new, new_root)
    found = [
        f"{place}: {word} was {old.get(word)!r}, is {new.get(word)!r}"
        for word in ("type", "format", "pattern", "const")
        if old.get(word) != new.get(word)
    ]
    if missing := set(old.get("enum", ())) - set(new.get("enum", ())):
        found.append(f"{place}: values gone: {sorted(missing)}")
    if "anyOf" in old and text_of({"a": old["anyOf"]}) != text_of({"a": new.get("anyOf")}):
        found.append(f"{place}: alternatives changed")
    if "items" in old:
        found += _compare(old["items"], new.get("items", {}), old_root, new_root, f"{place}[]")
    return found + _compare_fields(old, new, old_root, new_root, place)


def _compare_fields(old: Schema, new: Schema, old_root: Schema, new_root: Schema, place: str) -> list[str]:
    old_fields, new_fields = old.get("properties", {}), new.get("properties", {})
    found = [f"{place}.{name}: gone" for name in old_fields if name not in new_fields]
    for name in old_fields.keys() & new_fields.keys():
        found += _compare(old_fields[name], new_fields[name], old_root, new_root, f"{place}.{name}")
    return found


def needed_by_new_reader(old: Schema, event: type[Event]) -> list[str]:
    """Fields the new model requires that old messages may lack."""
    required = set(event.model_json_schema(mode="validation").get("required", ()))
    return [f".{name}: newly required" for name in sorted(required - set(old.get("properties", {})))]


def check() -> list[str]:
    """Compare every event with its snapshot; lines that say what is wrong, empty when all is well."""
    found = []
    for name, event in EVENTS.items():
        path = snapshot_path(name)
        if not path.exists():
            found.append(f"{name}: no snapshot; write it by `make schemas`")
            continue
        old, new = json.loads(path.read_text(encoding="utf-8")), schema_of(event)
        found += [f"{name}{line}" for line in (*breaks(old, new), *needed_by_new_reader(old, event))]
        if not found and text_of(old) != text_of(new):
            found.append(f"{name}: snapshot is behind; write it by `make schemas`")
    return found


def write() -> None:
    """Write every snapshot; incompatible changes are refused with ValueError."""
    for name, event in EVENTS.items():
        path, new = snapshot_path(name), schema_of(event)
        if path.exists():
            old = json.loads(path.read_text(encoding="utf-8"))
            if lines := (*breaks(old, new), *needed_by_new_reader(old, event)):
                raise ValueError(f"{name} breaks its readers: {lines}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(new), encoding="utf-8")
