"""Months: 所属期 (AAE003), the unit in which contributions are owed."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_LAST = 12
_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, written `2016-09`; strings of any other form raise ValueError."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= _LAST:
            raise ValueError(f"month number {self.number} is not in 1..12")

    @classmethod
    def of(cls, day: date) -> Self:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2016-09`."""
        if not re.match(_PATTERN, text):
            raise ValueError(f"{text!r} is not a month like 2016-09")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    @lru_cache(maxsize=4096)
    def from_number(cls, yyyymm: int) -> Self:
        """Read the stored form 201609."""
        return cls(yyyymm // 100, yyyymm % 100)

    @property
    def yyyymm(self) -> int:
        """The stored form, 201609."""
        return self.year * 100 + self.number

    @property
    def first_day(self) -> date:
        """The first calendar day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last calendar day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def day(self, number: int) -> date:
        """The day with that number in this month; ValueError where there is none."""
        return date(self.year, self.number, number)

    def plus(self, months: int) -> Self:
        """The month so many months later; negative counts go back."""
        index = self.year * 12 + self.number - 1 + months
        return type(self)(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema(strict=True))
        return core_schema.json_or_python_schema(
            json_schema=text,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), text]),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": _PATTERN, "examples": ["2016-09"]}
