"""协议书 and 授权书 of an employer, filled from its opening; each print is recorded (annexes 1 and 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import registry as codes
from contracts.http.openings import OpeningState
from contracts.http.registry import SpecialistData
from contracts.http.templates import Document, Paper
from contracts.models import View
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.opening_tables import OpeningCase
from services.registry.openings import OPEN, person_of
from services.registry.queries.templates import PARTY, document_of, template_on
from services.registry.reach import employer_in_reach
from services.registry.tables import Account, Employer, Specialist


class PaperPrinted(View):
    """What stands in the audit of a print: which paper, of which wording; no personal data."""

    paper: Paper
    version_name: str


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What the papers are filled from: the opening, or the case in hand before it."""

    number: str
    handler: str
    officer: str
    received_on: date
    signed_on: date | None
    person: SpecialistData
    since: date


async def print_paper(work: UnitOfWork, employer_no: str, paper: Paper) -> Document:
    """The paper filled; Problem NOT_OPENED where no case has been received."""
    require(work.caller, Role.COUNTER, Role.PREPARER, Role.APPROVER)
    employer = await employer_in_reach(work, employer_no)
    agreed = await _agreed(work, employer_no)
    fill = _agreement if paper is Paper.AGREEMENT else _authorisation
    made = await fill(work, employer, agreed)
    printed = PaperPrinted(paper=paper, version_name=made.version_name)
    work.audit("paper_printed", f"{employer_no}/{paper}", employer_no=employer_no, after=printed)
    return made


async def _agreed(work: UnitOfWork, employer_no: str) -> _Agreed:
    latest = select(OpeningCase).where(
        col(OpeningCase.employer_no) == employer_no,
        col(OpeningCase.state).in_((*OPEN, OpeningState.OPENED)),
    )
    case = await work.session.scalar(latest)
    if case is None:
        raise Problem(codes.NOT_OPENED)
    if case.specialist:
        person, since = person_of(work, case), case.received_on
    else:
        person, since = await _current(work, employer_no)
    return _Agreed(
        case.agreement_no, case.employer_handler, case.officer, case.received_on, case.agreement_signed_on,
        person, since,
    )  # fmt: skip


async def _current(work: UnitOfWork, employer_no: str) -> tuple[SpecialistData, date]:
    query = select(Specialist).where(
        col(Specialist.employer_no) == employer_no, col(Specialist.until).is_(None)
    )
    row, vault = (await work.session.scalars(query)).one(), work.chassis.vault
    person = SpecialistData(
        name=row.name,
        id_number=vault.open(row.id_number),
        office_phone=vault.open(row.office_phone),
        mobile=vault.open(row.mobile),
    )
    return person, row.since


async def _agreement(work: UnitOfWork, employer: Employer, agreed: _Agreed) -> Document:
    """The wording is that of the day of receipt, so that a print is the same before and after signing."""
    officer = await work.session.get(Account, agreed.officer)
    day = _day(agreed.signed_on) if agreed.signed_on else ""
    values = {
        "协议编号": agreed.number,
        "甲方": PARTY,
        "乙方": employer.name,
        "单位编号": employer.employer_no,
        "甲方经办人": officer.display_name if officer else agreed.officer,
        "乙方经办人": agreed.handler,
        "甲方日期": day,
        "乙方日期": day,
    }
    return document_of(await template_on(work, Paper.AGREEMENT, agreed.received_on), values, agreed.number)


async def _authorisation(work: UnitOfWork, employer: Employer, agreed: _Agreed) -> Document:
    values = {
        "单位名称": employer.name,
        "社保编号": employer.employer_no,
        "法定代表人": employer.legal_representative,
        "单位地址": employer.address,
        "邮编": employer.postcode,
        "专管员姓名": agreed.person.name,
        "身份证号": agreed.person.id_number,
        "办公电话": agreed.person.office_phone,
        "手机号码": agreed.person.mobile,
    }
    return document_of(await template_on(work, Paper.AUTHORISATION, agreed.since), values, agreed.number)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
