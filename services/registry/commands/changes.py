"""登记事项变更: filed by the employer or at the counter, decided by an officer (协议 二.7)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.http.changes import ChangeState, ChangeView, FileChange, RefuseChange
from contracts.values import Outcome, Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.changing import check_injury, check_kinds, texts_of, view_of
from services.registry.commands import applying
from services.registry.deciding import tell
from services.registry.reach import employer_in_reach, require_registered
from services.registry.rules import changes as rules
from services.registry.rules.districts import district_on
from services.registry.series import numbers_of_month
from services.registry.tables import Employer, RegistrationChange

MATTER = "registration"


async def file(work: UnitOfWork, employer_no: str, asked: FileChange) -> ChangeView:
    """File a change; Problem for nothing changed, an item of the agency's, a day out of reach, one still open."""
    require(work.caller, Role.PREPARER, Role.APPROVER, Role.COUNTER)
    employer = await employer_in_reach(work, employer_no, lock=True)
    require_registered(employer)
    wanted = rules.named(asked.items)
    _check(work, employer, asked, wanted)
    items = rules.differences(await texts_of(work, employer), wanted)
    if not items:
        raise Problem(codes.CHANGE_NOTHING, field="items")
    await check_injury(work, employer, asked)
    check_kinds(work, employer, asked)
    row = RegistrationChange(
        change_no=(await numbers_of_month(work, "B"))[0],
        employer_no=employer_no,
        state=ChangeState.FILED,
        asked=work.chassis.vault.seal(asked.items.model_dump_json(exclude_none=True)),
        items=[item.model_dump() for item in items],
        effective_on=asked.effective_on,
        reason=asked.reason,
        filed_on=work.today,
        filed_by=work.caller.account,
        channel=work.caller.channel,
    )
    await _store(work, row)
    view = view_of(row, employer)
    work.audit("change_filed", row.change_no, employer_no=employer_no, after=view)
    return view


async def accept(work: UnitOfWork, change_no: str) -> ChangeView:
    """Accept: in force at once, or on its day by the day's job; Problem for a month that has passed since."""
    row, employer = await _open(work, change_no)
    asked = applying.asked_in(work, row)
    await check_injury(work, employer, asked)
    check_kinds(work, employer, asked)
    row.state = ChangeState.ACCEPTED
    row.decided_on, row.decided_by = work.today, work.caller.account
    tell(
        work,
        row.employer_no,
        change_no,
        MATTER,
        Outcome.ACCEPTED,
        next_step=f"自{row.effective_on.isoformat()}起生效",
    )
    if row.effective_on <= work.today:
        await applying.apply(work, row, employer)
    view = view_of(row, employer)
    work.audit("change_accepted", change_no, employer_no=row.employer_no, after=view)
    return view


async def refuse(work: UnitOfWork, change_no: str, asked: RefuseChange) -> ChangeView:
    """Refuse with a reason, which the employer reads as the result."""
    row, employer = await _open(work, change_no)
    row.state, row.refused_for = ChangeState.REFUSED, asked.reason
    row.decided_on, row.decided_by = work.today, work.caller.account
    tell(
        work,
        row.employer_no,
        change_no,
        MATTER,
        Outcome.REFUSED,
        reason=asked.reason,
        next_step="请核对后重新提交，或持材料到柜台办理",
    )
    view = view_of(row, employer)
    work.audit("change_refused", change_no, employer_no=row.employer_no, after=view)
    return view


async def withdraw(work: UnitOfWork, change_no: str) -> ChangeView:
    """Take it back before it is decided."""
    row, employer = await _filed(work, change_no, Role.PREPARER, Role.APPROVER, Role.COUNTER)
    row.state = ChangeState.WITHDRAWN
    view = view_of(row, employer)
    work.audit("change_withdrawn", change_no, employer_no=row.employer_no, after=view)
    return view


def _check(work: UnitOfWork, employer: Employer, asked: FileChange, wanted: dict[str, str]) -> None:
    if not work.caller.is_officer and (foreign := rules.not_own(wanted)):
        raise Problem(codes.CHANGE_NOT_OWN, field=f"items.{foreign[0]}", fields="、".join(foreign))
    days = rules.term(employer.registered_on, work.today)
    if not days.holds(asked.effective_on):
        raise Problem(codes.CHANGE_DAY, field="effective_on", first=days.first, last=days.last)
    for field in ("district", "paying_agency"):
        code = wanted.get(field)
        entry = district_on(code, work.today) if code else None
        if code and (entry is None or entry.code != code):
            raise Problem(codes.DISTRICT_UNKNOWN, field=f"items.{field}", district=code)


async def _store(work: UnitOfWork, row: RegistrationChange) -> None:
    added = await work.session.execute(
        insert(RegistrationChange)
        .values(**row.model_dump())
        .on_conflict_do_nothing()
        .returning(col(RegistrationChange.change_no))
    )
    if added.scalar() is None:
        open_one = select(col(RegistrationChange.change_no)).where(
            col(RegistrationChange.employer_no) == row.employer_no,
            col(RegistrationChange.state).in_((ChangeState.FILED, ChangeState.ACCEPTED)),
        )
        raise Problem(codes.CHANGE_OPEN, change_no=await work.session.scalar(open_one))


async def _open(work: UnitOfWork, change_no: str) -> tuple[RegistrationChange, Employer]:
    return await _filed(work, change_no, Role.COUNTER)


async def _filed(work: UnitOfWork, change_no: str, *roles: Role) -> tuple[RegistrationChange, Employer]:
    """The change while nobody has decided it, its employer locked first."""
    require(work.caller, *roles)
    found = await work.session.get(RegistrationChange, change_no)
    if found is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, found.employer_no, lock=True)
    row = await work.session.get_one(
        RegistrationChange, change_no, with_for_update=True, populate_existing=True
    )
    if row.state != ChangeState.FILED:
        raise Problem(codes.CHANGE_STATE, change_no=change_no)
    return row, employer
