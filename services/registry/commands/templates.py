"""Templates of papers: imported by one officer, released by another, in force from a day on (domain 1.5)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.errors.code import Fault
from contracts.http.templates import ImportTemplate, TemplateText, TemplateView
from contracts.values import Role
from services.chassis.identity import two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.registry.city import require_in_city
from services.registry.published_tables import Template
from services.registry.queries.templates import text_of, view_of
from services.registry.rules import templates as rules


async def import_template(work: UnitOfWork, asked: ImportTemplate) -> TemplateText:
    """Keep a wording for release; Problem naming each fault with its line."""
    require_in_city(work, Role.POLICY)
    if found := rules.faults(asked.paper, asked.text):
        faults = tuple(
            Fault(field="text", code="template.text", message=fault.message, value=_place(fault.line))
            for fault in found
        )
        raise Problem(codes.TEMPLATE_FAULTS, field="text", faults=faults, count=len(faults))
    await _check_day(work, asked.paper, asked)
    row = Template(**asked.model_dump(), id=new_id(), imported_by=work.caller.account, imported_on=work.today)
    work.session.add(row)
    work.audit("template_imported", f"templates/{row.id}", after=view_of(row, in_force=False))
    return text_of(row, in_force=False)


async def release(work: UnitOfWork, template_id: UUID) -> TemplateView:
    """Release by a second officer; Problem SAME_OFFICER for the first, and for a day that has passed."""
    require_in_city(work, Role.POLICY)
    row = await work.session.get(Template, template_id, with_for_update=True)
    if row is None:
        raise Problem(common.NOT_FOUND)
    if row.released_by is not None:
        raise Problem(codes.TEMPLATE_RELEASED, day=row.effective_on)
    two_officers(row.imported_by, work.caller)
    await _check_day(work, row.paper, row)
    row.released_by = work.caller.account
    released = view_of(row, in_force=row.effective_on == work.today)
    work.audit("template_released", f"templates/{row.id}", after=released)
    return released


async def _check_day(work: UnitOfWork, paper: str, version: ImportTemplate | Template) -> None:
    """A wording never takes effect in the past, and no day has two."""
    if version.effective_on < work.today:
        raise Problem(codes.TEMPLATE_DAY, field="effective_on")
    query = select(col(Template.id)).where(
        col(Template.paper) == paper,
        col(Template.effective_on) == version.effective_on,
        col(Template.released_by).is_not(None),
    )
    if await work.session.scalar(query) is not None:
        raise Problem(codes.TEMPLATE_RELEASED, field="effective_on", day=version.effective_on)


def _place(line: int) -> str:
    return f"第{line}行" if line else ""
