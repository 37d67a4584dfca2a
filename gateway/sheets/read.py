"""Sheets that come in: headings are matched, cells become text, nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from annotated_types import MaxLen
from python_calamine import CalamineError, CalamineWorkbook

from contracts.errors import gateway as codes
from contracts.errors.code import Fault
from contracts.http.enrollment import Column, RawIncrease
from services.chassis.problems import Problem

MOST_ROWS, MOST_BYTES, MOST_FAULTS = 20_000, 8 * 1024 * 1024, 100
_ZIP = b"PK\x03\x04"


def _text(value: object) -> str:
    """A cell as text; whole numbers lose the decimals that spreadsheets give them."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _most_letters(field: str) -> int:
    """The longest text the contract takes in a field."""
    limits = [
        rule.max_length for rule in RawIncrease.model_fields[field].metadata if isinstance(rule, MaxLen)
    ]
    return min(limits)


def _refuse_long_cells(filled: Sequence[tuple[int, dict[str, str]]], columns: Sequence[Column]) -> None:
    """Problem CELL_TOO_LONG naming each cell that no field could take."""
    limits = {column.field: (_most_letters(column.field), column.heading) for column in columns}
    faults = tuple(
        Fault(
            field=field, code="too_long", message=f"第{number}行“{limits[field][1]}”最多{limits[field][0]}字"
        )
        for number, cells in filled
        for field, text in cells.items()
        if len(text) > limits[field][0]
    )
    if faults:
        raise Problem(codes.CELL_TOO_LONG, faults=faults[:MOST_FAULTS])


def read_increases(content: bytes, columns: Sequence[Column]) -> tuple[RawIncrease, ...]:
    """The filled rows of an increase sheet; Problem for what is no such sheet, is too large or is empty."""
    if len(content) > MOST_BYTES or not content.startswith(_ZIP):
        raise Problem(codes.NOT_A_SHEET)
    try:
        grid = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, OSError) as error:
        raise Problem(codes.NOT_A_SHEET) from error
    headings = [_text(cell).rstrip("*") for cell in grid[0]] if grid else []
    places = {
        column.field: headings.index(column.heading) for column in columns if column.heading in headings
    }
    missing = [column.heading for column in columns if column.required and column.field not in places]
    if missing:
        raise Problem(codes.MISSING_COLUMNS, columns="、".join(missing))
    filled = [
        (number, {field: _text(cells[place]) for field, place in places.items()})
        for number, cells in enumerate(grid[1:], start=2)
        if any(_text(cell) for cell in cells)
    ]
    _refuse_long_cells(filled, columns)
    rows = [RawIncrease(row=number, **cells) for number, cells in filled]
    if not rows:
        raise Problem(codes.EMPTY_SHEET)
    if len(rows) > MOST_ROWS:
        raise Problem(codes.TOO_MANY_ROWS, most=MOST_ROWS)
    return tuple(rows)
