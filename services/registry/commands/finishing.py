"""办结 of a written application: a new initial password, or a new specialist (clause 三(六), 协议 一.2)."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.events.registry import EmployerChanged, SpecialistChanged
from contracts.http.applications import AccountReceipt, ApplicationMatter, ApplicationState
from contracts.http.registry import SpecialistData
from contracts.values import Outcome
from services.chassis.work import UnitOfWork
from services.registry.commands import approvers, holders
from services.registry.commands.applications import open_application
from services.registry.commands.opening import specialist_of
from services.registry.commands.revoking import reset_password, supersede
from services.registry.deciding import tell
from services.registry.entry import state_of
from services.registry.papers import view_of
from services.registry.rules.districts import district_on
from services.registry.tables import Account, Application, Employer, InjuryRateRow

_NEXT_STEP = "请用新的初始密码登录并立即修改密码"
_BOTH_AGAIN = "原复核人账户已停用；专管员重新登录后兼任经办和复核"


async def finish(work: UnitOfWork, application_no: str) -> AccountReceipt:
    """Do what was applied for; the answer carries the initial password, which is shown once."""
    row, employer = await open_application(work, application_no, ApplicationState.CHECKED)
    matter, person = ApplicationMatter(row.matter), _named(work, row)
    await holders.check(work, employer.employer_no, matter, person)
    account, password = await _do(work, matter, employer, person)
    row.state, row.finished_on, row.finished_by = (
        ApplicationState.DONE,
        work.today,
        work.caller.account,
    )
    row.new_specialist = None
    next_step = _NEXT_STEP if password else _BOTH_AGAIN
    tell(work, row.employer_no, application_no, row.matter, Outcome.ACCEPTED, next_step=next_step)
    view = view_of(row, employer, work.today)
    work.audit("application_finished", application_no, employer_no=row.employer_no, after=view)
    return _receipt(work, row, employer, account, password)


def _named(work: UnitOfWork, row: Application) -> SpecialistData | None:
    """The person the application names."""
    if row.new_specialist is None:
        return None
    return SpecialistData.model_validate_json(work.chassis.vault.open(row.new_specialist))


async def _do(
    work: UnitOfWork, matter: ApplicationMatter, employer: Employer, person: SpecialistData | None
) -> tuple[Account, str]:
    """The account the application is about, and its initial password; empty where it ended."""
    if person and matter is ApplicationMatter.SPECIALIST:
        return await _replace(work, employer, person)
    if person:
        return await approvers.appoint(work, employer, person)
    acts = {
        ApplicationMatter.APPROVER_PASSWORD: approvers.reset,
        ApplicationMatter.APPROVER_END: approvers.dismiss,
    }
    return await acts.get(matter, _reset)(work, employer)


async def _reset(work: UnitOfWork, employer: Employer) -> tuple[Account, str]:
    account = await work.session.get_one(Account, employer.specialist, with_for_update=True)
    return account, await reset_password(work, account)


async def _replace(work: UnitOfWork, employer: Employer, person: SpecialistData) -> tuple[Account, str]:
    """The old account ends and a new one begins: each person acts under an account of one's own (四(二))."""
    number = employer.employer_no
    old = await holders.current_specialist(work, number)
    old.until = work.today
    await work.session.flush()
    supersede(work, await work.session.get_one(Account, old.account, with_for_update=True))
    may = await holders.specialists_roles(work, number)
    account = await holders.new_account(work, number, person.name, may)
    work.session.add(specialist_of(work, employer, person, account.account))
    password = await reset_password(work, account)
    await _tell(work, employer, old.account, account.account)
    return account, password


async def _tell(work: UnitOfWork, employer: Employer, old: str, new: str) -> None:
    employer.specialist, employer.version = new, employer.version + 1
    query = select(InjuryRateRow).where(col(InjuryRateRow.employer_no) == employer.employer_no)
    rates = (await work.session.scalars(query)).all()
    work.publish(EmployerChanged(**state_of(employer, rates), changed=("specialist",)))
    work.publish(
        SpecialistChanged(
            version=int(new.rpartition("-")[2]) - 1,
            employer_no=employer.employer_no,
            old_account=old,
            new_account=new,
            changed_at=work.now,
        )
    )


def _receipt(
    work: UnitOfWork, row: Application, employer: Employer, account: Account, password: str
) -> AccountReceipt:
    agency = district_on(employer.paying_agency, work.today)
    return AccountReceipt(
        matter=ApplicationMatter(row.matter),
        application_no=row.application_no,
        employer_no=employer.employer_no,
        employer_name=employer.name,
        agency_name=agency.agency_name if agency else employer.paying_agency,
        officer=work.caller.signs_as,
        issued_on=work.today,
        account=account.account,
        specialist_name=account.display_name,
        initial_password=password,
    )
