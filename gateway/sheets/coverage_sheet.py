"""Registered against opened, by district, as a spreadsheet with its sums (clause 一(一))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from contracts.http.registry import Coverage

HEADINGS = ("区县代码", "区县", "已登记", "已开通", "未开通", "开通比例")
_WIDTHS = (12, 22, 12, 12, 12, 12)


def coverage_sheet(rows: Sequence[Coverage], on: date) -> bytes:
    """One row a district and one for all; figures are numbers, the share is of the registered."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(f"{on:%Y-%m-%d}")
    head = book.add_format({"bold": True, "bg_color": "#eef1f6"})
    share = book.add_format({"num_format": "0.0%"})
    for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    whole = ("", "合计", sum(row.registered for row in rows), sum(row.opened for row in rows))
    lines = [(row.district, row.district_name, row.registered, row.opened) for row in rows]
    for line, (code, name, registered, opened) in enumerate([*lines, whole], start=1):
        sheet.write_string(line, 0, code)
        sheet.write_string(line, 1, name)
        for place, number in ((2, registered), (3, opened), (4, registered - opened)):
            sheet.write_number(line, place, number)
        sheet.write_number(line, 5, opened / registered if registered else 0, share)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()
