"""HTTP of the import of the existing register: the paths of contracts/http/register_imports.py."""

from uuid import UUID

from fastapi import APIRouter

from contracts.http.paging import PAGE_SIZE
from contracts.http.register_imports import (
    FaultyRows,
    NewRegisterImport,
    RegisterImportPage,
    RegisterImportView,
)
from services.chassis.http import Work, WorkRoute
from services.registry.api.parameters import PageNo, Size
from services.registry.commands import register_imports as commands
from services.registry.queries import register_imports as queries

router = APIRouter(route_class=WorkRoute)


@router.post("/register-imports")
async def stage(work: Work, asked: NewRegisterImport) -> RegisterImportView:
    """Check a file and keep it."""
    return await commands.stage(work, asked)


@router.get("/register-imports")
async def register_imports(work: Work, page: PageNo = 1, size: Size = PAGE_SIZE) -> RegisterImportPage:
    """The imports of the district."""
    return await queries.register_imports(work, page=page, size=size)


@router.get("/register-imports/{import_id}")
async def register_import(work: Work, import_id: UUID) -> RegisterImportView:
    """Where it stands."""
    return await queries.register_import(work, import_id)


@router.get("/register-imports/{import_id}/faults")
async def faults(work: Work, import_id: UUID) -> FaultyRows:
    """The rows that are left out."""
    return await queries.faulty_rows(work, import_id)


@router.post("/register-imports/{import_id}/release")
async def release(work: Work, import_id: UUID) -> RegisterImportView:
    """Release it as the second officer."""
    return await commands.release(work, import_id)
