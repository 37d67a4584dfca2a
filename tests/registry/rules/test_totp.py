"""One-time codes against the vectors of RFC 6238, appendix B (SHA-1, cut to six digits)."""

from __future__ import annotations

import pytest

from services.registry.rules.totp import step_of

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code", "step"),
    [
        (59, "287082", 1),
        (1111111109, "081804", 37037036),
        (1111111111, "050471", 37037037),
        (1234567890, "005924", 41152263),
        (2000000000, "279037", 66666666),
        (20000000000, "353130", 666666666),
    ],
)
def test_RFC6238_the_published_codes_fit_their_step(seconds: int, code: str, step: int):
    assert step_of(SECRET, code, seconds, 0) == step


def test_RFC6238_a_clock_half_a_minute_off_still_fits_and_two_steps_do_not():
    assert step_of(SECRET, "050471", 1111111111 + 30, 0) == 37037037
    assert step_of(SECRET, "050471", 1111111111 - 30, 0) == 37037037
    assert step_of(SECRET, "050471", 1111111111 + 90, 0) is None


def test_RFC6238_a_code_is_good_once():
    assert step_of(SECRET, "050471", 1111111111, 37037037) is None


@pytest.mark.parametrize("code", ["", "05047", "0504711", "050472", "一二三四五六"])
def test_RFC6238_anything_else_is_wrong(code: str):
    assert step_of(SECRET, code, 1111111111, 0) is None
