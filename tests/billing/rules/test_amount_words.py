"""Sums in capitals (大写, domain 7)."""

from __future__ import annotations

from decimal import Decimal

import cn2an  # type: ignore[import-untyped]  # the package ships no types; one text is read
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.rules.amount_words import amount_words


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (8602_58, "捌仟陆佰零贰元伍角捌分"),
        (172_05, "壹佰柒拾贰元零伍分"),
        (10_000_00, "壹万元整"),
        (100_100_10, "壹拾万零壹佰元壹角"),
        (5, "伍分"),
        (10, "壹角"),
        (0, "零元整"),
        (10_05, "壹拾元零伍分"),
        (100_000_000_01, "壹亿元零壹分"),
        (100_010_000_00, "壹亿零壹万元整"),
        (20_000_05, "贰万元零伍分"),
        (10_001_000_00, "壹仟万壹仟元整"),
    ],
)
def test_7_sums_in_capitals(fen, words):
    assert amount_words(fen) == words


@given(st.one_of(st.integers(0, 10_000_00), st.integers(0, 10**14 - 1)))
def test_7_capitals_agree_with_cn2an(fen):
    assert amount_words(fen) == cn2an.an2cn(str(Decimal(fen) / 100), "rmb")


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_what_cannot_be_written_is_refused(fen):
    with pytest.raises(ValueError, match="capitals"):
        amount_words(fen)
