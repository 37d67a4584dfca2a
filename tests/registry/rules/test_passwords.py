"""Passwords (clause 三, 协议 二.5)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules.passwords import Weakness, initial_password, weakness


def test_agreement_2_5_an_initial_password_is_strong_and_readable():
    word = initial_password(random.Random(1).randrange)
    assert len(word) == 12
    assert weakness(word) is None
    assert not set(word) & set("0O1lI")


def test_agreement_2_5_the_random_source_alone_decides():
    assert initial_password(random.Random(7).randrange) == initial_password(random.Random(7).randrange)


@given(st.integers())
def test_agreement_2_5_every_initial_password_has_all_four_kinds(seed):
    word = initial_password(random.Random(seed).randrange)
    assert any(c.isupper() for c in word)
    assert any(c.islower() for c in word)
    assert any(c.isdigit() for c in word)
    assert any(not c.isalnum() for c in word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Kq7#mw2Tp", Weakness.SHORT),
        ("Kq7#" * 33, Weakness.LONG),
        ("kqmwtphzrx", Weakness.KINDS),
        ("Kq7mw1234z", Weakness.RUN),
        ("Kq7mwdcbaz", Weakness.RUN),
        ("Kq7mwaaaaz", Weakness.RUN),
        ("Kq7mwasdfz", Weakness.RUN),
        ("P@ssw0rd2016", Weakness.COMMON),
        ("Yantai2016#", Weakness.COMMON),
        ("Sb-3706000001-x", Weakness.OWN_DATA),
        ("Wang-Jianguo-9", Weakness.OWN_DATA),
        ("Old-Secret-97", Weakness.UNCHANGED),
    ],
)
def test_agreement_2_5_weak_passwords_are_refused_with_a_reason(word, expected):
    found = weakness(word, old="Old-Secret-97", own_data=("3706000001", "wang-jianguo", "王"))
    assert found is expected
    assert "密码" in found.reason


def test_agreement_2_5_a_name_of_two_chinese_characters_counts():
    assert weakness("Kq7#mw2T张伟", own_data=("张伟",)) is Weakness.OWN_DATA


def test_agreement_2_5_a_long_passphrase_needs_no_mixture():
    assert weakness("haidian lou shang de mao") is None


def test_agreement_2_5_a_good_password_passes():
    assert weakness("Kq7#mw2Tpz", old="Old-Secret-97", own_data=("3706000001",)) is None


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(word):
    found = weakness(word)
    assert found is None or found.reason
