"""A month's bill as a spreadsheet: what was asked of whom, with sums that a spreadsheet can add."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from contracts.http.billing import LineView
from contracts.month import Month
from contracts.values import KIND_NAMES
from gateway.sheets.write import MEDIA_TYPE as MEDIA_TYPE

HEADINGS = (
    "个人编号",
    "姓名",
    "险种",
    "缴费基数",
    "单位费率",
    "个人费率",
    "单位应缴",
    "个人应缴",
    "小计",
    "单位算式",
    "个人算式",
)
_WIDTHS = (14, 12, 20, 12, 10, 10, 12, 12, 12, 44, 44)


def bill_sheet(month: Month, lines: Sequence[LineView], names: Mapping[str, str]) -> bytes:
    """One row per person and kind; texts are texts and sums are numbers in yuan."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(str(month))
    head = book.add_format({"bold": True, "bg_color": "#eef1f6"})
    money, rate = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "0.00##%"})
    for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    for row, line in enumerate(lines, start=1):
        for place, text in enumerate((line.person_no, names.get(line.person_no, ""), KIND_NAMES[line.kind])):
            sheet.write_string(row, place, text)
        sheet.write_number(row, 3, Decimal(line.base) / 100, money)
        for place, ppm in ((4, line.unit_rate), (5, line.person_rate)):
            sheet.write_number(row, place, Decimal(ppm) / 1_000_000, rate)
        for place, fen in ((6, line.unit), (7, line.person), (8, line.unit + line.person)):
            sheet.write_number(row, place, Decimal(fen) / 100, money)
        sheet.write_string(row, 9, line.unit_text)
        sheet.write_string(row, 10, line.person_text)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()
