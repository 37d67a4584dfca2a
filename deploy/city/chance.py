"""Choices that come out alike on every run: of the city from its seed, of passwords from a secret."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from random import Random
from typing import TypeVar

SEED = 2016_09
T = TypeVar("T")


def dice(*names: object) -> Random:
    """Dice of one thing of the city: the same name, the same throws."""
    return Random(f"{SEED}/{'/'.join(map(str, names))}")  # noqa: S311  # made-up people, no secret


def pick(throws: Random, weights: Sequence[tuple[T, int]]) -> T:
    """One of the things by weight."""
    return throws.choices([thing for thing, _ in weights], [weight for _, weight in weights])[0]


class Derived:
    """Numbers below n from a secret and a name; an interrupted load finds its passwords again by them."""

    def __init__(self, secret: str, name: str) -> None:
        self._secret, self._name, self._drawn = secret.encode(), name, 0

    def __call__(self, n: int) -> int:
        """The next number in [0, n)."""
        self._drawn += 1
        digest = hmac.new(self._secret, f"{self._name}/{self._drawn}".encode(), "sha256").digest()
        return int.from_bytes(digest) % n
