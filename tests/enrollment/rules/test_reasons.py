"""Lists of reasons (domain 4.1)."""

from services.enrollment.rules.reasons import (
    DECREASE_BY_CODE,
    DECREASE_REASONS,
    INCREASE_REASON_NAMES,
    ExtraDate,
    IncreaseReason,
    Standing,
    increase_reason,
)


def test_4_1_twenty_five_reasons_with_unique_codes():
    assert [reason.code for reason in DECREASE_REASONS] == [
        "11", "12", "13", "14", "21", "22", "23", "24", "25", "26", "27", "28", "31", "32",
        "41", "42", "43", "51", "52", "53", "54", "55", "61", "62", "99",
    ]  # fmt: skip
    assert len(DECREASE_BY_CODE) == 25


def test_4_1_involuntary_reasons_open_unemployment_benefit():
    involuntary = {reason.code for reason in DECREASE_REASONS if reason.involuntary}
    assert involuntary == {"11", "13", "14", "21", "23", "24", "25", "26", "28"}


def test_a13_reasons_that_demand_a_further_date():
    assert DECREASE_BY_CODE["31"].extra_date is ExtraDate.RETIREMENT
    assert DECREASE_BY_CODE["32"].extra_date is ExtraDate.DEATH
    assert sum(bool(reason.extra_date) for reason in DECREASE_REASONS) == 2


def test_4_1_retirement_death_and_leaving_the_country_end_the_insurance():
    ended = {reason.code for reason in DECREASE_REASONS if reason.standing is Standing.TERMINATED}
    assert ended == {"31", "32", "54", "55"}


def test_sil_85_every_reason_names_what_to_keep_but_other():
    assert all(reason.documents for reason in DECREASE_REASONS)
    assert [reason.code for reason in DECREASE_REASONS if reason.note_required] == ["99"]


def test_4_1_increase_reasons_are_read_by_code_and_name():
    assert increase_reason("01") is IncreaseReason.FIRST_JOB
    assert increase_reason("新参保") is IncreaseReason.FIRST_JOB
    assert increase_reason("新参保（首次就业）") is IncreaseReason.FIRST_JOB
    assert increase_reason("随便") is None
    assert set(INCREASE_REASON_NAMES) == set(IncreaseReason)
