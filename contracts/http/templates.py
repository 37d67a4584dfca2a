"""HTTP interface of registry: 协议书 and 授权书 as versioned templates, and the papers made of them (annexes 1 and 2).

GET /templates → Templates · POST /templates ImportTemplate → TemplateView · GET /templates/{template_id} → TemplateText
POST /templates/{template_id}/release → TemplateView · GET /templates/blank/{paper} → Document
POST /employers/{no}/papers/{paper} → Document (each print is recorded)
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, Strict, StringConstraints

from contracts.models import Command, View
from contracts.values import Day, Line

MOST_LETTERS = 20_000


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("text holds no NUL, which no database keeps")
    return value


TemplateBody = Annotated[
    str, Strict(), StringConstraints(min_length=1, max_length=MOST_LETTERS), AfterValidator(_storable)
]


class Paper(StrEnum):
    """协议书 (annex 1) and 授权书 (annex 2)."""

    AGREEMENT = "agreement"
    AUTHORISATION = "authorisation"


PAPER_NAMES: dict[Paper, str] = {
    Paper.AGREEMENT: "社会保险费网上申报缴纳协议书",
    Paper.AUTHORISATION: "开通烟台市社会保险单位网上服务系统授权书",
}
FIELDS: dict[Paper, tuple[str, ...]] = {
    Paper.AGREEMENT: (
        "协议编号", "甲方", "乙方", "单位编号", "甲方经办人", "乙方经办人", "甲方日期", "乙方日期",
    ),
    Paper.AUTHORISATION: (
        "单位名称", "社保编号", "法定代表人", "单位地址", "邮编", "专管员姓名", "身份证号", "办公电话", "手机号码",
        "授权日期",
    ),
}  # fmt: skip
"""The blanks of the annexes, as a template names them: {单位名称}. A template holds every one of its paper."""


class ImportTemplate(Command):
    """A wording read from a text file, in force from a day on once a second officer has released it."""

    paper: Paper
    name: Line = Field(description="版本名称, as 2016年版")
    effective_on: Day
    sample: bool = Field(default=False, description="示例文本: every print says so")
    text: TemplateBody


class LineSort(StrEnum):
    """How a line of a paper is set."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ROW = "row"
    SIDES = "sides"


class Run(View):
    """A piece of a line: words, or a blank with what fills it; an empty blank is filled by hand."""

    text: str
    blank: bool = False


class DocumentLine(View):
    """A line with its cells; headings and paragraphs have one."""

    sort: LineSort
    cells: tuple[tuple[Run, ...], ...]


class Document(View):
    """A paper ready to be set."""

    paper: Paper
    title: Line
    version_name: Line
    sample: bool
    number: str = Field(default="", description="协议编号, where there is one")
    lines: tuple[DocumentLine, ...]


class TemplateView(View):
    """A version of a template with its release state."""

    id: UUID
    paper: Paper
    name: Line
    effective_on: Day
    sample: bool
    imported_by: str
    imported_on: Day
    released_by: str | None
    in_force: bool = Field(description="the one that papers of today are made of")


class Templates(View):
    """All versions, the latest first."""

    rows: tuple[TemplateView, ...]


class TemplateText(TemplateView):
    """A version with its text and how it will look, each field by its name."""

    text: str
    preview: Document
