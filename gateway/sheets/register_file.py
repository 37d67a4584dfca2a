"""A file of the existing register: xlsx, CSV in UTF-8 or GBK, or JSON lines, as rows of text; nothing is judged."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO

import xlsxwriter

from contracts.errors import gateway as codes
from contracts.http.register_imports import COLUMNS, MOST_ROWS, FaultyRow, RegisterRow
from gateway.sheets.opening import open_sheet
from services.chassis.problems import Problem

MOST_BYTES = 8 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_LONGEST = 300
_FIELDS = {column.heading: column.field for column in COLUMNS} | {
    column.field: column.field for column in COLUMNS
}
REMARK = "问题（改好后直接重新上传，不必删除本列）"
Cells = Mapping[str, str]


async def read_register(content: bytes) -> tuple[RegisterRow, ...]:
    """The filled rows with their lines in the file; Problem for what is no such file, is too large or is empty."""
    if len(content) > MOST_BYTES:
        raise Problem(codes.NOT_A_REGISTER)
    if content.startswith(_ZIP):
        rows = list(_under_headings(await open_sheet(content)))
    else:
        text = _text(content)
        rows = list(_objects(text) if text.lstrip().startswith("{") else _under_headings(_lines(text)))
    if not rows:
        raise Problem(codes.EMPTY_REGISTER)
    if len(rows) > MOST_ROWS:
        raise Problem(codes.TOO_MANY_EMPLOYERS, most=MOST_ROWS)
    return tuple(RegisterRow(row=number, **cells) for number, cells in rows)


def _text(content: bytes) -> str:
    """UTF-8 where it is that, else GBK (GB 18030 holds it); Problem for neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem(codes.NOT_A_REGISTER)


def _lines(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Problem(codes.NOT_A_REGISTER) from error


def _under_headings(lines: Sequence[Sequence[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line's cells by field; a column of another heading is passed over."""
    head, *rest = lines or [[]]
    places = {
        _FIELDS[name]: at for at, cell in enumerate(head) if (name := cell.strip().rstrip("*")) in _FIELDS
    }
    if missing := [one.heading for one in COLUMNS if one.required and one.field not in places]:
        raise Problem(codes.MISSING_COLUMNS, columns="、".join(missing))
    for number, line in enumerate(rest, start=2):
        cells = {field: line[at].strip()[:_LONGEST] for field, at in places.items() if at < len(line)}
        if any(cells.values()):
            yield number, cells


def _objects(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """One JSON object a line; Problem naming the line that is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise Problem(codes.NOT_JSON_LINES, row=number)
        yield number, {_FIELDS[name]: _cell(value) for name, value in given.items() if name in _FIELDS}


def _cell(value: object) -> str:
    parts = value if isinstance(value, list) else [value]
    return "、".join("" if one is None else str(one) for one in parts).strip()[:_LONGEST]


def register_sheet(rows: Sequence[FaultyRow]) -> bytes:
    """The template, filled with faulty rows as they came: each faulty cell marked, and a column that says why."""
    target = BytesIO()
    plain = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(target, plain)
    sheet = book.add_worksheet("单位登记")
    text, bad = (
        book.add_format({"num_format": "@"}),
        book.add_format({"num_format": "@", "bg_color": "#fbe9e7"}),
    )
    head = book.add_format({"bold": True, "bg_color": "#eef1f6"})
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 18, text)
        sheet.write_string(0, place, column.heading + ("*" if column.required else ""), head)
        if column.choices:
            listed = {"validate": "list", "source": list(column.choices)}
            sheet.data_validation(1, place, MOST_ROWS, place, listed)
    for line, one in enumerate(rows, start=1):
        faulty = {fault.field for fault in one.faults}
        for place, column in enumerate(COLUMNS):
            cell = str(getattr(one.given, column.field))
            sheet.write_string(line, place, cell, bad if column.field in faulty else text)
        told = "；".join(fault.message for fault in one.faults)
        sheet.write_string(line, len(COLUMNS), f"原第{one.given.row}行：{told}")
    if rows:
        sheet.write_string(0, len(COLUMNS), REMARK, head)
        sheet.set_column(len(COLUMNS), len(COLUMNS), 60)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()
