"""An uploaded workbook as texts, read by a process of its own (gateway/sheets/grid.py)."""

from __future__ import annotations

import asyncio
import sys

from pydantic import TypeAdapter, ValidationError

from contracts.errors import gateway as codes
from contracts.errors.code import ErrorCode
from gateway.sheets.grid import MOST_SECONDS
from services.chassis.problems import Problem

MOST_BYTES = 8 * 1024 * 1024
AT_ONCE = 2
"""Files that are read at one time; the others wait."""
_ZIP = b"PK\x03\x04"
_GRID = TypeAdapter(list[list[str]])
_REFUSAL = TypeAdapter(tuple[str, str])
_CODES: dict[str, ErrorCode] = {
    "active": codes.ACTIVE_SHEET,
    "formula": codes.FORMULA,
    "too_large": codes.SHEET_TOO_LARGE,
}
_turns = asyncio.Semaphore(AT_ONCE)


async def open_sheet(content: bytes) -> list[list[str]]:
    """The first sheet's lines; Problem for what is no workbook, is active, computes, or is too large to be read."""
    if len(content) > MOST_BYTES or not content.startswith(_ZIP):
        raise Problem(codes.NOT_A_SHEET)
    async with _turns:
        code, said = await _read(content)
    try:
        if code == 0:
            return _GRID.validate_json(said)
        reason, place = _REFUSAL.validate_json(said)
    except ValidationError:  # ended by its limits before it said anything
        raise Problem(codes.SHEET_TOO_LARGE) from None
    raise Problem(_CODES.get(reason, codes.NOT_A_SHEET), cell=place)


async def _read(content: bytes) -> tuple[int, bytes]:
    reader = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gateway.sheets.grid",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        said, _ = await asyncio.wait_for(reader.communicate(content), 2 * MOST_SECONDS)
    except TimeoutError:
        return 1, b""
    finally:
        if reader.returncode is None:
            reader.kill()
            await reader.wait()
    return reader.returncode or 0, said
