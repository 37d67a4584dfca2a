"""The cut-over import is announced, staged in parts and released by a second officer (domain 1.5)."""

from __future__ import annotations

from uuid import UUID

from contracts.errors import enrollment as codes
from contracts.http.enrollment import ImportRows, ImportView, NewImport
from services.chassis.identity import two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.enrollment.commands.import_parts import copy_records, sealed_records
from services.enrollment.queries.imports import DONE, RELEASED, STAGING, found, require_importer, view
from services.enrollment.tables import Import, ImportPart


async def announce(work: UnitOfWork, asked: NewImport) -> ImportView:
    """Begin an import with its control totals."""
    require_importer(work)
    row = Import(**asked.model_dump(), id=new_id(), state=STAGING, drafted_by=work.caller.account)
    work.session.add(row)
    await work.session.flush()
    announced = await view(work, row)
    work.audit("import_announced", f"imports/{row.id}", after=announced)
    return announced


async def stage(work: UnitOfWork, import_id: UUID, asked: ImportRows) -> ImportView:
    """Stage a part; the same number again replaces nothing. Problem IMPORT_ROWS names every fault of a part."""
    row = await found(work, import_id, lock=True)
    if await work.session.get(ImportPart, (import_id, asked.part)):
        return await view(work, row, part=asked.part)
    if row.state != STAGING:
        raise Problem(codes.IMPORT_STATE)
    records = await sealed_records(work, import_id, asked)
    base_sum = sum(one.base for one in asked.rows)
    part = ImportPart(import_id=import_id, part=asked.part, persons=len(records), base_sum=base_sum)
    work.session.add(part)
    await work.session.flush()
    await copy_records(work, records)
    staged = await view(work, row, part=asked.part)
    work.audit("import_staged", f"imports/{import_id}/{asked.part}", after=staged)
    return staged


async def release(work: UnitOfWork, import_id: UUID) -> ImportView:
    """The second officer compares the totals and releases; `advance` then does it piece by piece."""
    row = await found(work, import_id, lock=True)
    if row.state != STAGING:
        raise Problem(codes.IMPORT_STATE)
    two_officers(row.drafted_by, work.caller)
    staged = await view(work, row, closing=True)
    if staged.faults:
        raise Problem(codes.IMPORT_TOTALS, field=staged.faults[0].field, faults=staged.faults)
    row.state = RELEASED if row.persons else DONE
    row.released_by = work.caller.account
    released = await view(work, row)
    work.audit("import_released", f"imports/{import_id}", after=released)
    return released
