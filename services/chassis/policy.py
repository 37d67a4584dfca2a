"""Missing policy data: a job or a rule stops and names what is missing; it never falls back to older data."""

from __future__ import annotations


class MissingPolicy(Exception):
    """No released policy data (domain 1.5, business date without data).

    `what` is the Chinese name of the data, `when` the month or year that lacks it.
    """

    def __init__(self, what: str, when: str) -> None:
        super().__init__(f"缺少{what}（{when}）的政策数据")
        self.what = what
        self.when = when
