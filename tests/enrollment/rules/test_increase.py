"""The judgement of an increase (clause 三(一), A1-A10)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contracts.values import Scheme
from services.chassis.workdays import WorkingDays, seed_from_chinesecalendar
from services.enrollment.rules.identity_number import Identity, check_digit, read_identity
from services.enrollment.rules.increase import (
    AutoConfirmed,
    AwaitingCounter,
    CounterReason,
    DuplicatePolicy,
    IncreaseFacts,
    IncreasePolicy,
    Refused,
    judge,
)

DAYS = WorkingDays.of(seed_from_chinesecalendar([2016, 2017]))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def identity(number: str) -> Identity:
    found = read_identity(number)
    assert isinstance(found, Identity)
    return found


FACTS = IncreaseFacts(
    identity=identity("370602199001010017"),
    name="王建国",
    household="local_urban",
    home_address="烟台市芝罘区南大街1号",
    phone="13805350001",
    hired_on=date(2016, 9, 1),
    scheme=Scheme.ENTERPRISE,
    employer_since=date(2010, 1, 1),
    submitted_at=datetime(2016, 9, 7, 10, 0, tzinfo=SHANGHAI),
)


def changed(**values: Any) -> IncreaseFacts:
    return replace(FACTS, **values)


def codes(facts: IncreaseFacts, policy: IncreasePolicy | None = None) -> list[str]:
    verdict = judge(facts, DAYS, policy or IncreasePolicy())
    assert isinstance(verdict, Refused), verdict
    return [fault.code for fault in verdict.faults]


def waiting(facts: IncreaseFacts, policy: IncreasePolicy | None = None) -> AwaitingCounter:
    verdict = judge(facts, DAYS, policy or IncreasePolicy())
    assert isinstance(verdict, AwaitingCounter), verdict
    return verdict


def test_clause_3_1_in_time_is_confirmed_by_the_system():
    assert judge(FACTS, DAYS) == AutoConfirmed(limit_day=date(2016, 10, 8))


def test_clause_3_1_on_the_rolled_last_day_it_is_still_in_time():
    last_second = datetime(2016, 10, 8, 23, 59, 59, tzinfo=SHANGHAI)
    assert isinstance(judge(changed(submitted_at=last_second), DAYS), AutoConfirmed)


def test_clause_3_1_late_waits_for_the_counter_until_the_months_end():
    verdict = waiting(changed(submitted_at=datetime(2016, 10, 9, 9, 0, tzinfo=SHANGHAI)))
    assert verdict.reasons == (CounterReason.LATE,)
    assert verdict.reason == "超过用工申报期限"
    assert verdict.late
    assert (verdict.limit_day, verdict.until) == (date(2016, 10, 8), date(2016, 10, 31))


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("USA0123456789", CounterReason.FOREIGN),
        ("HKG012345678", CounterReason.HMT),
        ("810000199003071114", CounterReason.HMT),
    ],
)
def test_clause_3_1_foreigners_and_hmt_residents_wait_for_the_counter_even_in_time(number, reason):
    verdict = waiting(changed(identity=identity(number)))
    assert verdict.reasons == (reason,)
    assert not verdict.late


def test_a6_the_last_working_day_is_the_practical_deadline():
    facts = changed(identity=identity("HKG012345678"))
    in_july = datetime(2016, 7, 29, 9, 0, tzinfo=SHANGHAI)
    verdict = waiting(replace(facts, hired_on=date(2016, 7, 4), submitted_at=in_july))
    assert (verdict.until, verdict.practical_until) == (date(2016, 7, 31), date(2016, 7, 29))
    assert not verdict.too_late_this_month


def test_a6_after_the_last_working_day_the_1st_is_offered():
    facts = changed(identity=identity("HKG012345678"), hired_on=date(2016, 7, 4))
    assert waiting(
        replace(facts, submitted_at=datetime(2016, 7, 30, 9, 0, tzinfo=SHANGHAI))
    ).too_late_this_month


@pytest.mark.parametrize("field", ["name", "household", "home_address", "phone"])
def test_clause_3_1_the_five_fields_are_mandatory(field):
    assert codes(changed(**{field: "  "})) == [f"{field}.missing"]


def test_a5_a_hire_in_the_future_is_refused():
    assert codes(changed(hired_on=date(2016, 9, 8))) == ["hired_on.future"]
    assert isinstance(judge(changed(hired_on=date(2016, 9, 7)), DAYS), AutoConfirmed)


def test_a5_a_hire_before_the_employer_took_part_is_refused():
    assert codes(changed(employer_since=date(2016, 9, 2))) == ["hired_on.before_employer"]


def test_a5_a_hire_before_the_16th_birthday_is_refused():
    child = identity("370612200012314567")
    assert codes(changed(identity=child)) == ["hired_on.under_age"]
    at_sixteen = replace(
        FACTS,
        identity=child,
        hired_on=date(2016, 12, 31),
        submitted_at=datetime(2016, 12, 31, 9, 0, tzinfo=SHANGHAI),
    )
    assert isinstance(judge(at_sixteen, DAYS), AutoConfirmed)


@pytest.mark.parametrize(
    ("body", "retired"),
    [
        ("37060219660901002", True),
        ("37060219660902002", False),
        ("37060219560901001", True),
        ("37060219560902001", False),
    ],
)
def test_a5_from_the_retirement_age_on_the_counter_decides(body, retired):
    verdict = judge(changed(identity=identity(body + check_digit(body))), DAYS)
    expected = (CounterReason.RETIREMENT_AGE,) if retired else ()
    assert getattr(verdict, "reasons", ()) == expected


def test_a10_active_elsewhere_is_refused_with_what_to_do():
    verdict = judge(changed(active_elsewhere=True), DAYS)
    assert isinstance(verdict, Refused)
    assert verdict.reason.startswith("在其他单位处于参保缴费状态")


def test_a10_the_parameter_can_send_a_second_relation_to_the_counter():
    policy = IncreasePolicy(duplicates=DuplicatePolicy.COUNTER)
    assert waiting(changed(active_elsewhere=True), policy).reasons == (CounterReason.DUPLICATE,)


def test_a10_active_or_pending_here_is_refused():
    assert codes(changed(active_here=True)) == ["increase.active_here"]
    assert codes(changed(pending_here=True)) == ["increase.pending_here"]


def test_a3_a_government_scheme_has_three_months():
    facts = changed(hired_on=date(2016, 6, 12), scheme=Scheme.GOVERNMENT)
    assert judge(facts, DAYS) == AutoConfirmed(limit_day=date(2016, 9, 12))


def test_all_faults_are_told_at_once():
    assert codes(changed(name="", hired_on=date(2016, 9, 8), active_here=True)) == [
        "name.missing",
        "hired_on.future",
        "increase.active_here",
    ]
