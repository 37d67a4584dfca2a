"""The cut-over import."""

from uuid import UUID

from fastapi import APIRouter

from contracts.http.enrollment import ImportRows, ImportView, NewImport
from services.chassis.http import Work, WorkRoute
from services.enrollment.commands import advancing
from services.enrollment.commands import imports as cut_over
from services.enrollment.queries import imports as lists

router = APIRouter(route_class=WorkRoute)


@router.post("/imports")
async def announce(work: Work, asked: NewImport) -> ImportView:
    """Begin an import."""
    return await cut_over.announce(work, asked)


@router.post("/imports/{import_id}/rows")
async def stage(work: Work, import_id: UUID, asked: ImportRows) -> ImportView:
    """Stage a part."""
    return await cut_over.stage(work, import_id, asked)


@router.post("/imports/{import_id}/release")
async def release(work: Work, import_id: UUID) -> ImportView:
    """Release it as the second officer."""
    return await cut_over.release(work, import_id)


@router.post("/imports/{import_id}/advance")
async def advance(work: Work, import_id: UUID) -> ImportView:
    """Do the next piece."""
    return await advancing.advance(work, import_id)


@router.get("/imports/{import_id}")
async def import_view(work: Work, import_id: UUID) -> ImportView:
    """Where it stands."""
    return await lists.import_view(work, import_id)
