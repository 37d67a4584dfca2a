"""Sheets that come in: headings are matched, nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence

from annotated_types import MaxLen

from contracts.errors import gateway as codes
from contracts.errors.code import Fault
from contracts.http.enrollment import Column, RawIncrease
from gateway.sheets.opening import open_sheet
from services.chassis.problems import Problem

MOST_ROWS, MOST_FAULTS = 20_000, 100


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


async def read_increases(content: bytes, columns: Sequence[Column]) -> tuple[RawIncrease, ...]:
    """The filled rows of an increase sheet; Problem for what is no such sheet, is too large or is empty."""
    lines = [(number, line) for number, line in enumerate(await open_sheet(content), start=1) if any(line)]
    headings = [cell.rstrip("*") for cell in lines[0][1]] if lines else []
    places = {
        column.field: headings.index(column.heading) for column in columns if column.heading in headings
    }
    missing = [column.heading for column in columns if column.required and column.field not in places]
    if missing:
        raise Problem(codes.MISSING_COLUMNS, columns="、".join(missing))
    filled = [
        (number, {field: cells[place] for field, place in places.items()}) for number, cells in lines[1:]
    ]
    _refuse_long_cells(filled, columns)
    rows = [RawIncrease(row=number, **cells) for number, cells in filled]
    if not rows:
        raise Problem(codes.EMPTY_SHEET)
    if len(rows) > MOST_ROWS:
        raise Problem(codes.TOO_MANY_ROWS, most=MOST_ROWS)
    return tuple(rows)
