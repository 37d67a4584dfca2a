"""《人员减少表》: its rows in clear, and the record that they were read for print (clause 三(二), 协议 二.8)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.enrollment import DecreaseRow, DecreaseTable, Printed
from contracts.values import Kind, Role
from services.chassis.identity import require
from services.chassis.personal import Vault
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.queries.decreases import view
from services.enrollment.reach import reach_filter
from services.enrollment.reading import digest
from services.enrollment.rules.fields import DOCUMENT_NAMES, IdentityDocument
from services.enrollment.rules.reasons import DECREASE_BY_CODE
from services.enrollment.tables import Decrease, Employer, Person, Relation


async def table(work: UnitOfWork, asked: Printed) -> DecreaseTable:
    """The rows as asked for; Problem NOT_FOUND where one is foreign, FORBIDDEN for officers but the counter's."""
    if work.caller.is_officer:
        require(work.caller, Role.COUNTER)
    wanted = tuple(dict.fromkeys(asked.submission_nos))
    found = {row.Decrease.submission_no: row for row in await _rows(work, wanted)}
    if len(found) != len(wanted):
        raise Problem(common.NOT_FOUND)
    for number in sorted({row.Decrease.employer_no for row in found.values()}):
        own = [no for no, row in found.items() if row.Decrease.employer_no == number]
        work.audit("decreases_printed", min(own), employer_no=number, after=digest(own))
    return DecreaseTable(rows=tuple(_row(found[number], work.chassis.vault) for number in wanted))


async def _rows(work: UnitOfWork, wanted: tuple[str, ...]) -> list[Any]:
    query = (
        select(Decrease, Person, Relation)
        .join(Employer, col(Employer.employer_no) == col(Decrease.employer_no))
        .join(Person, col(Person.person_no) == col(Decrease.person_no))
        .join(Relation, col(Relation.enrollment_id) == col(Decrease.enrollment_id))
        .where(col(Decrease.submission_no).in_(wanted), reach_filter(work.caller))
    )
    return list(await work.session.execute(query))


def _row(found: Any, vault: Vault) -> DecreaseRow:
    decrease, person, relation = found
    return DecreaseRow(
        decrease=view(decrease, person.name),
        id_kind=DOCUMENT_NAMES[IdentityDocument(person.id_kind)],
        id_number=vault.open(person.id_number),
        kinds=tuple(Kind(kind) for kind in relation.kinds),
        involuntary=DECREASE_BY_CODE[decrease.reason].involuntary,
        extra_date=decrease.extra_date,
        note=decrease.note,
    )
