"""An increase sheet as somebody filled it in, right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from contracts.http.enrollment import RawIncrease
from services.enrollment.rules.rows import COLUMNS


def sheet(rows: Sequence[RawIncrease], headings: Sequence[str] = tuple(COLUMNS.values())) -> bytes:
    """An xlsx file with these headings; a row's cells stand under its own."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet()
    for place, heading in enumerate(headings):
        page.write_string(0, place, heading)
    fields = {heading: field for field, heading in COLUMNS.items()}
    for line, row in enumerate(rows, start=1):
        for place, heading in enumerate(headings):
            if cell := getattr(row, fields[heading.rstrip("*")]):
                page.write_string(line, place, cell)
    book.close()
    return target.getvalue()
