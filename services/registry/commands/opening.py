"""开通: five materials, agreement, specialist, initial password (clauses 二(一), 二(二))."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import registry as codes
from contracts.errors.code import Fault
from contracts.events.decisions import SubmissionDecided
from contracts.events.registry import ServiceOpened
from contracts.http.openings import OpeningState
from contracts.http.registry import OpeningReceipt, OpenService, SpecialistData
from contracts.values import EmployerKind, Outcome, Role
from services.chassis.clocks import wall_now
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.registry.entry import state_of
from services.registry.hashing import hash_password
from services.registry.opening_tables import OpeningCase
from services.registry.openings import check_closed, new_case, open_case_of
from services.registry.reach import employer_in_reach, require_registered
from services.registry.rules import roles
from services.registry.rules.districts import district_on
from services.registry.rules.opening import missing_materials
from services.registry.rules.passwords import initial_password
from services.registry.tables import Account, Employer, InjuryRateRow, Opening, Specialist


async def open_service(work: UnitOfWork, employer_no: str, asked: OpenService) -> OpeningReceipt:
    """Open, with the case in hand or one begun and ended now.

    Problem for missing materials, a second opening, an agreement dated ahead.
    """
    require(work.caller, Role.COUNTER)
    employer = await employer_in_reach(work, employer_no, lock=True)
    require_registered(employer)
    await _check(work, employer, asked)
    password = initial_password(secrets.randbelow)
    hashed = await hash_password(password)
    case = await open_case_of(work, employer_no)
    case = case or await new_case(work, employer, asked.employer_handler, asked.specialist)
    opening = _close(work, case, asked)
    work.session.add_all([case, opening, _account(employer, asked, hashed)])
    work.session.add(specialist_of(work, employer, asked.specialist, employer_no))
    employer.opened_on, employer.specialist, employer.version = work.today, employer_no, employer.version + 1
    await _tell(work, employer, opening, case.version)
    return _receipt(work, employer, opening, asked, password)


async def _check(work: UnitOfWork, employer: Employer, asked: OpenService) -> None:
    await check_closed(work, employer.employer_no)
    if missing := missing_materials(EmployerKind(employer.kind), asked.materials):
        faults = tuple(
            Fault(field=f"materials.{item.material}", code="material.missing", message=f"缺{item.name}")
            for item in missing
        )
        raise Problem(codes.MATERIALS_MISSING, field="materials", faults=faults, count=len(faults))
    if asked.agreement_signed_on > work.today:
        raise Problem(codes.SIGNED_LATER, field="agreement_signed_on")


def _close(work: UnitOfWork, case: OpeningCase, asked: OpenService) -> Opening:
    """The case ends with the opening; whoever received it is the agency's handler of the agreement."""
    case.state, case.version, case.specialist = OpeningState.OPENED, case.version + 1, None
    case.agreement_signed_on, case.employer_handler = asked.agreement_signed_on, asked.employer_handler
    case.materials, case.specialist_name = sorted(asked.materials), asked.specialist.name
    case.decided_on, case.decided_by = work.today, work.caller.account
    return Opening(
        employer_no=case.employer_no,
        agreement_no=case.agreement_no,
        agreement_signed_on=asked.agreement_signed_on,
        employer_handler=asked.employer_handler,
        officer=case.officer,
        opened_on=work.today,
        materials=case.materials,
    )


def _account(employer: Employer, asked: OpenService, password_hash: str) -> Account:
    return Account(
        account=employer.employer_no,
        display_name=asked.specialist.name,
        password_hash=password_hash,
        roles=sorted(roles.SPECIALIST_ROLES),
        employer_no=employer.employer_no,
        created_at=wall_now(),
    )


def specialist_of(work: UnitOfWork, employer: Employer, person: SpecialistData, account: str) -> Specialist:
    """The row of a specialist from today on; numbers are sealed, the identity number has a blind value."""
    vault = work.chassis.vault
    return Specialist(
        id=new_id(),
        employer_no=employer.employer_no,
        account=account,
        name=person.name,
        id_number=vault.seal(person.id_number),
        id_number_blind=vault.blind(person.id_number),
        blind_version=vault.lookup_version,
        office_phone=vault.seal(person.office_phone),
        mobile=vault.seal(person.mobile),
        since=work.today,
    )


async def _tell(work: UnitOfWork, employer: Employer, opening: Opening, version: int) -> None:
    query = select(InjuryRateRow).where(col(InjuryRateRow.employer_no) == employer.employer_no)
    rates = (await work.session.scalars(query)).all()
    opened = ServiceOpened(**state_of(employer, rates), agreement_no=opening.agreement_no)
    work.publish(opened)
    work.publish(
        SubmissionDecided(
            version=version,
            employer_no=employer.employer_no,
            owner="registry",
            submission_no=opening.agreement_no,
            matter="opening",
            outcome=Outcome.ACCEPTED,
            next_step="请用初始密码首次登录并修改密码",
            decided_at=work.now,
        )
    )
    work.audit("service_opened", employer.employer_no, employer_no=employer.employer_no, after=opened)


def _receipt(
    work: UnitOfWork, employer: Employer, opening: Opening, asked: OpenService, password: str
) -> OpeningReceipt:
    agency = district_on(employer.paying_agency, work.today)
    return OpeningReceipt(
        employer_no=employer.employer_no,
        employer_name=employer.name,
        agreement_no=opening.agreement_no,
        opened_on=opening.opened_on,
        agency_name=agency.agency_name if agency else employer.paying_agency,
        officer=work.caller.signs_as,
        account=employer.employer_no,
        specialist_name=asked.specialist.name,
        initial_password=password,
    )
