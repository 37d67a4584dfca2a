"""A workbook is opened in bounded time and memory, or refused with what to do (bad input for every door)."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from collections.abc import Callable

import pytest

from gateway.sheets.grid import MOST_LINES, MOST_MEMORY, MOST_UNPACKED
from gateway.sheets.opening import MOST_BYTES, open_sheet
from services.chassis.problems import Problem
from tests.gateway.sheets import workbooks


async def refusal(content: bytes) -> tuple[str, str]:
    """Code and words of the refusal."""
    with pytest.raises(Problem) as refused:
        await open_sheet(content)
    return refused.value.body.code, refused.value.body.detail


async def test_a_good_workbook_is_read_as_text():
    grid = await open_sheet(workbooks.GOOD)
    assert grid[0][:3] == ["姓名", "证件类型", "身份证号码"]
    assert grid[1][0] == "王建国"


async def test_lines_keep_their_numbers_below_empty_ones():
    grid = await open_sheet(workbooks.with_entry(workbooks.SHEET, workbooks.lower_heading()))
    assert [line[0] for line in grid] == ["", "", "1"]


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/activeX/activeX1.xml", "xl/externalLinks/externalLink1.xml"]
)
async def test_macros_controls_and_links_are_refused(name: str):
    content = workbooks.with_entry(name, b"x")
    assert await refusal(content) == ("sheet.active", "文件含有宏、控件或外部链接")


async def test_a_formula_is_refused_and_its_cell_named():
    assert await refusal(workbooks.with_formula("M2")) == ("sheet.formula", "单元格 M2 是公式")


@pytest.mark.parametrize(
    "content",
    [
        lambda: workbooks.of_lines(MOST_LINES + 1),
        lambda: workbooks.bomb(MOST_UNPACKED + workbooks.MEBIBYTE),
        lambda: workbooks.lying_bomb(MOST_MEMORY + workbooks.MEBIBYTE),
        workbooks.far_cell,
    ],
    ids=["lines", "bomb", "lying bomb", "far cell"],
)
async def test_what_would_fill_the_memory_is_refused(content: Callable[[], bytes]):
    file = content()
    assert len(file) < MOST_BYTES
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code, _ = await refusal(file)
    assert code in {"sheet.too_large", "sheet.unreadable"}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100 * 1024, "kilobytes of the gateway itself"


async def test_one_formatted_to_its_end_within_reason_is_read():
    assert await open_sheet(workbooks.of_lines(30_000)) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no sheet", b"MZ" + bytes(100), workbooks.GOOD[:-40]])
async def test_what_is_no_workbook_is_refused(content: bytes):
    assert (await refusal(content))[0] == "sheet.unreadable"


async def test_many_at_once_are_all_answered():
    found = await asyncio.gather(*(open_sheet(workbooks.GOOD) for _ in range(5)))
    assert [grid[1][0] for grid in found] == ["王建国"] * 5


def test_the_reader_loads_nothing_of_the_gateway():
    code = "import sys, gateway.sheets.grid; print([m for m in sys.modules if m.startswith(('fastapi', 'services'))])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
