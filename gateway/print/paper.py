"""协议书 and 授权书 as registry fills them; the agreement in two copies (annexes 1 and 2)."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.http.templates import Document, Paper
from gateway.print.typesetter import typeset

COPIES = {
    Paper.AGREEMENT: ("第一份（甲方存）", "第二份（乙方存）"),
    Paper.AUTHORISATION: ("",),
}


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    blank: bool


@dataclass(frozen=True, slots=True)
class _Line:
    sort: str
    cells: tuple[tuple[_Run, ...], ...]


@dataclass(frozen=True, slots=True)
class _Form:
    title: str
    version_name: str
    sample: bool
    number: str
    copies: tuple[str, ...]
    lines: tuple[_Line, ...]


def _lines(document: Document) -> tuple[_Line, ...]:
    return tuple(
        _Line(line.sort.value, tuple(tuple(_Run(run.text, run.blank) for run in cell) for cell in line.cells))
        for line in document.lines
    )


async def paper_form(document: Document) -> bytes:
    """The PDF, every copy of the paper in it."""
    form = _Form(
        title=document.title,
        version_name=document.version_name,
        sample=document.sample,
        number=document.number,
        copies=COPIES[document.paper],
        lines=_lines(document),
    )
    return await typeset("paper", form)
