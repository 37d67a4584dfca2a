"""What one cell of a sheet may say: dates in several forms, yuan, telephones, plain text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_SHEET_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_050
_WRITTEN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[T ]0?0:00(?::00)?(?:\.0+)?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0*)?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.0*)?")
_YUAN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,12})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_MOBILE = re.compile(r"1[0-9]{10}")
_FORMULA = ("=", "+", "-", "@")
_NAME_LENGTH = 50
_NAME_SIGNS = "·.-' "
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell: the code's last word and a Chinese message."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Yuan:
    """A sum in fen; `rounded` when the cell held parts of a fen."""

    fen: int
    rounded: bool


def narrow(text: str) -> str:
    """Half width, without blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def read_text(text: str) -> str | CellFault:
    """Plain text on one line; what a sheet would take for a formula is refused."""
    plain = " ".join(text.split())
    if narrow(plain).startswith(_FORMULA):
        return CellFault("formula", "内容不能以=、+、-、@开头")
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in plain):
        return CellFault("control", "内容含有不可见字符，请重新输入")
    return plain


def read_name(text: str) -> str | CellFault:
    """A person's name: letters of any script, · between parts, at most 50 characters."""
    name = read_text(text.replace("•", "·").replace("．", "·"))
    if isinstance(name, CellFault):
        return name
    if len(name) > _NAME_LENGTH or not all(c.isalpha() or c in _NAME_SIGNS for c in name):
        return CellFault("form", "只能是文字和间隔号，不超过50字")
    return name


def read_date(text: str) -> date | CellFault:
    """2016-09-01, 2016/9/1, 2016.9.1, 2016年9月1日, 20160901, or a sheet's serial number 42614."""
    cell = narrow(text)
    serial = _SERIAL.fullmatch(cell)
    if serial and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        return _SHEET_EPOCH + timedelta(int(serial[1]))
    written = _WRITTEN.fullmatch(cell) or _COMPACT.fullmatch(cell)
    if not written:
        return CellFault("form", "日期格式应为2016-09-01")
    try:
        return date(*(int(part) for part in written.groups()))
    except ValueError:
        return CellFault("form", f"日期{cell}不存在")


def read_yuan(text: str) -> Yuan | CellFault:
    """A sum above nought in yuan, with or without 元, ¥ and thousands commas; half-up to the fen."""
    cell = narrow(text).removeprefix("¥").removesuffix("元").strip()
    plain = cell.replace(",", "") if _GROUPED.fullmatch(cell) else cell
    if not _YUAN.fullmatch(plain):
        return CellFault("form", "金额应为数字，如5431.37")
    exact = Decimal(plain)
    fen = int(exact.quantize(_CENT, ROUND_HALF_UP) * 100)
    if not fen:
        return CellFault("form", "金额应大于0")
    return Yuan(fen, rounded=fen != exact * 100)


def read_mobile(text: str) -> str | CellFault:
    """A mobile number of 11 digits; 86 in front and separators are dropped."""
    digits = re.sub(r"[\s-]", "", narrow(text)).removeprefix("+86")
    digits = re.sub(r"\.0*$", "", digits)
    if _MOBILE.fullmatch(digits):
        return digits
    if re.fullmatch(r"[0-9.]+[Ee]\+?[0-9]+", digits):
        return CellFault("as_number", "被表格软件改成了数值，请将该列设为文本后重新填写")
    return CellFault("form", "应为11位手机号码")


def read_yes_no(text: str) -> bool | CellFault:
    """是 or 否."""
    cell = narrow(text).upper()
    if cell in ("是", "Y", "1", "TRUE"):
        return True
    if cell in ("否", "N", "0", "FALSE"):
        return False
    return CellFault("form", "应填“是”或“否”")
