"""What is wrong with the entries: every pointer must lead somewhere."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from tests.clauses.entries import BUILT, HUMAN, Entry
from tests.clauses.measure import numbered, sentences


def faults(entries: Sequence[Entry], measure: str | None, pages: Collection[str], root: Path) -> list[str]:
    """One line per fault, naming key and pointer; without the measure its words are not compared."""
    found = [fault for entry in entries for fault in _of_entry(entry, pages, root)]
    return found if measure is None else [*_against(entries, sentences(measure)), *found]


def _against(entries: Sequence[Entry], measure: dict[str, str]) -> Iterator[str]:
    known = {entry.key for entry in entries}
    for key in numbered(measure):
        if key not in known:
            yield f"{key}: this sentence of the measure has no entry"
    for entry in entries:
        if entry.key not in measure:
            yield f"{entry.key}: the measure has no such number"
        elif entry.quote not in measure[entry.key]:
            yield f"{entry.key}: “{entry.quote}” does not occur there"


def _of_entry(entry: Entry, pages: Collection[str], root: Path) -> Iterator[str]:
    for page in entry.all_pages:
        if page not in pages:
            yield f"{entry.key}: no page {page}"
    for pointer in (*entry.rule, *entry.tests):
        path, _, name = pointer.partition("::")
        if not (root / path).is_file():
            yield f"{entry.key}: no file {path}"
        elif not _holds(root / path, name.partition("[")[0]):
            yield f"{entry.key}: no {name} in {path}"
    if entry.stands.startswith(HUMAN) and not entry.rule:
        yield f"{entry.key}: a human duty names the template and the words that show it"
    if entry.stands == BUILT and not (entry.tests and (entry.rule or entry.pages)):
        yield f"{entry.key}: “{entry.quote}” is called built, but names no test, or neither rule nor page"


def _holds(path: Path, name: str) -> bool:
    """True for a name that a module gives, or for words that another file contains."""
    return name in _names(path) if path.suffix == ".py" else name in path.read_text(encoding="utf-8")


@cache
def _names(path: Path) -> frozenset[str]:
    """The names a module gives at its top, and `Class::name` of what its classes hold."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        found |= _given(node)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{name}" for inner in node.body for name in _given(inner)}
    return frozenset(found)


def _given(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}
