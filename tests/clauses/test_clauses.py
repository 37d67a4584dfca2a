"""The tool behind `make clauses`: a pointer that leads nowhere is a fault, and a fault fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.clauses.__main__ import FILE, pages, run_tests
from tests.clauses.entries import Entry, load
from tests.clauses.faults import faults
from tests.clauses.measure import ROOT, numbered, sentences

MEASURE = """
为进一步提高服务水平，制定本办法。
一、开通对象
中心提供免费的网上申报缴纳服务。
（一）参保单位均应开通网上服务系统。
二、操作
1.每年1月10日前申报当年度缴费基数。
附件：1.协议书

      2.授权书
附件1:
一、乙方的权利
1.乙方可查询本单位的缴费信息。
附件2：
授权　　同志代表本单位办理业务。
"""
GOOD = Entry(
    key="一(一)",
    quote="参保单位均应开通",
    domain="1.2 row 1",
    stands="built",
    rule=("tests/clauses/faults.py::faults",),
    pages=("/here",),
    tests=("tests/clauses/test_clauses.py::test_the_measure_is_taken_apart_by_its_own_numbers",),
)


def found(**changes: object) -> list[str]:
    """The faults of the good entry with some of its fields changed, the measure left aside."""
    return faults([GOOD.model_copy(update=changes)], None, {"/here"}, ROOT)


def test_the_measure_is_taken_apart_by_its_own_numbers():
    assert list(sentences(MEASURE)) == [
        "序",
        "一",
        "一(一)",
        "二",
        "二1",
        "协议",
        "协议 一",
        "协议 一.1",
        "授权书",
    ]
    assert numbered(sentences(MEASURE)) == ["一", "一(一)", "二1", "协议 一.1", "授权书"]
    assert sentences(MEASURE)["授权书"] == "附件2：授权同志代表本单位办理业务。"


def test_a_good_entry_has_no_fault():
    assert found() == []


def test_every_numbered_sentence_needs_an_entry_and_every_entry_a_number():
    assert faults([GOOD], MEASURE, {"/here"}, ROOT) == [
        "一: this sentence of the measure has no entry",
        "二1: this sentence of the measure has no entry",
        "协议 一.1: this sentence of the measure has no entry",
        "授权书: this sentence of the measure has no entry",
    ]
    stranger = GOOD.model_copy(update={"key": "九"})
    assert "九: the measure has no such number" in faults([stranger], MEASURE, {"/here"}, ROOT)


def test_a_quote_must_occur_under_its_own_number():
    wrong = GOOD.model_copy(update={"quote": "参保单位应当开通"})
    assert "一(一): “参保单位应当开通” does not occur there" in faults([wrong], MEASURE, {"/here"}, ROOT)
    elsewhere = GOOD.model_copy(update={"quote": "免费的网上申报"})
    assert "一(一): “免费的网上申报” does not occur there" in faults([elsewhere], MEASURE, {"/here"}, ROOT)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"tests": ("tests/nowhere.py::test_x",)}, "一(一): no file tests/nowhere.py"),
        (
            {"tests": ("tests/clauses/test_clauses.py::test_missing",)},
            "一(一): no test_missing in tests/clauses/test_clauses.py",
        ),
        ({"rule": ("tests/clauses/faults.py::none",)}, "一(一): no none in tests/clauses/faults.py"),
        ({"pages": ("/there",)}, "一(一): no page /there"),
        (
            {"stands": "human duty, shown on page /there", "rule": ("Makefile::clauses",)},
            "一(一): no page /there",
        ),
        (
            {"stands": "human duty, shown on page /here", "rule": ("Makefile::没有这句话",)},
            "一(一): no 没有这句话 in Makefile",
        ),
        (
            {"stands": "human duty, shown on page /here", "rule": ()},
            "一(一): a human duty names the template and the words that show it",
        ),
        (
            {"tests": ()},
            "一(一): “参保单位均应开通” is called built, but names no test, or neither rule nor page",
        ),
    ],
)
def test_a_pointer_that_leads_nowhere_is_a_fault(changes, fault):
    assert found(**changes) == [fault]


def test_the_projects_own_entries_lead_somewhere():
    assert faults(load(FILE), None, pages(), ROOT) == []


def entries_file(folder: Path, test: str) -> Path:
    """A file with one entry and the test it names."""
    path = folder / "clauses.toml"
    path.write_text(
        f'[[sentence]]\nkey = "五"\nquote = "自2016年9月1日起实施"\ndomain = "1.2"\nstands = "built"\n'
        f'rule = ["tests/clauses/faults.py::faults"]\ntests = ["{test}"]\n',
        encoding="utf-8",
    )
    return path


def run(path: Path) -> subprocess.CompletedProcess[str]:
    """The command as make runs it."""
    command = [sys.executable, "-m", "tests.clauses", str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_named_tests_are_run_and_a_failing_one_fails(tmp_path):
    (tmp_path / "test_two.py").write_text(
        "def test_good():\n    pass\n\n\ndef test_bad():\n    assert False\n", encoding="utf-8"
    )
    good, bad = (
        GOOD.model_copy(update={"tests": (f"{tmp_path}/test_two.py::{name}",)})
        for name in ("test_good", "test_bad")
    )
    status, closing = run_tests([good, good])
    assert (status, closing.partition(" in ")[0]) == (0, "1 passed")
    status, told = run_tests([good, bad])
    assert status == 1
    assert told.splitlines()[-1].startswith("1 failed, 1 passed")


def test_the_command_fails_for_a_missing_test_and_runs_nothing(tmp_path):
    done = run(entries_file(tmp_path, "tests/clauses/test_clauses.py::test_missing"))
    assert done.returncode == 1
    assert "五: no test_missing in tests/clauses/test_clauses.py" in done.stdout
    assert "passed" not in done.stdout
