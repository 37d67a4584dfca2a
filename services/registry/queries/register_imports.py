"""Imports of the existing register: the list, one of them, and the rows that are left out."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.paging import PAGE_SIZE
from contracts.http.register_imports import (
    DistrictTotal,
    FaultyRow,
    FaultyRows,
    RegisterImportPage,
    RegisterImportView,
)
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.import_tables import RegisterImport, RegisterImportRow


def require_importer(work: UnitOfWork) -> None:
    """An import is the work of the counter's officers, each within the own district."""
    require(work.caller, Role.COUNTER)
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)


async def found(work: UnitOfWork, import_id: UUID, *, lock: bool = False) -> RegisterImport:
    """The import, locked where it is to change; Problem NOT_FOUND for one of another district."""
    require_importer(work)
    row = await work.session.get(
        RegisterImport, import_id, with_for_update=lock or None, populate_existing=lock
    )
    if row is None or not work.caller.sees_district(row.reach):
        raise Problem(common.NOT_FOUND)
    return row


def view_of(row: RegisterImport) -> RegisterImportView:
    """The import as the outside sees it."""
    districts = tuple(DistrictTotal.model_validate(one) for one in row.districts)
    return RegisterImportView(**row.model_dump(exclude={"districts"}), districts=districts)


async def register_import(work: UnitOfWork, import_id: UUID) -> RegisterImportView:
    """One import."""
    return view_of(await found(work, import_id))


async def register_imports(work: UnitOfWork, *, page: int = 1, size: int = PAGE_SIZE) -> RegisterImportPage:
    """The imports of the officer's district, the latest first."""
    require_importer(work)
    where = _in_reach(work)
    total = await work.session.scalar(select(func.count()).select_from(RegisterImport).where(where))
    query = select(RegisterImport).where(where).order_by(col(RegisterImport.id).desc())
    rows = await work.session.scalars(query.offset((page - 1) * size).limit(size))
    return RegisterImportPage(total=total or 0, page=page, size=size, rows=tuple(map(view_of, rows)))


async def faulty_rows(work: UnitOfWork, import_id: UUID) -> FaultyRows:
    """The rows that are left out, in the order of the file."""
    await found(work, import_id)
    query = select(RegisterImportRow).where(
        col(RegisterImportRow.import_id) == import_id, func.jsonb_array_length(RegisterImportRow.faults) > 0
    )
    rows = await work.session.scalars(query.order_by(col(RegisterImportRow.row)))
    return FaultyRows(
        rows=tuple(FaultyRow.model_validate({"given": row.given, "faults": row.faults}) for row in rows)
    )


def _in_reach(work: UnitOfWork) -> ColumnElement[bool]:
    if work.caller.is_system or work.caller.district == WHOLE_CITY:
        return true()
    return col(RegisterImport.reach) == work.caller.district
