"""HTTP of templates and the papers made of them: the paths of contracts/http/templates.py."""

from uuid import UUID

from fastapi import APIRouter

from contracts.http.templates import (
    Document,
    ImportTemplate,
    Paper,
    Templates,
    TemplateText,
    TemplateView,
)
from contracts.values import EmployerNo
from services.chassis.http import Work, WorkRoute
from services.registry.commands import papers
from services.registry.commands import templates as commands
from services.registry.queries import templates as queries

router = APIRouter(route_class=WorkRoute)


@router.get("/templates")
async def templates(work: Work) -> Templates:
    """All versions."""
    return await queries.templates(work)


@router.post("/templates")
async def import_template(work: Work, asked: ImportTemplate) -> TemplateText:
    """A new wording."""
    return await commands.import_template(work, asked)


@router.get("/templates/blank/{paper}")
async def blank(work: Work, paper: Paper) -> Document:
    """A paper without data."""
    return await queries.blank(work, paper)


@router.get("/templates/{template_id}")
async def template(work: Work, template_id: UUID) -> TemplateText:
    """One version with its preview."""
    return await queries.template(work, template_id)


@router.post("/templates/{template_id}/release")
async def release(work: Work, template_id: UUID) -> TemplateView:
    """Release it."""
    return await commands.release(work, template_id)


@router.post("/employers/{employer_no}/papers/{paper}")
async def print_paper(work: Work, employer_no: EmployerNo, paper: Paper) -> Document:
    """The paper of an employer, for print."""
    return await papers.print_paper(work, employer_no, paper)
