"""The measure 烟社保发〔2016〕9号 taken apart by its own numbering: 一–五, 附件1 (协议), 附件2 (授权书)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANNEXES = {"1": "协议", "2": "授权书"}
_ANNEX = re.compile(r"附件([12])[:：]")
_CHAPTER = re.compile(r"([一二三四五六七])、")
_CLAUSE = re.compile(r"（([一二三四五六])）")
_ITEM = re.compile(r"([1-9])\.")
_LIST_OF_ANNEXES = "附件："


def find() -> str | None:
    """The text of the measure where it lies beside the checkout; none in a clone alone."""
    found = sorted((ROOT.parent / "shared" / "seed").glob("000_*.txt"))
    return found[0].read_text(encoding="utf-8") if found else None


def sentences(text: str) -> dict[str, str]:
    """Key → what stands under it, blanks removed: `三(三)2`, `协议 二.6`, `授权书`; 序 before the first."""
    found: dict[str, str] = {}
    for key, line in _lines(text):
        found[key] = found.get(key, "") + "".join(line.split())
    return found


def numbered(measure: dict[str, str]) -> list[str]:
    """Keys under which at least one whole sentence stands; mere headings and the preamble aside."""
    return [key for key, text in measure.items() if key != "序" and "。" in text]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    annex = chapter = clause = item = ""
    listing = False
    for line in map(str.strip, text.splitlines()):
        if match := _ANNEX.match(line):
            annex, chapter, clause, item, listing = ANNEXES[match[1]], "", "", "", False
        elif line.startswith(_LIST_OF_ANNEXES):
            listing = True
        if listing:
            continue
        if match := _CHAPTER.match(line):
            chapter, clause, item = match[1], "", ""
        elif match := _CLAUSE.match(line):
            clause, item = match[1], ""
        elif match := _ITEM.match(line):
            item = match[1]
        yield _key(annex, chapter, clause, item), line


def _key(annex: str, chapter: str, clause: str, item: str) -> str:
    number = chapter + (f"({clause})" if clause else "")
    number += (f".{item}" if annex else item) if item else ""
    return " ".join(part for part in (annex, number) if part) or "序"
