"""A row of the existing register read cell by cell: what it says, or what is wrong with which cell (domain 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from contracts.errors.code import Fault
from contracts.http.register_imports import COLUMNS, KIND_WORDS, SCHEME_WORDS, WAY_WORDS, RegisterRow
from contracts.http.registry import Particulars, PaymentWay, RegisterEmployer
from contracts.month import Month
from contracts.values import KIND_NAMES, Scheme
from services.registry.rules.districts import DISTRICTS, district_on
from services.registry.rules.injury import TARIFF_2015

HEADINGS = {column.field: column.heading for column in COLUMNS}
_MONTH = re.compile(r"([0-9]{4})[-/年.]?([0-9]{1,2})月?")
_DAY = re.compile(r"([0-9]{4})[-/年.]?([0-9]{1,2})[-/月.]?([0-9]{1,2})日?")
_ORGANISATION = re.compile(r"[0-9A-Z]{8}-?[0-9X]")
_SEPARATORS = re.compile(r"[、，,;；\s]+")
_DISTRICT_NAMES = {entry.name: entry.code for entry in DISTRICTS}


class _Reader:
    """Reads cells and notes the fault of each that it cannot read."""

    def __init__(self, row: RegisterRow, today: date) -> None:
        self.row, self.today = row, today
        self.faults: list[Fault] = []

    def text(self, field: str) -> str:
        return str(getattr(self.row, field)).strip()

    def wrong(self, field: str, message: str) -> None:
        value = self.text(field)
        self.faults.append(
            Fault(field=field, code=f"row.{field}", message=f"{HEADINGS[field]}{message}", value=value)
        )

    def named(self, field: str, words: Mapping[Any, str]) -> Any:
        """A code or its Chinese name; none where the cell is empty."""
        text = self.text(field)
        for code, name in words.items():
            if text in (code, name):
                return code
        if text:
            self.wrong(field, f"应为{'、'.join(words.values())}之一")
        return None

    def district(self, field: str) -> str | None:
        """A district by code or name, as it is called today."""
        text = self.text(field)
        entry = district_on(_DISTRICT_NAMES.get(text, text), self.today)
        if text and entry is None:
            self.wrong(field, "不是烟台市的县市区")
        return entry.code if entry else None

    def month(self, field: str) -> Month | None:
        found = _MONTH.fullmatch(self.text(field))
        try:
            month = Month(int(found[1]), int(found[2])) if found else None
        except ValueError:
            month = None
        if month is None:
            self.wrong(field, "应为年月，如2016-09")
        return month

    def day(self, field: str) -> date | None:
        if not self.text(field):
            return None
        found = _DAY.fullmatch(self.text(field))
        try:
            day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            day = None
        if day is None or day > self.today:
            self.wrong(field, "应为不晚于今天的日期，如2010-03-01")
            return None
        return day

    def injury_class(self) -> int | None:
        found = self.number("injury_class")
        if found is not None and found not in TARIFF_2015.class_rates:
            self.wrong("injury_class", "应为1至8类")
            return None
        return found

    def number(self, field: str, default: int | None = None) -> int | None:
        text = self.text(field).removesuffix("%").removesuffix("类")
        if not text and default is not None:
            return default
        if text.isascii() and text.isdigit():
            return int(text)
        self.wrong(field, "应为整数")
        return None

    def kinds(self) -> tuple[str, ...]:
        known = {name: kind for kind, name in KIND_NAMES.items()} | {kind.value: kind for kind in KIND_NAMES}
        words = [word for word in _SEPARATORS.split(self.text("kinds")) if word]
        for word in words:
            if word not in known:
                self.wrong("kinds", f"中“{word}”不是险种名称")
                return ()
        return tuple(known[word] for word in words)

    def organisation_code(self) -> str:
        text = self.text("organisation_code").upper()
        if text and not _ORGANISATION.fullmatch(text):
            self.wrong("organisation_code", "应为9位数字或大写字母")
        return text.replace("-", "")


def read_row(row: RegisterRow, today: date) -> RegisterEmployer | tuple[Fault, ...]:
    """The registration a row asks for, or everything that cannot be read in it."""
    reader = _Reader(row, today)
    values = _values(reader)
    try:
        made = RegisterEmployer.model_validate({k: v for k, v in values.items() if v is not None})
    except ValidationError as error:
        return (*reader.faults, *_missed(reader, error))
    return tuple(reader.faults) or made


def _values(reader: _Reader) -> dict[str, Any]:
    way = reader.named("payment_way", WAY_WORDS) or PaymentWay.NET_BANK
    return {
        **{
            name: reader.text(name)
            for name in ("credit_code", "name", "address", "postcode", "legal_representative")
        },
        "employer_no": reader.text("employer_no") or None,
        "kind": reader.named("kind", KIND_WORDS),
        "scheme": reader.named("scheme", SCHEME_WORDS) or Scheme.ENTERPRISE,
        "district": reader.district("district"),
        "paying_agency": reader.district("paying_agency"),
        "registered_on": reader.day("registered_on"),
        "insured_from": reader.month("insured_from"),
        "kinds": reader.kinds(),
        "injury_class": reader.injury_class(),
        "injury_float_percent": reader.number("injury_float_percent", 100),
        "particulars": Particulars(payment_way=way, organisation_code=reader.organisation_code()),
        "imported": True,
    }


def _missed(reader: _Reader, error: ValidationError) -> Iterable[Fault]:
    """What the registration itself cannot take, beyond the cells that are noted already."""
    noted = {fault.field for fault in reader.faults}
    for entry in error.errors():
        field = str(entry["loc"][0])
        if field in HEADINGS and field not in noted:
            noted.add(field)
            empty = not reader.text(field)
            message = "未填写" if empty else "格式不正确"
            yield Fault(
                field=field,
                code=f"row.{field}",
                message=f"{HEADINGS[field]}{message}",
                value=reader.text(field),
            )


def district_of(row: RegisterRow, today: date) -> str:
    """The district a row counts to, as its cell says; empty for one that cannot be read."""
    text = row.district.strip()
    entry = district_on(_DISTRICT_NAMES.get(text, text), today)
    return entry.code if entry else ""
