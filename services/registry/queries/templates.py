"""Templates as officers see them, the one in force, and blank papers for everybody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.templates import PAPER_NAMES, Document, Paper, Templates, TemplateText, TemplateView
from services.chassis.policy import MissingPolicy
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.city import require_officer
from services.registry.published_tables import Template
from services.registry.rules import templates as rules

PARTY = "烟台市社会保险服务中心"
"""甲方 of every agreement."""


async def templates(work: UnitOfWork) -> Templates:
    """All versions, the latest first."""
    require_officer(work)
    query = select(Template).order_by(
        col(Template.paper), col(Template.effective_on).desc(), col(Template.id).desc()
    )
    rows = (await work.session.scalars(query)).all()
    now = {paper: _in_force([row for row in rows if row.paper == paper], work.today) for paper in Paper}
    return Templates(rows=tuple(view_of(row, in_force=row is now[Paper(row.paper)]) for row in rows))


async def template(work: UnitOfWork, template_id: UUID) -> TemplateText:
    """One version with its preview."""
    require_officer(work)
    row = await work.session.get(Template, template_id)
    if row is None:
        raise Problem(common.NOT_FOUND)
    now = _in_force(await _versions(work, Paper(row.paper)), work.today)
    return text_of(row, in_force=row is now)


async def template_on(work: UnitOfWork, paper: Paper, day: date) -> Template:
    """The version in force on a day; MissingPolicy where there is none."""
    found = _in_force(await _versions(work, paper), day)
    if found is None:
        raise MissingPolicy(f"《{PAPER_NAMES[paper]}》文本", day.isoformat())
    return found


async def blank(work: UnitOfWork, paper: Paper) -> Document:
    """The paper of today with every blank empty but 甲方, who is always the same; it holds nothing of anybody."""
    return document_of(await template_on(work, paper, work.today), {"甲方": PARTY})


def document_of(row: Template, values: dict[str, str], number: str = "") -> Document:
    """The paper with its blanks filled."""
    title, lines = rules.compose(row.text, values)
    return Document(
        paper=Paper(row.paper),
        title=title,
        version_name=row.name,
        sample=row.sample,
        number=number,
        lines=lines,
    )


def view_of(row: Template, *, in_force: bool) -> TemplateView:
    """A version as the outside sees it."""
    return TemplateView(**row.model_dump(), in_force=in_force)


def text_of(row: Template, *, in_force: bool) -> TemplateText:
    """A version with its text and preview."""
    preview = document_of(row, rules.field_names(Paper(row.paper)))
    return TemplateText(**row.model_dump(), in_force=in_force, preview=preview)


async def _versions(work: UnitOfWork, paper: Paper) -> list[Template]:
    return list(await work.session.scalars(select(Template).where(col(Template.paper) == paper)))


def _in_force(rows: list[Template], day: date) -> Template | None:
    return rules.in_force(
        ((row, rules.Version(row.effective_on, row.released_by is not None)) for row in rows), day
    )
