"""社保编号 (domain 4.2)."""

import pytest

from services.registry.rules.employer_no import NumbersExhausted, next_employer_no


def test_4_2_the_first_number():
    assert next_employer_no(None) == "3706000001"


def test_4_2_the_next_number_keeps_ten_digits():
    assert next_employer_no("3706000099") == "3706000100"


def test_4_2_the_prefix_inside_the_running_number_is_no_prefix():
    assert next_employer_no("3706370600") == "3706370601"


def test_4_2_after_the_last_number_there_is_none():
    with pytest.raises(NumbersExhausted):
        next_employer_no("3706999999")


@pytest.mark.parametrize("last", ["", "3706", "3707000001", "370600000x", "37060000001"])
def test_4_2_a_stranger_is_no_number(last):
    with pytest.raises(ValueError, match="no employer number"):
        next_employer_no(last)
