"""Every event survives being written and read, and refuses what is no value of its types."""

from __future__ import annotations

import importlib
import json
from enum import StrEnum
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from contracts import http
from contracts.events.base import Event
from contracts.events.billing import BillSettled
from contracts.events.catalogue import EVENTS
from contracts.http import applications, registry
from contracts.identity import Caller
from contracts.models import Command, View
from contracts.month import Month
from contracts.values import Role
from tests.data.examples import examples

LENIENT = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS.keys())
def test_event_survives_its_journey_as_json(event: type[Event]) -> None:
    @LENIENT
    @given(examples(event))
    def journey(sent: Event) -> None:
        assert event.model_validate_json(sent.model_dump_json()) == sent
        assert event.model_validate(json.loads(sent.model_dump_json())) == sent

    journey()


MODULES = [importlib.import_module(found.name) for found in walk_packages(http.__path__, "contracts.http.")]
HTTP_MODELS = {
    f"{model.__module__.removeprefix('contracts.http.')}.{name}": model
    for module in MODULES
    for name, model in vars(module).items()
    if isinstance(model, type) and issubclass(model, Command | View) and model.__module__ == module.__name__
} | {"identity.Caller": Caller}


@pytest.mark.parametrize("model", HTTP_MODELS.values(), ids=HTTP_MODELS.keys())
def test_http_model_survives_its_journey_as_json(model: type[BaseModel]) -> None:
    @LENIENT
    @given(examples(model))
    def journey(sent: BaseModel) -> None:
        assert model.model_validate_json(sent.model_dump_json()) == sent
        assert model.model_validate(json.loads(sent.model_dump_json())) == sent

    journey()


SETTLED = {
    "employer_no": "3706000123",
    "version": 1,
    "month": "2016-09",
    "total": 860258,
    "paid_at": "2016-09-09T10:00:00+08:00",
    "settled_on": "2016-09-09",
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", True),
        ("total", 8602.58),
        ("total", "860258"),
        ("total", -1),
        ("version", 0),
        ("month", "2016-9"),
        ("month", "2016-13"),
        ("month", 201609),
        ("paid_at", "2016-09-09T10:00:00"),
        ("paid_at", 1473386400),
        ("settled_on", 1473386400),
        ("settled_on", "2016-09-31"),
        ("employer_no", "3707000123"),
        ("employer_no", 3706000123),
    ],
)
def test_no_value_of_another_type_passes_for_money_month_or_date(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        BillSettled.model_validate(SETTLED | {field: value})
    assert {error["loc"][0] for error in refusal.value.errors()} == {field}


def test_a_reader_ignores_fields_it_does_not_know() -> None:
    read = BillSettled.model_validate(SETTLED | {"colour": "red"})
    assert json.loads(read.model_dump_json()) == SETTLED


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(-600, 600))
def test_months_add_up(year: int, number: int, steps: int) -> None:
    month = Month(year, number)
    assert month.plus(steps).plus(-steps) == month
    assert Month.from_number(month.yyyymm) == month
    assert Month.parse(str(month)) == month
    assert month < month.plus(1)
    assert month.plus(12) == Month(year + 1, number)


def test_month_ends_where_the_calendar_says() -> None:
    assert str(Month.parse("2016-02").last_day) == "2016-02-29"
    assert str(Month.parse("2017-02").last_day) == "2017-02-28"
    assert str(Month.parse("2016-12").plus(1)) == "2017-01"


SETS = [
    (
        registry.NewOfficer,
        "roles",
        Role,
        {"account": "gao.min", "display_name": "高敏", "district": "370602"},
    ),
    (applications.CheckApplication, "materials", applications.ApplicationMaterial, {}),
]


@pytest.mark.parametrize(("model", "field", "members", "rest"), SETS)
def test_a_set_is_written_in_order_or_a_repeat_by_another_process_were_another_request(
    model: type[BaseModel], field: str, members: type[StrEnum], rest: dict[str, str]
) -> None:
    made = model.model_validate(rest | {field: list(members)})
    assert json.loads(made.model_dump_json())[field] == sorted(members)
    assert made.model_dump(mode="json")[field] == sorted(members)
