"""Initial passwords and the strength of new ones (clause 三, 协议 二.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from string import digits, punctuation

Below = Callable[[int], int]
"""A random source: a number in [0, n), `secrets.randbelow` outside tests."""

MIN_LENGTH = 10
MAX_LENGTH = 128
_PASSPHRASE = 16
_INITIAL_LENGTH = 12
_RUN = 4
_KINDS_WANTED = 3
_UPPER, _LOWER, _DIGITS, _SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789", "#%+-=@"
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
)
_COMMON = frozenset(
    {
        "password",
        "passw",
        "admin",
        "administrator",
        "welcome",
        "letmein",
        "iloveyou",
        "woaini",
        "qwerty",
        "yantai",
        "shebao",
        "shandong",
        "zhongguo",
        "china",
        "abc",
        "abcabc",
        "mima",
        "caiwu",
        "renshi",
        "kuaiji",
    }
)
_LEET = str.maketrans("@013457$!", "aoieastsi")


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "password.short"
    LONG = "password.long"
    KINDS = "password.kinds"
    OWN_DATA = "password.own_data"
    RUN = "password.run"
    COMMON = "password.common"
    UNCHANGED = "password.unchanged"

    @property
    def reason(self) -> str:
        """The Chinese reason."""
        return _REASONS[self]


_REASONS = {
    Weakness.SHORT: f"新密码至少{MIN_LENGTH}位",
    Weakness.LONG: f"新密码最多{MAX_LENGTH}位",
    Weakness.KINDS: f"新密码须含大写字母、小写字母、数字、符号中的至少三类，或不少于{_PASSPHRASE}位",
    Weakness.OWN_DATA: "新密码不能包含登录名、社保编号、姓名、证件号码或手机号码",
    Weakness.RUN: "新密码不能包含连续或重复的字符，如1234、abcd、aaaa",
    Weakness.COMMON: "新密码过于常见，请换一个",
    Weakness.UNCHANGED: "新密码不能与原密码相同",
}


def initial_password(below: Below) -> str:
    """Twelve characters without look-alikes, all four kinds among them, for the printed slip."""
    every = _UPPER + _LOWER + _DIGITS + _SIGNS
    while True:
        chosen = [pool[below(len(pool))] for pool in (_UPPER, _LOWER, _DIGITS, _SIGNS)]
        chosen += [every[below(len(every))] for _ in range(_INITIAL_LENGTH - len(chosen))]
        word = _shuffled(chosen, below)
        if weakness(word) is None:
            return word


def weakness(new: str, *, old: str = "", own_data: Iterable[str] = ()) -> Weakness | None:
    """What speaks against a new password, or none; `own_data` are log-in name, numbers, names."""
    tests = (
        (len(new) < MIN_LENGTH, Weakness.SHORT),
        (len(new) > MAX_LENGTH, Weakness.LONG),
        (bool(old) and new == old, Weakness.UNCHANGED),
        (_holds_own_data(new, own_data), Weakness.OWN_DATA),
        (_is_common(new), Weakness.COMMON),
        (_has_run(new), Weakness.RUN),
        (len(new) < _PASSPHRASE and _kinds(new) < _KINDS_WANTED, Weakness.KINDS),
    )
    return next((fault for holds, fault in tests if holds), None)


def _shuffled(characters: list[str], below: Below) -> str:
    for last in range(len(characters) - 1, 0, -1):
        other = below(last + 1)
        characters[last], characters[other] = characters[other], characters[last]
    return "".join(characters)


def _kinds(word: str) -> int:
    return sum(
        (
            any(c.isupper() for c in word),
            any(c.islower() for c in word),
            any(c.isdigit() for c in word),
            any(not c.isalnum() for c in word),
        )
    )


def _holds_own_data(word: str, own_data: Iterable[str]) -> bool:
    folded = word.casefold()
    return any(_long_enough(piece) and piece.casefold() in folded for piece in own_data)


def _long_enough(piece: str) -> bool:
    """Two Chinese characters are a name; a Latin piece counts from four on."""
    return len(piece) >= (_RUN if piece.isascii() else 2)


def _is_common(word: str) -> bool:
    """A common word stays common with a year behind it or with @ for a."""
    folded = word.casefold()
    core = folded.strip(digits + punctuation).translate(_LEET)
    return core in _COMMON or "".join(c for c in folded if c.isalpha()) in _COMMON


def _has_run(word: str) -> bool:
    folded = word.casefold()
    pieces = {folded[at : at + _RUN] for at in range(len(folded) - _RUN + 1)}
    return any(len(set(piece)) == 1 or _on_a_row(piece) for piece in pieces)


def _on_a_row(piece: str) -> bool:
    return any(piece in row or piece[::-1] in row for row in _ROWS)
