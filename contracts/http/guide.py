"""HTTP interface of registry: 办事指南, what is done only at the counter, with its materials (五, 协议 四.2).

GET /guide → Guide (open to everybody through the gateway) · POST /guide EditGuide → Guide
GET /guide/versions → GuideVersions · GET /guide/versions/{version} → Guide
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from contracts.models import Command, View
from contracts.values import Day, Line, Note, Version

MOST_ITEMS, MOST_MATERIALS = 40, 20


class GuideForm(StrEnum):
    """A blank form that an item of the guide offers for print."""

    AUTHORISATION = "authorisation"
    AGREEMENT = "agreement"
    PASSWORD = "password"  # noqa: S105  # a form, no password
    SPECIALIST = "specialist"
    APPROVER = "approver"
    APPROVER_PASSWORD = "approver_password"  # noqa: S105  # as above
    APPROVER_END = "approver_end"


class GuideItem(Command):
    """One matter: plain text, which is never read as markup."""

    title: Line
    place: Line = Field(description="办理地点")
    materials: Annotated[tuple[Line, ...], Field(max_length=MOST_MATERIALS)] = ()
    note: Note = Field(default="", description="对象、时限和办法")
    forms: tuple[GuideForm, ...] = ()


class EditGuide(Command):
    """The whole guide as it shall stand; refused where somebody else has changed it since `base`."""

    base: Version
    items: tuple[GuideItem, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    reason: Line


class GuideVersionView(View):
    """Who changed the guide, when and why."""

    version: Version
    edited_by: str
    edited_on: Day
    reason: Line


class Guide(GuideVersionView):
    """A version of the guide."""

    items: tuple[GuideItem, ...]


class GuideVersions(View):
    """The history, the latest first."""

    rows: tuple[GuideVersionView, ...]
