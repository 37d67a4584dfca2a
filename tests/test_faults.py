"""Every one of the six faults has its tests, and they are where `faults.toml` says."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FAULTS = tomllib.loads((ROOT / "tests" / "faults.toml").read_text(encoding="utf-8"))["fault"]


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(it.name for it in tree.body if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef))


def test_there_are_six():
    assert len({fault["name"] for fault in FAULTS}) == 6


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_each_fault_has_its_tests(fault: dict[str, list[str]]):
    named = [name.partition("::") for name in fault["tests"]]
    assert named
    assert [f"{path}::{name}" for path, _, name in named if name not in named_in(path)] == []
