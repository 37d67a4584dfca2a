"""`python -m gateway.sheets.grid`: a workbook on stdin, the texts of its first sheet as JSON on stdout.

A process of its own for each file, with little memory and time: what is made to blow up ends with it, and the
gateway goes on answering meanwhile. Nothing but the reader is loaded here, so that it starts in a tenth of a second.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from datetime import date, datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

MOST_LINES, MOST_UNPACKED, MOST_MEMORY = 100_000, 64 * 1024 * 1024, 512 * 1024 * 1024
MOST_SECONDS = 20
_PIECE = 1024 * 1024
_ACTIVE = (
    "vbaproject.bin",
    "/activex/",
    "/embeddings/",
    "/externallinks/",
    "/macrosheets/",
    "connections.xml",
)
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*>(?:<is>.{0,200}</is>)?<f[ />]')
_OVERLAP = 400
"""A cell that lies over the edge of two pieces is still found."""


class Refused(Exception):
    """A file that is not read: `code` says why, `place` names the cell."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.place = place


def read(content: bytes) -> list[list[str]]:
    """The first sheet, every cell as text; Refused for what is no workbook, too large, active or computed."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _examine(archive)
        grid = (
            CalamineWorkbook.from_filelike(BytesIO(content))
            .get_sheet_by_index(0)
            .to_python(skip_empty_area=False)
        )
    except (BadZipFile, CalamineError, ValueError, OSError, KeyError, NotImplementedError) as error:
        raise Refused("unreadable") from error
    return [[_text(cell) for cell in row] for row in grid]


def _examine(archive: ZipFile) -> None:
    """What the archive holds, before anything of it is unpacked."""
    names = [entry.filename.lower() for entry in archive.infolist()]
    if any(mark in name for name in names for mark in _ACTIVE):
        raise Refused("active")
    if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
        raise Refused("too_large")
    for entry in archive.infolist():
        if entry.filename.startswith("xl/worksheets/"):
            _examine_sheet(archive, entry.filename)


def _examine_sheet(archive: ZipFile, name: str) -> None:
    """Formulas and the number of lines, piece by piece."""
    lines, rest = 0, b""
    with archive.open(name) as sheet:
        while piece := sheet.read(_PIECE):
            lines += piece.count(b"<row ")
            if lines > MOST_LINES:
                raise Refused("too_large")
            rest = rest[-_OVERLAP:] + piece
            if found := _FORMULA.search(rest):
                raise Refused("formula", found[1].decode())


def _text(value: object) -> str:
    """A cell as text; whole numbers lose the decimals that spreadsheets give them."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def main() -> None:
    """Read under limits; exit code 1 with a reason on stdout for what is refused."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        json.dump(read(sys.stdin.buffer.read()), sys.stdout, ensure_ascii=False)
    except Refused as refused:
        json.dump([refused.code, refused.place], sys.stdout)
        sys.exit(1)


if __name__ == "__main__":
    main()
