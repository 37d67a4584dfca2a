"""Sheets that leave: every cell is text, so that numbers keep their digits and no cell is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from contracts.http.enrollment import Column, PreviewRow, RawIncrease

WIDTH, LAST_ROW = 18, 20_000
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _book(target: BytesIO) -> xlsxwriter.Workbook:
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    return xlsxwriter.Workbook(target, options)


def template(columns: Sequence[Column]) -> bytes:
    """An empty sheet with headings, lists to choose from, and cells that are text."""
    target = BytesIO()
    book = _book(target)
    sheet = book.add_worksheet("增员")
    text = book.add_format({"num_format": "@"})
    must = book.add_format({"bold": True, "bg_color": "#fdf1dc"})
    may = book.add_format({"bold": True, "bg_color": "#eef1f6"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTH, text)
        sheet.write_string(
            0, place, column.heading + ("*" if column.required else ""), must if column.required else may
        )
        if column.choices:
            sheet.data_validation(
                1, place, LAST_ROW, place, {"validate": "list", "source": list(column.choices)}
            )
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def error_file(
    columns: Sequence[Column], rows: Sequence[RawIncrease], verdicts: Sequence[PreviewRow]
) -> bytes:
    """The faulty rows as they came, faulty cells marked, with a column that says what to do."""
    target = BytesIO()
    book = _book(target)
    sheet = book.add_worksheet("需修改的行")
    bad = book.add_format({"bg_color": "#fbe9e7", "num_format": "@"})
    fine = book.add_format({"num_format": "@"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTH, fine)
        sheet.write_string(0, place, column.heading + ("*" if column.required else ""))
    sheet.write_string(0, len(columns), "问题（改好后直接重新上传，不必删除本列）")
    sheet.set_column(len(columns), len(columns), 60)
    given = {row.row: row for row in rows}
    for line, verdict in enumerate((v for v in verdicts if v.faults), start=1):
        faulty = {fault.field for fault in verdict.faults}
        for place, column in enumerate(columns):
            value = str(getattr(given[verdict.row], column.field))
            sheet.write_string(line, place, value, bad if column.field in faulty else fine)
        told = "；".join(fault.message for fault in verdict.faults)
        sheet.write_string(line, len(columns), f"原第{verdict.row}行：{told}")
    book.close()
    return target.getvalue()
