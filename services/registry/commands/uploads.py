"""Scans that answer a material request: taken after a look at their bytes, removed before they are handed in."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.http.materials import RequestState, RequestView
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.registry import scans
from services.registry.requests import request_in_reach, shown
from services.registry.rules import materials as rules
from services.registry.rules.scans import ScanRefused, media_type_of
from services.registry.tables import MaterialFile, MaterialRequest

_NAME = 200


async def upload(work: UnitOfWork, request_no: str, name: str, content: bytes) -> RequestView:
    """Keep a scan; Problem for a file that is not one, before it is stored."""
    require(work.caller, Role.PREPARER, Role.APPROVER, Role.COUNTER)
    try:
        media_type = media_type_of(content)
    except ScanRefused as refused:
        raise Problem(codes.FILE_REFUSED, field="file", reason=refused) from refused
    row, employer = await request_in_reach(work, request_no, lock=True)
    await _may_change(work, row)
    file = MaterialFile(
        id=new_id(),
        request_no=request_no,
        name=plain_name(name),
        media_type=media_type,
        size=len(content),
        digest=hashlib.sha256(content).digest(),
        uploaded_on=work.today,
        uploaded_by=work.caller.account,
    )
    await scans.keep(work.chassis, file.id, content)
    work.session.add(file)
    await work.session.flush()
    view = await shown(work, row, employer)
    work.audit("scan_uploaded", request_no, employer_no=row.employer_no, after=view)
    return view


async def remove(work: UnitOfWork, request_no: str, file_id: UUID) -> RequestView:
    """Take a scan back before it is handed in; its content stays on the volume for the audit."""
    require(work.caller, Role.PREPARER, Role.APPROVER, Role.COUNTER)
    row, employer = await request_in_reach(work, request_no, lock=True)
    if RequestState(row.state) not in rules.OPEN:
        raise Problem(codes.REQUEST_STATE, request_no=request_no)
    file = await work.session.get(MaterialFile, file_id)
    if file is None or file.request_no != request_no:
        raise Problem(common.NOT_FOUND)
    await work.session.delete(file)
    await work.session.flush()
    view = await shown(work, row, employer)
    work.audit("scan_removed", request_no, employer_no=row.employer_no, after=view)
    return view


def plain_name(name: str) -> str:
    """The name without its path and without what no file name holds."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-_NAME:] or "未命名"


async def _may_change(work: UnitOfWork, row: MaterialRequest) -> None:
    if RequestState(row.state) not in rules.OPEN:
        raise Problem(codes.REQUEST_STATE, request_no=row.request_no)
    held = (
        select(func.count()).select_from(MaterialFile).where(col(MaterialFile.request_no) == row.request_no)
    )
    if (await work.session.scalar(held) or 0) >= rules.MOST_FILES:
        raise Problem(codes.TOO_MANY_FILES, most=rules.MOST_FILES)
