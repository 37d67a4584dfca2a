"""办结 of a written application: a new initial password, or a new specialist (clause 三(六), 协议 一.2)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import col

from contracts.events.registry import EmployerChanged, SpecialistChanged
from contracts.http.applications import AccountReceipt, ApplicationMatter, ApplicationState
from contracts.http.registry import SpecialistData
from contracts.values import Outcome
from services.chassis.clocks import wall_now
from services.chassis.work import UnitOfWork
from services.registry.commands.applications import current_specialist, open_application
from services.registry.commands.opening import specialist_of
from services.registry.commands.revoking import reset_password, supersede
from services.registry.deciding import tell
from services.registry.entry import state_of
from services.registry.papers import view_of
from services.registry.rules import roles
from services.registry.rules.districts import district_on
from services.registry.tables import Account, Application, Employer, InjuryRateRow, Specialist

_NEXT_STEP = "请用新的初始密码登录并立即修改密码"


async def finish(work: UnitOfWork, application_no: str) -> AccountReceipt:
    """Do what was applied for; the answer carries the initial password, which is shown once."""
    row, employer = await open_application(work, application_no, ApplicationState.CHECKED)
    change = row.matter == ApplicationMatter.SPECIALIST
    account, password = await (_replace(work, row, employer) if change else _reset(work, employer))
    row.state, row.finished_on, row.finished_by = (
        ApplicationState.DONE,
        work.today,
        work.caller.account,
    )
    row.new_specialist = None
    tell(work, row.employer_no, application_no, row.matter, Outcome.ACCEPTED, next_step=_NEXT_STEP)
    view = view_of(row, employer, work.today)
    work.audit("application_finished", application_no, employer_no=row.employer_no, after=view)
    return _receipt(work, row, employer, account, password)


async def _reset(work: UnitOfWork, employer: Employer) -> tuple[Account, str]:
    account = await work.session.get_one(Account, employer.specialist, with_for_update=True)
    return account, await reset_password(work, account)


async def _replace(work: UnitOfWork, row: Application, employer: Employer) -> tuple[Account, str]:
    """The old account ends and a new one begins: each person acts under an account of one's own (四(二))."""
    person = SpecialistData.model_validate_json(work.chassis.vault.open(row.new_specialist or b""))
    old = await current_specialist(work, employer.employer_no)
    old.until = work.today
    await work.session.flush()
    supersede(work, await work.session.get_one(Account, old.account, with_for_update=True))
    number = await _how_many(work, employer.employer_no) + 1
    account = Account(
        account=f"{employer.employer_no}-{number}",
        display_name=person.name,
        password_hash="",
        roles=sorted(roles.SPECIALIST_ROLES),
        employer_no=employer.employer_no,
        created_at=wall_now(),
    )
    work.session.add(account)
    work.session.add(specialist_of(work, employer, person, account.account))
    password = await reset_password(work, account)
    await _tell(work, employer, old.account, account.account, number)
    return account, password


async def _how_many(work: UnitOfWork, employer_no: str) -> int:
    query = select(func.count()).select_from(Specialist).where(col(Specialist.employer_no) == employer_no)
    return await work.session.scalar(query) or 0


async def _tell(work: UnitOfWork, employer: Employer, old: str, new: str, number: int) -> None:
    employer.specialist, employer.version = new, employer.version + 1
    query = select(InjuryRateRow).where(col(InjuryRateRow.employer_no) == employer.employer_no)
    rates = (await work.session.scalars(query)).all()
    work.publish(EmployerChanged(**state_of(employer, rates), changed=("specialist",)))
    work.publish(
        SpecialistChanged(
            version=number - 1,
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
