"""Templates of papers: which fields a text may name, what is wrong with it, and how it is filled (annexes 1, 2).

The first line is the title. A short line that begins 一、 is a heading, `| a | b |` a row of a table,
`a || b` two sides without lines (the signatures); any other line is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from contracts.http.templates import FIELDS, DocumentLine, LineSort, Paper, Run

_FIELD = re.compile(r"\{([^{}]*)\}")
_HEADING = re.compile(r"[一二三四五六七八九十]+、[^。；]{1,30}")
_SIDES = "||"
LONGEST_LINE = 1000


class Fault(NamedTuple):
    """What is wrong, and in which line, counted from 1; 0 for the text as a whole."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Version:
    """What decides which template is in force."""

    effective_on: date
    released: bool


V = TypeVar("V")


def faults(paper: Paper, text: str) -> tuple[Fault, ...]:
    """Everything wrong with a template, line by line; then the fields it lacks."""
    return (*_by_line(paper, text), *_lacking(paper, text))


def compose(text: str, values: Mapping[str, str]) -> tuple[str, tuple[DocumentLine, ...]]:
    """Title and lines with the fields filled; a field without a value stays a blank."""
    title, *rest = _lines(text)
    return title, tuple(_line(line, values) for line in rest)


def field_names(paper: Paper) -> dict[str, str]:
    """Each field filled by its own name, for a preview."""
    return {name: f"〔{name}〕" for name in FIELDS[paper]}


def in_force(rows: Iterable[tuple[V, Version]], day: date) -> V | None:
    """The released version that took effect last, on or before the day."""
    ripe = [(version.effective_on, row) for row, version in rows if version.released]
    held = [pair for pair in ripe if pair[0] <= day]
    return max(held, key=lambda pair: pair[0])[1] if held else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _by_line(paper: Paper, text: str) -> Iterator[Fault]:
    if not _lines(text):
        yield Fault(0, "文本是空的")
    for number, line in enumerate(text.splitlines(), start=1):
        for name in _FIELD.findall(line):
            if name not in FIELDS[paper]:
                yield Fault(number, f"字段“{name}”不是这份文书的字段")
        if set(_FIELD.sub("", line)) & set("{}"):
            yield Fault(number, "花括号没有成对")
        if len(line) > LONGEST_LINE:
            yield Fault(number, f"一行最多{LONGEST_LINE}字")


def _lacking(paper: Paper, text: str) -> Iterator[Fault]:
    named = set(_FIELD.findall(text))
    for name in FIELDS[paper]:
        if name not in named:
            yield Fault(0, f"缺少字段“{name}”")


def _line(line: str, values: Mapping[str, str]) -> DocumentLine:
    if line.startswith("|") and not line.startswith(_SIDES):
        return _cells(LineSort.ROW, line.strip("|").split("|"), values)
    if _SIDES in line:
        return _cells(LineSort.SIDES, line.split(_SIDES), values)
    sort = LineSort.HEADING if _HEADING.fullmatch(line) else LineSort.PARAGRAPH
    return _cells(sort, [line], values)


def _cells(sort: LineSort, cells: list[str], values: Mapping[str, str]) -> DocumentLine:
    return DocumentLine(sort=sort, cells=tuple(_runs(cell.strip(), values) for cell in cells))


def _runs(cell: str, values: Mapping[str, str]) -> tuple[Run, ...]:
    pieces = _FIELD.split(cell)
    runs = [
        Run(text=values.get(piece, ""), blank=True) if place % 2 else Run(text=piece)
        for place, piece in enumerate(pieces)
    ]
    return tuple(run for run in runs if run.text or run.blank)
