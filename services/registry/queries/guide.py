"""办事指南 as it stands, and its history."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.guide import Guide, GuideVersions, GuideVersionView
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.city import require_officer
from services.registry.published_tables import GuideVersion

_LATEST = select(GuideVersion).order_by(col(GuideVersion.version).desc())


async def latest(work: UnitOfWork) -> GuideVersion:
    """The version that is shown."""
    return (await work.session.scalars(_LATEST.limit(1))).one()


async def guide(work: UnitOfWork) -> Guide:
    """The guide for everybody; it holds nothing of anybody."""
    return view_of(await latest(work))


async def versions(work: UnitOfWork) -> GuideVersions:
    """Who changed it, when and why, the latest first."""
    require_officer(work)
    rows = await work.session.scalars(_LATEST)
    return GuideVersions(rows=tuple(GuideVersionView(**row.model_dump(exclude={"items"})) for row in rows))


async def version(work: UnitOfWork, number: int) -> Guide:
    """The guide as it stood."""
    require_officer(work)
    row = await work.session.get(GuideVersion, number)
    if row is None:
        raise Problem(common.NOT_FOUND)
    return view_of(row)


def view_of(row: GuideVersion) -> Guide:
    """A version as the outside sees it."""
    return Guide.model_validate(row.model_dump())
