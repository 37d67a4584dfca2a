"""HTTP of 办事指南: the paths of contracts/http/guide.py."""

from typing import Annotated

from fastapi import APIRouter, Path

from contracts.http.guide import EditGuide, Guide, GuideVersions
from services.chassis.http import Work, WorkRoute
from services.registry.commands import guide as commands
from services.registry.queries import guide as queries

router = APIRouter(route_class=WorkRoute)


@router.get("/guide")
async def guide(work: Work) -> Guide:
    """The guide as it stands."""
    return await queries.guide(work)


@router.post("/guide")
async def edit(work: Work, asked: EditGuide) -> Guide:
    """Change it."""
    return await commands.edit(work, asked)


@router.get("/guide/versions")
async def versions(work: Work) -> GuideVersions:
    """Its history."""
    return await queries.versions(work)


@router.get("/guide/versions/{version}")
async def version(work: Work, version: Annotated[int, Path(ge=1, le=1_000_000)]) -> Guide:
    """The guide as it stood."""
    return await queries.version(work, version)
