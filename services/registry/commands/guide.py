"""办事指南 changed by an editor of the city; every version is kept (五, 协议 四.2)."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.guide import EditGuide, Guide
from contracts.values import Role
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.city import require_in_city
from services.registry.published_tables import GuideVersion
from services.registry.queries.guide import latest, view_of


async def edit(work: UnitOfWork, asked: EditGuide) -> Guide:
    """Put a new version in place; Problem CONFLICT where another has come since the editor looked."""
    require_in_city(work, Role.NOTICE_EDITOR)
    held = await latest(work)
    row = GuideVersion(
        version=asked.base + 1,
        items=[item.model_dump(mode="json") for item in asked.items],
        edited_by=work.caller.account,
        edited_on=work.today,
        reason=asked.reason,
    )
    added = insert(GuideVersion).values(**row.model_dump()).on_conflict_do_nothing()
    made = await work.session.scalar(added.returning(col(GuideVersion.version)))
    if made is None or held.version != asked.base:
        raise Problem(common.CONFLICT)
    view = view_of(row)
    work.audit("guide_edited", f"guide/{row.version}", before=view_of(held), after=view)
    return view
