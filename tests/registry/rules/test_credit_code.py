"""统一社会信用代码 (GB 32100-2015)."""

import pytest
import stdnum.cn.uscc
from hypothesis import given
from hypothesis import strategies as st

from contracts.values import EmployerKind
from services.registry.rules.credit_code import (
    CreditCodeFault,
    check_digit,
    examine,
    inner_check_digit,
    kind_warning,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PUBLISHED = ["91110000600037341L", "91350100M000100Y43"]
SYNTHETIC = [
    "91370600MA3C1A2B9T",
    "913706022654678967",
    "12370600495100010B",
    "113706000042600109",
    "52370600MJE123451M",
    "92370602MA3D9XYQ25",
    "5137060050112233X5",
]
bodies = st.text(ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", PUBLISHED + SYNTHETIC)
def test_4_2_known_codes_are_sound(code):
    assert examine(code).ok


@pytest.mark.parametrize("code", PUBLISHED)
def test_4_2_published_codes_hold_the_inner_check_without_warning(code):
    assert examine(code).warnings == ()


def test_4_2_spaces_small_letters_and_full_width_are_read():
    assert examine(" 9111 0000 6000 3734 1l ").code == "91110000600037341L"
    assert examine("９１１１００００６０００３７３４１Ｌ").ok


def test_4_2_a_short_code_says_how_many_characters_it_has():
    verdict = examine("9111000060003734")
    assert verdict.fault is CreditCodeFault.LENGTH
    assert verdict.message == "统一社会信用代码应为18位，现为16位"


def test_4_2_a_forbidden_letter_is_named_with_its_place_and_look_alike():
    verdict = examine("9111000O600037341L")
    assert (verdict.fault, verdict.position, verdict.found, verdict.expected) == (
        CreditCodeFault.CHARACTER,
        8,
        "O",
        "0",
    )
    assert verdict.message == "第8位“O”不能用于统一社会信用代码，是否应为“0”"


def test_4_2_a_wrong_check_digit_says_the_expected_one():
    verdict = examine("91110000600037341M")
    assert (verdict.fault, verdict.position, verdict.found, verdict.expected) == (
        CreditCodeFault.CHECK_DIGIT,
        18,
        "M",
        "L",
    )
    assert "第18位校验码应为“L”，现为“M”" in verdict.message
    assert "第1至8位或第18位" in verdict.message


def test_4_2_a_slip_inside_the_organisation_code_is_located_there():
    assert "第9至17位（组织机构代码）" in examine("91110000600037351L").message


def test_4_2_an_inner_code_that_fails_alone_is_a_warning_only():
    body = "91110000600037342"
    verdict = examine(body + check_digit(body))
    assert verdict.ok
    assert verdict.warnings == ("第9至17位（组织机构代码）自身的校验码不符，请核对证照",)


def test_4_2_an_unknown_registering_department_is_a_warning_only():
    body = "99110000600037341"
    verdict = examine(body + check_digit(body))
    assert verdict.ok
    assert "“99”" in verdict.warnings[0]


def test_gb_11714_known_organisation_codes():
    assert inner_check_digit("60003734") == "1"
    assert inner_check_digit("M000100Y") == "4"


def test_4_2_prefix_and_employer_kind():
    assert kind_warning("91110000600037341L", EmployerKind.ENTERPRISE) is None
    assert "91开头" in (kind_warning("91110000600037341L", EmployerKind.STATE_ORGAN) or "")


@given(bodies)
def test_the_check_digit_agrees_with_stdnum(body):
    assert check_digit(body) == stdnum.cn.uscc.calc_check_digit(body)


@given(bodies, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_change_of_one_character_is_detected(body, place, other):
    code = body + check_digit(body)
    changed = code[:place] + other + code[place + 1 :]
    assert examine(changed).ok is (changed == code)


@given(st.text(max_size=40))
def test_any_text_gets_a_verdict(text):
    verdict = examine(text)
    assert verdict.ok or verdict.message
