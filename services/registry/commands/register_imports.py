"""The import of the existing register: a file checked with its totals, released by a second officer (domain 1.5).

Then its rows are registered in chunks that publish their events as they go.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import registry as codes
from contracts.errors.code import Fault
from contracts.events.registry import EmployerRegistered
from contracts.http.register_imports import (
    NewRegisterImport,
    RegisterImportState,
    RegisterImportView,
    RegisterRow,
)
from contracts.http.registry import RegisterEmployer
from contracts.models import View
from services.chassis.identity import two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.registry.commands.register import SERIES, injury_rate_asked, kinds_asked, new_entry, next_number
from services.registry.commands.register_rows import Judged, judge, registered
from services.registry.entry import state_of
from services.registry.import_tables import RegisterImport, RegisterImportRow
from services.registry.queries.register_imports import found, require_importer, view_of
from services.registry.rules.districts import district_on
from services.registry.rules.employer_no import PREFIX
from services.registry.rules.register_rows import district_of, read_row
from services.registry.series import lock_series
from services.registry.tables import Series

CHUNK = 500
"""Employers registered in one transaction."""


class Advanced(View):
    """What one chunk did, for the audit; `digest` is of the numbers it registered, in order."""

    registered: int
    skipped: int
    digest: str


async def stage(work: UnitOfWork, asked: NewRegisterImport) -> RegisterImportView:
    """Check a file and keep it; the same rows again are the same import. Problem where a total differs."""
    require_importer(work)
    if differing := _totals(work, asked):
        raise Problem(codes.IMPORT_TOTALS, field=differing[0].field, faults=differing)
    digest = _digest(asked)
    known = select(RegisterImport).where(col(RegisterImport.digest) == digest)
    if earlier := await work.session.scalar(known):
        return view_of(await found(work, earlier.id))
    row = _head(work, asked, digest)
    judged = await judge(work, asked.rows)
    row.faulty = sum(bool(one.faults) for one in judged)
    added = insert(RegisterImport).values(**row.model_dump()).on_conflict_do_nothing()
    if (await work.session.execute(added.returning(col(RegisterImport.id)))).scalar() is None:
        return view_of((await work.session.scalars(known)).one())
    await work.session.execute(insert(RegisterImportRow), [_kept(row.id, one) for one in judged])
    view = view_of(row)
    work.audit("register_import_staged", f"register-imports/{row.id}", after=view)
    return view


async def release(work: UnitOfWork, import_id: UUID) -> RegisterImportView:
    """The second officer has compared the totals; the rows without fault are registered from now on."""
    row = await found(work, import_id, lock=True)
    if row.state != RegisterImportState.STAGED:
        raise Problem(codes.IMPORT_STATE)
    two_officers(row.drafted_by, work.caller)
    row.state, row.released_by = RegisterImportState.RELEASED, work.caller.account
    view = view_of(row)
    work.audit("register_import_released", f"register-imports/{import_id}", after=view)
    return view


async def advance(work: UnitOfWork) -> bool:
    """Sweep: the next chunk of the oldest released import; True when nothing is left to register."""
    query = select(RegisterImport).where(col(RegisterImport.state) == RegisterImportState.RELEASED)
    row = await work.session.scalar(
        query.order_by(col(RegisterImport.id)).limit(1).with_for_update(skip_locked=True)
    )
    if row is None:
        return True
    sound = (col(RegisterImportRow.import_id) == row.id) & (
        func.jsonb_array_length(RegisterImportRow.faults) == 0
    )
    ordered = select(RegisterImportRow).where(sound).order_by(col(RegisterImportRow.row)).limit(CHUNK)
    rows = (await work.session.scalars(ordered)).all()
    await _register(work, row, [RegisterRow.model_validate(one.given) for one in rows])
    numbers = [one.row for one in rows]
    await work.session.execute(
        delete(RegisterImportRow).where(sound, col(RegisterImportRow.row).in_(numbers))
    )
    if len(rows) < CHUNK:
        row.state = RegisterImportState.DONE
    return False


async def _register(work: UnitOfWork, row: RegisterImport, given: list[RegisterRow]) -> None:
    """Register what nobody has registered meanwhile; the series' lock lets no other registration in between."""
    series = await lock_series(work, SERIES)
    asked = [read for one in given if isinstance(read := read_row(one, work.today), RegisterEmployer)]
    by_code, by_number = await registered(work, asked)
    fresh = [one for one in asked if one.credit_code not in by_code and one.employer_no not in by_number]
    numbers = [_number(series, one) for one in fresh]
    employers = [
        new_entry(work, one, number, one.credit_code, kinds_asked(one))
        for one, number in zip(fresh, numbers, strict=True)
    ]
    work.session.add_all(employers)
    await work.session.flush()
    for one, employer in zip(fresh, employers, strict=True):
        rate = injury_rate_asked(one)
        rate.employer_no = employer.employer_no
        work.session.add(rate)
        work.publish(EmployerRegistered(**state_of(employer, [rate])))
    row.done, row.skipped = row.done + len(fresh), row.skipped + len(given) - len(fresh)
    digest = hashlib.sha256("\n".join(numbers).encode()).hexdigest()
    chunk = Advanced(registered=len(fresh), skipped=len(given) - len(fresh), digest=digest)
    work.audit("register_import_advanced", f"register-imports/{row.id}", after=chunk)


def _number(series: Series, asked: RegisterEmployer) -> str:
    """The kept number or the next; kept ones run ahead of the series."""
    number = asked.employer_no or next_number(series.last)
    series.last = max(series.last, int(number.removeprefix(PREFIX)))
    return number


def _totals(work: UnitOfWork, asked: NewRegisterImport) -> tuple[Fault, ...]:
    """Where the file and what the officer counted differ: in all, and by district."""
    told = Counter({one.district: one.rows for one in asked.districts})
    counted = Counter(district_of(row, work.today) for row in asked.rows)
    faults = [
        _differs(f"district_{code}", _name(work, code), told[code], counted[code])
        for code in sorted(set(told) | set(counted))
        if told[code] != counted[code]
    ]
    if asked.total != len(asked.rows):
        faults.insert(0, _differs("total", "户数合计", asked.total, len(asked.rows)))
    return tuple(faults)


def _differs(field: str, what: str, told: int, counted: int) -> Fault:
    message = f"{what}：控制总数{told}户，文件{counted}户"
    return Fault(field=field, code="register_import.totals", message=message)


def _name(work: UnitOfWork, code: str) -> str:
    entry = district_on(code, work.today)
    return entry.name if entry else "区县不明"


def _digest(asked: NewRegisterImport) -> bytes:
    """Of the rows as they stand, whatever their lines, the title or the form of the file."""
    plain = (row.model_dump_json(exclude={"row"}) for row in asked.rows)
    return hashlib.sha256("\n".join(plain).encode()).digest()


def _head(work: UnitOfWork, asked: NewRegisterImport, digest: bytes) -> RegisterImport:
    return RegisterImport(
        id=new_id(),
        digest=digest,
        title=asked.title,
        state=RegisterImportState.STAGED,
        reach=work.caller.district or "",
        total=asked.total,
        faulty=0,
        districts=[one.model_dump() for one in asked.districts if one.rows],
        drafted_on=work.today,
        drafted_by=work.caller.account,
    )


def _kept(import_id: UUID, one: Judged) -> dict[str, object]:
    code = one.asked.credit_code if one.asked else one.given.credit_code
    given = one.given.model_copy(update={"credit_code": code})
    return {
        "import_id": import_id,
        "row": one.given.row,
        "given": given.model_dump(),
        "faults": [fault.model_dump() for fault in one.faults],
    }
