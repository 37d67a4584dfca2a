"""What people type: sums and rates read exactly, and a form's faults named by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from contracts.errors import chassis as codes
from contracts.errors.code import Fault
from contracts.month import Month
from services.chassis.problems import Problem

M = TypeVar("M", bound=BaseModel)
_YUAN = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,4}))?")
_WORDS = {
    "missing": "请填写",
    "string_too_short": "请填写",
    "string_too_long": "内容过长",
    "string_pattern_mismatch": "格式不正确",
    "enum": "请从列表中选择",
    "greater_than": "应大于零",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
    "too_short": "请至少填写一项",
    "int_parsing": "请填写整数",
}
_TEXTUAL = frozenset({"string_pattern_mismatch", "enum", "int_parsing"})
EMPTY = "请填写"
NOT_MONEY = "请填写金额，单位元，最多两位小数"
NOT_RATE = "请填写百分比，最多四位小数"
NOT_DAY = "请填写日期，如 2016-09-10"
NOT_MONTH = "请填写年月，如 2016-09"
WRONG = "填写有误"


class Entry:
    """The cells of a sent form; reading collects the faults instead of stopping at the first."""

    def __init__(self, cells: Mapping[str, str], lists: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._cells = cells
        self._lists = lists or {}
        self.faults: list[Fault] = []

    def text(self, field: str) -> str:
        """The cell without the blanks around it."""
        return self._cells.get(field, "").strip()

    def chosen(self, field: str) -> tuple[str, ...]:
        """All ticked values of a field."""
        return self._lists.get(field, ())

    def wrong(self, field: str, message: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(field=field, code="form", message=message, value=self.text(field)))

    def fen(self, field: str) -> int:
        """A sum typed in yuan, in fen; 0 with a fault noted where it is none."""
        return self._exact(field, _YUAN, NOT_MONEY, 2)

    def ppm(self, field: str) -> int:
        """A rate typed in per cent, in ppm: 0.5 is 5000; an empty cell is 0."""
        return self._exact(field, _PERCENT, NOT_RATE, 4) if self.text(field) else 0

    def day(self, field: str) -> date | None:
        """A date."""
        try:
            return date.fromisoformat(self.text(field))
        except ValueError:
            self.wrong(field, NOT_DAY)
            return None

    def month(self, field: str) -> Month | None:
        """A month; an input of a browser without month fields is plain text."""
        try:
            return Month.parse(self.text(field))
        except ValueError:
            self.wrong(field, NOT_MONTH)
            return None

    def build(self, model: type[M], values: Mapping[str, object]) -> M:
        """The command; Problem BAD_INPUT with every fault of the form, each by its field."""
        try:
            made = model.model_validate({name: value for name, value in values.items() if value is not None})
        except ValidationError as error:
            self._take(error)
            raise self._refusal() from error
        if self.faults:
            raise self._refusal()
        return made

    def _exact(self, field: str, form: re.Pattern[str], message: str, places: int) -> int:
        found = form.fullmatch(self.text(field))
        if found is None:
            self.wrong(field, message if self.text(field) else EMPTY)
            return 0
        whole, part = found[1].replace(",", ""), found[2] or ""
        return int(whole + part.ljust(places, "0"))

    def _take(self, error: ValidationError) -> None:
        known = {fault.field for fault in self.faults}
        for entry in error.errors():
            field = ".".join(map(str, entry["loc"]))
            if field not in known:
                known.add(field)
                self.wrong(field, self._words(field, entry["type"]))

    def _words(self, field: str, kind: str) -> str:
        """What is wrong with a cell: an empty one is not "of the wrong form", it is empty."""
        if kind in _TEXTUAL and not self.text(field):
            return EMPTY
        return _WORDS.get(kind, WRONG)

    def _refusal(self) -> Problem:
        return Problem(codes.BAD_INPUT, field=self.faults[0].field, faults=tuple(self.faults))


async def sent(request: Request) -> Entry:
    """The form of a request."""
    form = await request.form()
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    lists = {name: tuple(value for other, value in texts if other == name) for name, _ in texts}
    return Entry(dict(texts), lists)
