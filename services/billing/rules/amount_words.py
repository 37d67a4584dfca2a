"""Sums in Chinese capitals (大写) as slips and receipts carry them."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "万", "亿", "万亿")
_BOUND = 10_000 ** len(_GROUPS) * 100


def amount_words(fen: int) -> str:
    """A sum in fen in capitals: 860258 is 捌仟陆佰零贰元伍角捌分; ValueError when negative or absurd."""
    if not 0 <= fen < _BOUND:
        raise ValueError(f"{fen} fen cannot be written in capitals")
    yuan, cents = divmod(fen, 100)
    if not cents:
        return (_integer(yuan) or "零") + "元整"
    head = _integer(yuan) + "元" if yuan else ""
    return head + _cents(cents, after_yuan=bool(yuan))


def _cents(cents: int, *, after_yuan: bool) -> str:
    jiao, fen = divmod(cents, 10)
    words = _DIGITS[jiao] + "角" if jiao else ("零" if after_yuan else "")
    return words + (_DIGITS[fen] + "分" if fen else "")


def _integer(yuan: int) -> str:
    words = ""
    gap = False
    for power in reversed(range(len(_GROUPS))):
        group = yuan // 10_000**power % 10_000
        if not group:
            gap = True
            continue
        zero = "零" if words and (gap or f"{group:04d}".startswith("0")) else ""
        words += zero + _group(group) + _GROUPS[power]
        gap = False
    return words


def _group(group: int) -> str:
    words = ""
    gap = False
    for digit, place in zip(f"{group:04d}", _PLACES, strict=True):
        if digit == "0":
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return words
