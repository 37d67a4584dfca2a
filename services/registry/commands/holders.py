"""Who holds an employer's accounts: the specialist, and an approver where another person approves (clause 四(二))."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlmodel import col

from contracts.errors import registry as codes
from contracts.http.applications import ApplicationMatter
from contracts.http.registry import SpecialistData
from contracts.values import Role
from services.chassis.clocks import wall_now
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.rules import applications as rules
from services.registry.rules import roles
from services.registry.tables import Account, Approver, Specialist


async def current_specialist(work: UnitOfWork, employer_no: str) -> Specialist:
    """Who acts for an employer whose service is opened."""
    query = select(Specialist).where(
        col(Specialist.employer_no) == employer_no, col(Specialist.until).is_(None)
    )
    return (await work.session.scalars(query)).one()


async def current_approver(work: UnitOfWork, employer_no: str) -> Approver | None:
    """Who approves beside the specialist; none where the specialist does both."""
    query = select(Approver).where(col(Approver.employer_no) == employer_no, col(Approver.until).is_(None))
    return await work.session.scalar(query)


async def appointed_approver(work: UnitOfWork, employer_no: str) -> Approver:
    """The approver; Problem APPROVER_NONE where there is none."""
    if found := await current_approver(work, employer_no):
        return found
    raise Problem(codes.APPROVER_NONE)


async def in_place(
    work: UnitOfWork, employer_no: str, matter: ApplicationMatter
) -> Specialist | Approver | None:
    """Whom a matter is about as things stand."""
    if matter in rules.OF_THE_APPROVER:
        return await current_approver(work, employer_no)
    return await current_specialist(work, employer_no)


async def check(
    work: UnitOfWork, employer_no: str, matter: ApplicationMatter, person: SpecialistData | None
) -> None:
    """Problem APPROVER_NONE for a matter of nobody, SAME_PERSON where one would both prepare and approve."""
    if matter in rules.OF_THE_APPROVER - rules.NAMING:
        await appointed_approver(work, employer_no)
    if person is None:
        return
    specialist = await current_specialist(work, employer_no)
    approver = await current_approver(work, employer_no)
    other = approver if matter is ApplicationMatter.SPECIALIST else specialist
    if other and other.id_number_blind == work.chassis.vault.blind(person.id_number):
        raise Problem(codes.SAME_PERSON, field="specialist.id_number")


async def new_account(work: UnitOfWork, employer_no: str, holder: str, may: Collection[Role]) -> Account:
    """An account of its own for each person, by a number that runs through the employer; its password is set apart."""
    query = select(func.count()).select_from(Account).where(col(Account.employer_no) == employer_no)
    number = (await work.session.scalar(query) or 0) + 1
    account = Account(
        account=f"{employer_no}-{number}",
        display_name=holder,
        password_hash="",
        roles=sorted(may),
        employer_no=employer_no,
        created_at=wall_now(),
    )
    work.session.add(account)
    return account


async def specialists_roles(work: UnitOfWork, employer_no: str) -> frozenset[Role]:
    """What the specialist may do as things stand."""
    return roles.of_specialist(approver=await current_approver(work, employer_no) is not None)
