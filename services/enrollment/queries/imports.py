"""Where a cut-over import stands, and what keeps it from being released."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, text
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors.code import Fault
from contracts.http.enrollment import ImportView
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.tables import Import, ImportPart

STAGING, RELEASED, DONE = "staging", "released", "done"
_LAST_PART = 2**31 - 1
_STRANGERS = text(
    "SELECT r.employer_no, count(*) AS persons FROM import_rows r LEFT JOIN employers e "
    "ON e.employer_no = r.employer_no AND e.version > 0 AND "
    "(CAST(:district AS varchar) IS NULL OR :district IN (e.district, e.paying_agency)) "
    "WHERE r.import_id = :import AND r.part BETWEEN :first AND :last AND e.employer_no IS NULL "
    "GROUP BY r.employer_no ORDER BY r.employer_no LIMIT 20"
)
_INSURED = text(
    "SELECT count(*) FROM import_rows i JOIN persons p ON p.id_number_blind = i.id_number_blind "
    "JOIN relations r ON r.person_no = p.person_no AND r.last_month IS NULL "
    "WHERE i.import_id = :import AND i.part BETWEEN :first AND :last"
)


def require_importer(work: UnitOfWork) -> None:
    """An import is the work of the counter's officers, each within the own district."""
    require(work.caller, Role.COUNTER)
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)


async def found(work: UnitOfWork, import_id: UUID, *, lock: bool = False) -> Import:
    """The import, locked where it is to change; Problem NOT_FOUND for an unknown one."""
    require_importer(work)
    row = await work.session.get(Import, import_id, with_for_update=lock or None, populate_existing=lock)
    if row is None:
        raise Problem(common.NOT_FOUND)
    return row


async def view(work: UnitOfWork, row: Import, *, part: int = 0, closing: bool = False) -> ImportView:
    """Totals and, while it is staged, what stands in the way of its release.

    `part` looks at one part's rows alone, so that staging costs the same from the first part to the last;
    totals may fall short until the import is `closing`.
    """
    sums = select(
        func.coalesce(func.sum(col(ImportPart.persons)), 0),
        func.coalesce(func.sum(col(ImportPart.base_sum)), 0),
    ).where(col(ImportPart.import_id) == row.id)
    persons, base_sum = (int(total) for total in (await work.session.execute(sums)).one())
    faults = _skipped(row)
    if row.state == STAGING:
        totals = _totals(row, persons, base_sum, closing=closing)
        faults = (*totals, *await _row_faults(work, row, part))
    return ImportView(
        **row.model_dump(exclude={"skipped_persons"}),
        staged_persons=persons,
        staged_base_sum=base_sum,
        faults=faults,
    )


async def import_view(work: UnitOfWork, import_id: UUID) -> ImportView:
    """One import."""
    return await view(work, await found(work, import_id))


def _totals(row: Import, persons: int, base_sum: int, *, closing: bool) -> tuple[Fault, ...]:
    totals = (
        ("persons", persons, row.persons, "暂存人数{}与控制总数{}不符"),
        ("base_sum", base_sum, row.base_sum, "暂存基数合计{}分与控制总数{}分不符"),
    )
    return tuple(
        Fault(field=field, code=f"import.{field}", message=message.format(staged, announced))
        for field, staged, announced, message in totals
        if staged > announced or (closing and staged < announced)
    )


async def _row_faults(work: UnitOfWork, row: Import, part: int) -> list[Fault]:
    own = work.caller.district if work.caller.district != WHOLE_CITY else None
    which = {"import": row.id, "first": part, "last": part or _LAST_PART}
    strangers = await work.session.execute(_STRANGERS, {**which, "district": own})
    faults = [
        Fault(
            field="employer_no",
            code="import.employer",
            message=f"单位{entry.employer_no}尚未登记或不在本辖区，涉及{entry.persons}人",
            value=entry.employer_no,
        )
        for entry in strangers
    ]
    insured = (await work.session.execute(_INSURED, which)).scalar_one()
    if insured:
        message = f"有{insured}人已处于参保缴费状态"
        faults.append(Fault(field="id_number", code="import.insured", message=message))
    return faults


def _skipped(row: Import) -> tuple[Fault, ...]:
    if not row.skipped_persons:
        return ()
    message = f"有{row.skipped_persons}人在导入期间已参保，未重复导入"
    return (Fault(field="id_number", code="import.skipped", message=message),)
