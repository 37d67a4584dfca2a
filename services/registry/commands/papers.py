"""协议书 and 授权书 of an employer, filled from its opening; each print is recorded (annexes 1 and 2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import registry as codes
from contracts.http.templates import Document, Paper
from contracts.models import View
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.queries.templates import document_of, template_on
from services.registry.reach import employer_in_reach
from services.registry.tables import Account, Employer, Opening, Specialist

PARTY = "烟台市社会保险服务中心"
"""甲方 of every agreement."""


class PaperPrinted(View):
    """What stands in the audit of a print: which paper, of which wording; no personal data."""

    paper: Paper
    version_name: str


async def print_paper(work: UnitOfWork, employer_no: str, paper: Paper) -> Document:
    """The paper filled; Problem NOT_OPENED where nothing has been agreed yet."""
    require(work.caller, Role.COUNTER, Role.PREPARER, Role.APPROVER)
    employer = await employer_in_reach(work, employer_no)
    opening = await work.session.get(Opening, employer_no)
    if opening is None:
        raise Problem(codes.NOT_OPENED)
    made = await (
        _agreement(work, employer, opening)
        if paper is Paper.AGREEMENT
        else _authorisation(work, employer, opening)
    )
    printed = PaperPrinted(paper=paper, version_name=made.version_name)
    work.audit("paper_printed", f"{employer_no}/{paper}", employer_no=employer_no, after=printed)
    return made


async def _agreement(work: UnitOfWork, employer: Employer, opening: Opening) -> Document:
    officer = await work.session.get(Account, opening.officer)
    values = {
        "协议编号": opening.agreement_no,
        "甲方": PARTY,
        "乙方": employer.name,
        "单位编号": employer.employer_no,
        "甲方经办人": officer.display_name if officer else opening.officer,
        "乙方经办人": opening.employer_handler,
        "甲方日期": _day(opening.agreement_signed_on),
        "乙方日期": _day(opening.agreement_signed_on),
    }
    template = await template_on(work, Paper.AGREEMENT, opening.agreement_signed_on)
    return document_of(template, values, opening.agreement_no)


async def _authorisation(work: UnitOfWork, employer: Employer, opening: Opening) -> Document:
    query = select(Specialist).where(
        col(Specialist.employer_no) == employer.employer_no, col(Specialist.until).is_(None)
    )
    person, vault = (await work.session.scalars(query)).one(), work.chassis.vault
    values = {
        "单位名称": employer.name,
        "社保编号": employer.employer_no,
        "法定代表人": employer.legal_representative,
        "单位地址": employer.address,
        "邮编": employer.postcode,
        "专管员姓名": person.name,
        "身份证号": vault.open(person.id_number),
        "办公电话": vault.open(person.office_phone),
        "手机号码": vault.open(person.mobile),
    }
    return document_of(
        await template_on(work, Paper.AUTHORISATION, person.since), values, opening.agreement_no
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
