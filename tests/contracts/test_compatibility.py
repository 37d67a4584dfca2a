"""Snapshots: an incompatible change is refused, an additive one passes."""

from __future__ import annotations

import copy

from contracts.compatibility import breaks, check, needed_by_new_reader, schema_of
from contracts.events.billing import BillAssessed, BillSettled


def test_every_event_has_a_snapshot_that_is_true() -> None:
    assert check() == []


def test_a_new_optional_field_is_no_break() -> None:
    old, new = schema_of(BillSettled), copy.deepcopy(schema_of(BillSettled))
    new["properties"]["colour"] = {"type": "string", "default": ""}
    assert breaks(old, new) == []


def test_a_lost_field_is_a_break() -> None:
    old, new = schema_of(BillSettled), copy.deepcopy(schema_of(BillSettled))
    del new["properties"]["paid_at"]
    assert breaks(old, new) == [".paid_at: gone"]


def test_a_changed_type_is_a_break_also_inside_a_list() -> None:
    old, new = schema_of(BillAssessed), copy.deepcopy(schema_of(BillAssessed))
    new["$defs"]["KindSum"]["properties"]["unit"]["type"] = "string"
    assert breaks(old, new) == [".kinds[].unit: type was 'integer', is 'string'"]


def test_a_lost_value_of_an_enumeration_is_a_break() -> None:
    old, new = schema_of(BillAssessed), copy.deepcopy(schema_of(BillAssessed))
    new["$defs"]["Kind"]["enum"].remove("maternity")
    assert breaks(old, new) == [".kinds[].kind: values gone: ['maternity']"]


def test_a_field_that_old_messages_lack_may_not_be_required() -> None:
    old = copy.deepcopy(schema_of(BillSettled))
    del old["properties"]["settled_on"]
    assert needed_by_new_reader(old, BillSettled) == [".settled_on: newly required"]
