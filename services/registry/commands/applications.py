"""书面申请: received, checked, returned (clause 三(六), 协议 一.2; reading A32). Finishing is `finishing`."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.errors.code import Fault
from contracts.http.applications import (
    APPLICATION_MATERIAL_NAMES,
    ApplicationMatter,
    ApplicationState,
    ApplicationView,
    CheckApplication,
    ReceiveApplication,
    ReturnApplication,
)
from contracts.values import Outcome, Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.calendar import working_days
from services.registry.commands import holders
from services.registry.deciding import tell
from services.registry.papers import view_of
from services.registry.reach import employer_in_reach, require_registered
from services.registry.rules import applications as rules
from services.registry.series import numbers_of_month
from services.registry.tables import Application, Employer

_OPEN = (ApplicationState.RECEIVED, ApplicationState.CHECKED)


async def receive(work: UnitOfWork, employer_no: str, asked: ReceiveApplication) -> ApplicationView:
    """Register what was handed in; Problem where the service is not opened, or one of its kind is open."""
    require(work.caller, Role.COUNTER)
    employer = await employer_in_reach(work, employer_no, lock=True)
    require_registered(employer)
    if employer.opened_on is None:
        raise Problem(codes.NOT_OPENED)
    if (asked.matter in rules.NAMING) != (asked.specialist is not None):
        raise Problem(codes.APPLICATION_SPECIALIST, field="specialist")
    await _refuse_second(work, employer_no, asked.matter)
    await holders.check(work, employer_no, asked.matter, asked.specialist)
    row = await _new(work, employer, asked)
    work.session.add(row)
    view = view_of(row, employer, work.today)
    work.audit("application_received", row.application_no, employer_no=employer_no, after=view)
    return view


async def check(work: UnitOfWork, application_no: str, asked: CheckApplication) -> ApplicationView:
    """All materials are in order: the working day begins; Problem naming each that is missing."""
    row, employer = await open_application(work, application_no, ApplicationState.RECEIVED)
    if gap := rules.missing(ApplicationMatter(row.matter), asked.materials):
        faults = tuple(
            Fault(
                field=f"materials.{item}",
                code="material.missing",
                message=f"缺{APPLICATION_MATERIAL_NAMES[item]}",
            )
            for item in gap
        )
        raise Problem(codes.APPLICATION_MATERIALS, field="materials", faults=faults, count=len(faults))
    row.state = ApplicationState.CHECKED
    row.checked_on, row.checked_by = work.today, work.caller.account
    row.due_on = rules.term(work.today, await working_days(work, work.today))
    view = view_of(row, employer, work.today)
    work.audit("application_checked", application_no, employer_no=row.employer_no, after=view)
    return view


async def give_back(work: UnitOfWork, application_no: str, asked: ReturnApplication) -> ApplicationView:
    """The materials are not in order, or what is asked cannot be done; the employer is told why and applies anew."""
    row, employer = await open_application(work, application_no, *_OPEN)
    row.state, row.returned_for = ApplicationState.RETURNED, asked.reason
    row.finished_on, row.finished_by = work.today, work.caller.account
    tell(
        work,
        row.employer_no,
        application_no,
        row.matter,
        Outcome.REFUSED,
        reason=asked.reason,
        next_step="请补齐材料后重新提交书面申请",
    )
    view = view_of(row, employer, work.today)
    work.audit("application_returned", application_no, employer_no=row.employer_no, after=view)
    return view


async def open_application(
    work: UnitOfWork, application_no: str, *states: ApplicationState
) -> tuple[Application, Employer]:
    """The application in a state that an act needs, its employer locked first; Problem for anything else."""
    require(work.caller, Role.COUNTER)
    found = await work.session.get(Application, application_no)
    if found is None:
        raise Problem(common.NOT_FOUND)
    employer = await employer_in_reach(work, found.employer_no, lock=True)
    row = await work.session.get_one(
        Application, application_no, with_for_update=True, populate_existing=True
    )
    if row.state not in states:
        raise Problem(codes.APPLICATION_STATE, application_no=application_no)
    return row, employer


async def _new(work: UnitOfWork, employer: Employer, asked: ReceiveApplication) -> Application:
    person = asked.specialist
    held_by = await holders.in_place(work, employer.employer_no, asked.matter)
    return Application(
        application_no=(await numbers_of_month(work, "S"))[0],
        employer_no=employer.employer_no,
        matter=asked.matter,
        state=ApplicationState.RECEIVED,
        reason=asked.reason,
        new_specialist=work.chassis.vault.seal(person.model_dump_json()) if person else None,
        new_name=person.name if person else "",
        old_name=held_by.name if held_by else "",
        received_on=work.today,
        received_by=work.caller.account,
        check_by=rules.term(work.today, await working_days(work, work.today)),
    )


async def _refuse_second(work: UnitOfWork, employer_no: str, matter: ApplicationMatter) -> None:
    """Problem APPLICATION_OPEN while one of its kind is open; those of the approver are one kind."""
    kind = rules.OF_THE_APPROVER if matter in rules.OF_THE_APPROVER else {matter}
    query = select(col(Application.application_no)).where(
        col(Application.employer_no) == employer_no,
        col(Application.matter).in_(kind),
        col(Application.state).in_(_OPEN),
    )
    if number := await work.session.scalar(query):
        raise Problem(codes.APPLICATION_OPEN, application_no=number)
