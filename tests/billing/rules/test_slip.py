"""Slip numbers and their validity (A23)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from contracts.events.bank import employer_of_slip
from contracts.month import Month
from services.billing.rules.slip import (
    check_digit,
    may_be_voided,
    payable_at,
    slip_number,
)
from services.billing.rules.window import WINDOW_2016, end_of

SHANGHAI = timezone(timedelta(hours=8))
SECOND = timedelta(seconds=1)

employer_numbers = st.integers(0, 999_999).map(lambda tail: f"3706{tail:06d}")
sequences = st.integers(1, 999_999)


def test_a_slip_number_is_employer_sequence_and_check_digit():
    assert slip_number("3706000001", 1) == "37060000010000011"


@given(employer_numbers, sequences)
def test_the_check_digit_is_iso_7064_mod_11_10(employer_no, sequence):
    number = slip_number(employer_no, sequence)
    assert len(number) == 17
    assert mod_11_10.is_valid(number)
    assert employer_of_slip(number) == employer_no


@given(st.text("0123456789", min_size=1, max_size=30))
def test_the_check_digit_agrees_with_the_oracle_on_any_digits(digits):
    assert check_digit(digits) == mod_11_10.calc_check_digit(digits)


@given(employer_numbers, sequences, st.integers(4, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(employer_no, sequence, place, shift):
    number = slip_number(employer_no, sequence)
    wrong = str((int(number[place]) + shift) % 10)
    changed = number[:place] + wrong + number[place + 1 :]
    assert check_digit(changed[:-1]) != changed[-1]


@pytest.mark.parametrize(
    ("employer_no", "sequence"), [("3706000001", 0), ("3706000001", 1_000_000), ("3701000001", 1)]
)
def test_operands_that_do_not_fit_are_refused(employer_no, sequence):
    with pytest.raises(ValueError, match="not"):
        slip_number(employer_no, sequence)


def test_a23_an_ordinary_slip_ends_at_24_00_of_the_10th_even_on_a_saturday():
    until = end_of(WINDOW_2016.due_day(Month(2016, 9)))
    assert until == datetime(2016, 9, 11, tzinfo=SHANGHAI)
    assert payable_at(until - SECOND, until)
    assert not payable_at(until, until)


def test_a23_an_arrears_slip_ends_at_24_00_of_its_payment_day():
    until = end_of(date(2016, 10, 20))
    assert payable_at(datetime(2016, 10, 20, 23, 59, 59, tzinfo=SHANGHAI), until)
    assert not payable_at(datetime(2016, 10, 21, tzinfo=SHANGHAI), until)


def test_a23_voiding_is_judged_at_the_banks_transaction_time():
    until, voided = end_of(WINDOW_2016.due_day(Month(2016, 9))), datetime(2016, 9, 7, 10, tzinfo=SHANGHAI)
    assert payable_at(voided - SECOND, until, voided)
    assert not payable_at(voided, until, voided)


def test_a23_a_slip_a_bank_asked_for_is_held_for_30_minutes():
    queried = datetime(2016, 9, 7, 10, tzinfo=SHANGHAI)
    assert may_be_voided(queried, None)
    assert not may_be_voided(queried + timedelta(minutes=30) - SECOND, queried)
    assert may_be_voided(queried + timedelta(minutes=30), queried)
    assert may_be_voided(queried + SECOND, queried, bank_says_unpaid=True)
