"""Register entries, openings, coverage, as far as the caller reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.paging import PAGE_SIZE
from contracts.http.registry import (
    Coverage,
    CoverageReport,
    Districts,
    DistrictView,
    EmployerPage,
    EmployerView,
    OpeningView,
    SpecialistView,
)
from contracts.values import EmployerKind
from services.chassis.personal import mask_number, mask_phone
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.entry import view_of
from services.registry.reach import employer_in_reach, reach_filter
from services.registry.rules.changes import shown_account
from services.registry.rules.credit_code import entry_warnings
from services.registry.rules.districts import district_on, districts_on
from services.registry.tables import Account, Employer, InjuryRateRow, Opening, Specialist

ORGANISATION_CODE = 9
"""Letters of a 组织机构代码 (GB 11714)."""


async def rates_of(work: UnitOfWork, numbers: Sequence[str]) -> dict[str, list[InjuryRateRow]]:
    """The 工伤 rates of employers; an empty list for one that has none."""
    found: dict[str, list[InjuryRateRow]] = defaultdict(list)
    query = select(InjuryRateRow).where(col(InjuryRateRow.employer_no).in_(numbers))
    for row in await work.session.scalars(query):
        found[row.employer_no].append(row)
    return found


async def employer(work: UnitOfWork, employer_no: str) -> EmployerView:
    """One register entry; Problem NOT_FOUND for a foreign one."""
    row = await employer_in_reach(work, employer_no)
    kept = str(row.particulars.get("organisation_code") or "")
    warnings = entry_warnings(row.credit_code, EmployerKind(row.kind), kept)
    view = view_of(row, (await rates_of(work, [employer_no]))[employer_no], work.today, warnings)
    account = work.chassis.vault.open(row.bank_account) if row.bank_account else ""
    return view.model_copy(update={"bank_account_masked": shown_account(account)})


def _matches(text: str, *, opened: bool | None) -> ColumnElement[bool]:
    words = text.strip()
    found = or_(
        col(Employer.name).contains(words, autoescape=True),
        col(Employer.employer_no) == words,
        col(Employer.credit_code) == words.upper(),
        *_by_organisation_code(words),
    )
    state = true() if opened is None else col(Employer.opened_on).is_not(None) == opened
    return (found & state) if words else state


def _by_organisation_code(words: str) -> list[ColumnElement[bool]]:
    """组织机构代码: an old one that was kept, or the one inside the credit code (places 9 to 17)."""
    code = words.upper().replace("-", "")
    if len(code) != ORGANISATION_CODE:
        return []
    kept = col(Employer.particulars)["organisation_code"].astext
    return [kept == code, func.substr(col(Employer.credit_code), 9, ORGANISATION_CODE) == code]


async def employers(
    work: UnitOfWork, *, text: str = "", page: int = 1, size: int = PAGE_SIZE, opened: bool | None = None
) -> EmployerPage:
    """Entries of the officer's district by name, number or credit code; Problem FORBIDDEN for others."""
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
    where = reach_filter(work.caller) & _matches(text, opened=opened)
    total = await work.session.scalar(select(func.count()).select_from(Employer).where(where))
    query = select(Employer).where(where).order_by(col(Employer.employer_no))
    rows = (await work.session.scalars(query.offset((page - 1) * size).limit(size))).all()
    rates = await rates_of(work, [row.employer_no for row in rows])
    views = tuple(view_of(row, rates[row.employer_no], work.today) for row in rows)
    return EmployerPage(total=total or 0, page=page, size=size, rows=views)


async def specialist(work: UnitOfWork, employer_no: str) -> SpecialistView:
    """The current specialist, numbers masked; Problem NOT_FOUND before the opening."""
    await employer_in_reach(work, employer_no)
    query = select(Specialist).where(
        col(Specialist.employer_no) == employer_no, col(Specialist.until).is_(None)
    )
    row = await work.session.scalar(query)
    if row is None:
        raise Problem(common.NOT_FOUND)
    vault = work.chassis.vault
    return SpecialistView(
        account=row.account,
        name=row.name,
        id_number_masked=mask_number(vault.open(row.id_number)),
        office_phone=vault.open(row.office_phone),
        mobile_masked=mask_phone(vault.open(row.mobile)),
    )


async def opening(work: UnitOfWork, employer_no: str) -> OpeningView:
    """The opening as recorded; Problem NOT_FOUND before it."""
    await employer_in_reach(work, employer_no)
    row = await work.session.get(Opening, employer_no)
    if row is None:
        raise Problem(common.NOT_FOUND)
    officer = await work.session.get(Account, row.officer)
    return OpeningView(**row.model_dump(), officer_name=officer.display_name if officer else "")


async def districts(work: UnitOfWork) -> Districts:
    """Districts in force today."""
    return Districts(
        rows=tuple(
            DistrictView(code=entry.code, name=entry.name, agency_name=entry.agency_name)
            for entry in districts_on(work.today)
        )
    )


async def coverage(work: UnitOfWork) -> CoverageReport:
    """Registered against opened, by district (clause 一(一))."""
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
    query = (
        select(col(Employer.district), func.count(), func.count(col(Employer.opened_on)))
        .where(reach_filter(work.caller), col(Employer.deregistered_on).is_(None))
        .group_by(col(Employer.district))
        .order_by(col(Employer.district))
    )
    rows = []
    for code, registered, opened in await work.session.execute(query):
        entry = district_on(code, work.today)
        name = entry.name if entry else code
        rows.append(Coverage(district=code, district_name=name, registered=registered, opened=opened))
    return CoverageReport(rows=tuple(rows))
