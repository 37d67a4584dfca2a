"""Workbooks that somebody has made to do harm, or by mistake."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from contracts.http.enrollment import RawIncrease
from tests.gateway.api.sheet import sheet

SHEET = "xl/worksheets/sheet1.xml"
MEBIBYTE = 1024 * 1024
GOOD = sheet([RawIncrease(name="王建国")])


def with_entry(name: str, content: bytes, times: int = 1) -> bytes:
    """A good workbook with one more entry, or with another content of one, which may be long by repetition."""
    target = BytesIO()
    with ZipFile(BytesIO(GOOD)) as good, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for entry in good.infolist():
            if entry.filename != name:
                made.writestr(entry.filename, good.read(entry.filename))
        with made.open(name, "w") as part:
            for _ in range(times):
                part.write(content)
    return target.getvalue()


def with_formula(cell: str = "M2") -> bytes:
    """The wage is computed."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet()
    page.write_string("A1", "姓名")
    page.write_formula(cell, "=2500+1", None, 2501)
    book.close()
    return target.getvalue()


def of_lines(count: int) -> bytes:
    """So many lines without a value, as a spreadsheet leaves them that was formatted to its end."""
    lines = b"".join(b'<row r="%d"/>' % number for number in range(1, count + 1))
    return with_entry(SHEET, _around(lines))


def bomb(size: int) -> bytes:
    """Small as a file; so many bytes once it is unpacked."""
    return with_entry(SHEET, b" " * MEBIBYTE, size // MEBIBYTE)


def lying_bomb(size: int) -> bytes:
    """A bomb whose directory claims that it is small."""
    return bomb(size).replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def far_cell() -> bytes:
    """Two cells in opposite corners: a grid between them would fill any memory."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_entry(SHEET, _around(cells.encode()))


def _around(lines: bytes) -> bytes:
    head = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    return head + b"<sheetData>" + lines + b"</sheetData></worksheet>"


def lower_heading() -> bytes:
    """One cell in the third line."""
    return _around(b'<row r="3"><c r="A3"><v>1</v></c></row>')
