"""Opening cases as commands and queries share them: numbered, found in reach, as a view."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.http.openings import NeededMaterial, OpeningState
from contracts.http.openings import OpeningCase as CaseView
from contracts.http.registry import Material, SpecialistData
from contracts.values import EmployerKind
from services.chassis.personal import mask_number, mask_phone
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.opening_tables import OpeningCase
from services.registry.reach import employer_in_reach
from services.registry.rules.opening import checklist
from services.registry.series import lock_series, numbers_of_month
from services.registry.tables import Account, Employer, Opening

OPEN = (OpeningState.RECEIVED, OpeningState.AGAIN)


async def new_case(work: UnitOfWork, employer: Employer, handler: str, person: SpecialistData) -> OpeningCase:
    """A case with its number and its agreement's; both run without gaps, so their rows are locked last."""
    return OpeningCase(
        case_no=(await numbers_of_month(work, "K"))[0],
        employer_no=employer.employer_no,
        state=OpeningState.RECEIVED,
        agreement_no=await _agreement_no(work, employer.district),
        employer_handler=handler,
        officer=work.caller.account,
        materials=[],
        specialist=work.chassis.vault.seal(person.model_dump_json()),
        specialist_name=person.name,
        received_on=work.today,
    )


async def open_case_of(work: UnitOfWork, employer_no: str) -> OpeningCase | None:
    """The case an employer has in hand."""
    query = select(OpeningCase).where(
        col(OpeningCase.employer_no) == employer_no, col(OpeningCase.state).in_(OPEN)
    )
    return await work.session.scalar(query)


async def check_closed(work: UnitOfWork, employer_no: str) -> None:
    """Problem ALREADY_OPENED for a second opening."""
    if earlier := await work.session.get(Opening, employer_no):
        raise Problem(codes.ALREADY_OPENED, day=earlier.opened_on, agreement_no=earlier.agreement_no)


async def case_in_reach(
    work: UnitOfWork, case_no: str, *, lock: bool = False
) -> tuple[OpeningCase, Employer]:
    """The case and its employer; Problem NOT_FOUND for a foreign one. The employer is locked first."""
    found = await work.session.get(OpeningCase, case_no)
    if found is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, found.employer_no, lock=lock)
    if lock:
        found = await work.session.get_one(OpeningCase, case_no, with_for_update=True, populate_existing=True)
    return found, employer


def person_of(work: UnitOfWork, row: OpeningCase) -> SpecialistData:
    """The specialist of a case that is open."""
    return SpecialistData.model_validate_json(work.chassis.vault.open(row.specialist or b""))


def needs_of(employer: Employer) -> tuple[NeededMaterial, ...]:
    """The five materials in words for this kind of employer."""
    return tuple(
        NeededMaterial(material=item.material, name=item.name, copies=item.copies)
        for item in checklist(EmployerKind(employer.kind))
    )


async def shown(work: UnitOfWork, row: OpeningCase, employer: Employer) -> CaseView:
    """The case as the outside sees it."""
    officer = await work.session.get(Account, row.officer)
    person = person_of(work, row) if row.specialist else None
    return CaseView(
        **row.model_dump(exclude={"materials"}),
        id_number_masked=mask_number(person.id_number) if person else "",
        mobile_masked=mask_phone(person.mobile) if person else "",
        employer_name=employer.name,
        district=employer.district,
        officer_name=officer.display_name if officer else "",
        needs=needs_of(employer),
        materials=frozenset(Material(name) for name in row.materials),
        age_days=((row.decided_on or work.today) - row.received_on).days,
    )


async def _agreement_no(work: UnitOfWork, district: str) -> str:
    """协议编号: by district and year, without gaps."""
    series = await lock_series(work, f"agreement:{district}:{work.today.year}")
    series.last += 1
    return f"{district}〔{work.today.year}〕第{series.last:06d}号"
