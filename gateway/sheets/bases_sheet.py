"""The sheet of the year's bases: it leaves with everybody on it, and comes back with what was paid (三(三)1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from uuid import UUID

import xlsxwriter

from contracts.errors import gateway as codes
from contracts.errors.code import Fault
from contracts.http.enrollment import BaseRow, DeclareBases, DeclaredWage
from gateway.forms import EMPTY, NOT_MONEY, Entry
from gateway.sheets.opening import open_sheet
from services.chassis.problems import Problem

NUMBER, NAME, IDENTITY, CURRENT, TOTAL, MONTHS = (
    "个人编号",
    "姓名",
    "身份证号码",
    "现缴费基数",
    "上年度工资总额（元）",
    "发放月数",
)
_NEEDED = (NUMBER, TOTAL, MONTHS)
_WIDTH, _MOST_FAULTS = 18, 100
_MONTHS_WANTED = "请填写1至12的整数"
_UNKNOWN = "本次申报名单中没有该个人编号"


def bases_sheet(rows: Sequence[BaseRow]) -> bytes:
    """Everybody to be declared, one line each; totals that were declared before stand in it."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("缴费基数申报")
    text, must = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bg_color": "#fdf1dc"})
    page.set_column(0, 5, _WIDTH, text)
    for place, heading in enumerate((NUMBER, NAME, IDENTITY, CURRENT, TOTAL, MONTHS)):
        page.write_string(0, place, heading, must)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(_cells(row)):
            page.write_string(line, place, cell, text)
    page.freeze_panes(1, 2)
    book.close()
    return target.getvalue()


def _cells(row: BaseRow) -> tuple[str, ...]:
    total = "" if row.wage_total is None else f"{row.wage_total // 100}.{row.wage_total % 100:02}"
    months = row.months or row.months_before
    return row.person_no, row.name, row.id_number_masked, str(row.current_base // 100), total, str(months)


async def read_bases(content: bytes, year: int, people: Mapping[str, UUID]) -> DeclareBases:
    """The filled lines as a sending; lines without a total are left out. Problem names every faulty cell."""
    lines = [(number, line) for number, line in enumerate(await open_sheet(content), start=1) if any(line)]
    headings = [cell.rstrip("*") for cell in lines[0][1]] if lines else []
    missing = [heading for heading in _NEEDED if heading not in headings]
    if missing:
        raise Problem(codes.MISSING_COLUMNS, columns="、".join(missing))
    faults: list[Fault] = []
    rows = []
    for number, line in lines[1:]:
        cells = {heading: line[headings.index(heading)] for heading in _NEEDED}
        if cells[TOTAL]:
            rows.append(_row(number, cells, people, faults))
    if faults:
        raise Problem(codes.SHEET_FAULTS, count=len(faults), faults=tuple(faults[:_MOST_FAULTS]))
    if not rows:
        raise Problem(codes.EMPTY_SHEET)
    return DeclareBases(year=year, rows=tuple(row for row in rows if row))


def _row(
    number: int, cells: Mapping[str, str], people: Mapping[str, UUID], faults: list[Fault]
) -> DeclaredWage | None:
    who, entry = people.get(cells[NUMBER]), Entry({"total": cells[TOTAL]})
    total = entry.fen("total")
    months = int(cells[MONTHS]) if cells[MONTHS].isdecimal() else 0
    found = [] if who else [(NUMBER, _UNKNOWN if cells[NUMBER] else EMPTY)]
    found += [(TOTAL, NOT_MONEY)] if entry.faults else []
    found += [] if 1 <= months <= 12 else [(MONTHS, _MONTHS_WANTED)]  # noqa: PLR2004  # a year's months
    faults += [
        Fault(field="sheet", code="cell", message=f"第{number}行“{column}”：{words}", value=cells[column])
        for column, words in found
    ]
    if found or who is None:
        return None
    return DeclaredWage(enrollment_id=who, wage_total=total, months=months)
