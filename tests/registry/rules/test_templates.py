"""协议书 and 授权书: fields checked with their line, blanks filled, the version of a day (annexes 1, 2)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from contracts.http.templates import FIELDS, LineSort, Paper, Run
from services.registry.rules.templates import Fault, Version, compose, faults, in_force

ROOT = Path(__file__).resolve().parents[3]
SHORT = """授权书
| 单位名称 | {单位名称} | 社保编号 | {社保编号} |
一、授权
授权 {专管员姓名} 同志。{法定代表人}{单位地址}{邮编}{身份证号}{办公电话}{手机号码}
签字： || {授权日期}
"""


def sample(paper: Paper) -> str:
    return (ROOT / f"services/registry/migrations/0006_{paper}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", list(Paper))
def test_annexes_the_shipped_sample_holds_every_blank_and_no_fault(paper: Paper):
    assert faults(paper, sample(paper)) == ()
    assert all(f"{{{name}}}" in sample(paper) for name in FIELDS[paper])


def test_annex_1_the_sample_holds_the_rights_and_duties_of_both_sides():
    _, lines = compose(sample(Paper.AGREEMENT), {})
    heads = [line.cells[0][0].text for line in lines if line.sort is LineSort.HEADING]
    assert heads == [
        "一、乙方的权利", "二、乙方的义务", "三、甲方的权利", "四、甲方的义务", "五、不可抗力", "六、争议", "七、生效",
    ]  # fmt: skip
    text = sample(Paper.AGREEMENT)
    parts = [text.split(head)[1].split(after)[0] for head, after in pairwise(heads[:5])]
    assert [part.count(". ") for part in parts] == [3, 8, 2, 3]


def test_1_5_an_unknown_field_is_refused_with_its_line():
    text = SHORT.replace("{单位名称}", "{单位名}")
    assert faults(Paper.AUTHORISATION, text) == (
        Fault(2, "字段“单位名”不是这份文书的字段"),
        Fault(0, "缺少字段“单位名称”"),
    )


def test_1_5_an_open_brace_is_refused_with_its_line():
    assert faults(Paper.AUTHORISATION, SHORT + "\n余额{") == (Fault(7, "花括号没有成对"),)


def test_1_5_an_empty_text_lacks_everything():
    found = faults(Paper.AGREEMENT, " \n ")
    assert found[0] == Fault(0, "文本是空的")
    assert len(found) == 9


def test_annex_2_blanks_are_filled_and_stay_blank_without_a_value():
    title, lines = compose(SHORT, {"专管员姓名": "王敏"})
    assert title == "授权书"
    assert [line.sort for line in lines] == [
        LineSort.ROW,
        LineSort.HEADING,
        LineSort.PARAGRAPH,
        LineSort.SIDES,
    ]
    assert lines[0].cells[1] == (Run(text="", blank=True),)
    assert lines[2].cells[0][:3] == (
        Run(text="授权 "),
        Run(text="王敏", blank=True),
        Run(text=" 同志。"),
    )


def test_annex_2_what_fills_a_blank_is_never_read_as_a_field():
    _, lines = compose(SHORT, {"专管员姓名": "{社保编号}", "社保编号": "3706000001"})
    assert lines[2].cells[0][1] == Run(text="{社保编号}", blank=True)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2016, 8, 31), None),
        (date(2016, 9, 1), "first"),
        (date(2016, 12, 31), "first"),
        (date(2017, 1, 1), "second"),
    ],
)
def test_1_5_the_released_version_of_a_day_is_in_force(day: date, held: str | None):
    rows = [
        ("second", Version(date(2017, 1, 1), released=True)),
        ("first", Version(date(2016, 9, 1), released=True)),
        ("draft", Version(date(2016, 10, 1), released=False)),
    ]
    assert in_force(rows, day) == held
