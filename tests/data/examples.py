"""Valid examples of any contract, drawn from its own JSON schema.

Our own walk over the few schema words the contracts use: the packaged one does not run with this hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any, TypeVar

from hypothesis import strategies as st
from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)
Schema = dict[str, Any]
Draw = st.SearchStrategy[Any]
FORMATS: dict[str, Callable[[], Draw]] = {
    "date": lambda: st.dates().map(str),
    "date-time": lambda: st.datetimes(timezones=st.just(UTC)).map(lambda at: at.isoformat()),
    "uuid": lambda: st.uuids().map(str),
}


def _text(schema: Schema) -> Draw:
    if "format" in schema:
        return FORMATS[schema["format"]]()
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].replace("$", r"\Z"), fullmatch=True)
    letters = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
    return st.text(
        letters, min_size=schema.get("minLength", 0), max_size=min(schema.get("maxLength", 20), 20)
    )


def _number(schema: Schema) -> Draw:
    lowest = -(10**12)
    least = max(schema.get("minimum", lowest), schema.get("exclusiveMinimum", lowest) + 1)
    return st.integers(least, schema.get("maximum", 10**12))


def _object(schema: Schema, root: Schema) -> Draw:
    fields = schema.get("properties", {})
    required = {name: _draw(fields[name], root) for name in schema.get("required", ())}
    optional = {name: _draw(inner, root) for name, inner in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _list(schema: Schema, root: Schema) -> Draw:
    inner = _draw(schema["items"], root)
    by = (lambda value: value) if schema.get("uniqueItems") else None
    return st.lists(inner, min_size=schema.get("minItems", 0), max_size=3, unique_by=by)


def _draw(schema: Schema, root: Schema) -> Draw:
    if "$ref" in schema:
        return _draw(root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    if "anyOf" in schema:
        return st.one_of([_draw(inner, root) for inner in schema["anyOf"]])
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    makers: dict[str, Callable[[], Draw]] = {
        "string": lambda: _text(schema),
        "integer": lambda: _number(schema),
        "boolean": st.booleans,
        "null": st.none,
        "array": lambda: _list(schema, root),
        "object": lambda: _object(schema, root),
    }
    return makers[schema["type"]]()


def examples(model: type[M]) -> st.SearchStrategy[M]:
    """Instances of a contract."""
    schema = model.model_json_schema(mode="validation")
    return _draw(schema, schema).map(model.model_validate)
