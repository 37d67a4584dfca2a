"""复核人: appointed beside the specialist, replaced, ended; the specialist's roles follow (clauses 二, 四(二))."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import col

from contracts.events.registry import ApproverChanged
from contracts.http.registry import SpecialistData
from contracts.values import Role
from services.chassis.work import UnitOfWork
from services.registry.commands import holders
from services.registry.commands.opening import specialist_of
from services.registry.commands.revoking import change_roles, reset_password, supersede
from services.registry.tables import Account, Approver, Employer


async def appoint(work: UnitOfWork, employer: Employer, person: SpecialistData) -> tuple[Account, str]:
    """A person of one's own account approves from now on; an earlier approver's account ends."""
    old = await holders.current_approver(work, employer.employer_no)
    if old:
        await _end(work, old)
    account = await holders.new_account(work, employer.employer_no, person.name, {Role.APPROVER})
    items = specialist_of(work, employer, person, account.account).model_dump()
    work.session.add(Approver(**items))
    password = await reset_password(work, account)
    await _settle(work, employer, old.account if old else None, account.account)
    return account, password


async def dismiss(work: UnitOfWork, employer: Employer) -> tuple[Account, str]:
    """The specialist does both again; the approver's account ends and has no password any more."""
    old = await holders.appointed_approver(work, employer.employer_no)
    account = await _end(work, old)
    await _settle(work, employer, old.account, None)
    return account, ""


async def reset(work: UnitOfWork, employer: Employer) -> tuple[Account, str]:
    """A new initial password of the approver."""
    approver = await holders.appointed_approver(work, employer.employer_no)
    account = await work.session.get_one(Account, approver.account, with_for_update=True)
    return account, await reset_password(work, account)


async def _end(work: UnitOfWork, old: Approver) -> Account:
    old.until = work.today
    account = await work.session.get_one(Account, old.account, with_for_update=True)
    supersede(work, account)
    await work.session.flush()
    return account


async def _settle(work: UnitOfWork, employer: Employer, old: str | None, new: str | None) -> None:
    """The specialist's roles, then the event; its version counts beginnings and ends."""
    await work.session.flush()
    specialist = await work.session.get_one(Account, employer.specialist, with_for_update=True)
    change_roles(work, specialist, await holders.specialists_roles(work, employer.employer_no))
    counts = select(func.count() + func.count(col(Approver.until))).where(
        col(Approver.employer_no) == employer.employer_no
    )
    work.publish(
        ApproverChanged(
            version=await work.session.scalar(counts) or 1,
            employer_no=employer.employer_no,
            old_account=old,
            new_account=new,
            changed_at=work.now,
        )
    )
