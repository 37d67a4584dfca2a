"""A decided change comes into force: the entry, its version, its history, the event (协议 二.7)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from contracts.events.registry import EmployerChanged
from contracts.http.changes import ChangeState, FileChange, RegistrationItems
from contracts.http.registry import Particulars
from contracts.month import Month
from services.chassis.work import UnitOfWork
from services.registry.changing import OWN_COLUMNS, kinds_wanted, new_rate, rates_of
from services.registry.entry import state_of
from services.registry.rules.kinds import kinds_term
from services.registry.tables import Employer, EmployerVersion, RegistrationChange

CHUNK = 200


async def apply(work: UnitOfWork, row: RegistrationChange, employer: Employer) -> None:
    """Bring an accepted change into force; its employer is locked."""
    asked = asked_in(work, row)
    if rate := await new_rate(work, employer, asked):
        await work.session.merge(rate)
    _write(work, employer, asked.items)
    _write_kinds(employer, asked)
    employer.version += 1
    row.state = ChangeState.IN_FORCE
    work.session.add(
        EmployerVersion(
            employer_no=employer.employer_no,
            version=employer.version,
            effective_on=row.effective_on,
            recorded_on=work.today,
            change_no=row.change_no,
            items=row.items,
        )
    )
    await work.session.flush()
    changed = tuple(item["field"] for item in row.items)
    rates = await rates_of(work, employer.employer_no)
    work.publish(EmployerChanged(**state_of(employer, rates), changed=changed))


def asked_in(work: UnitOfWork, row: RegistrationChange) -> FileChange:
    """What was asked, opened."""
    items = RegistrationItems.model_validate_json(work.chassis.vault.open(row.asked))
    return FileChange(effective_on=row.effective_on, reason=row.reason, items=items)


async def apply_due(work: UnitOfWork, day: date) -> bool:
    """One chunk of the accepted changes whose day has come; True when none is left."""
    due = (
        select(RegistrationChange)
        .where(
            col(RegistrationChange.state) == ChangeState.ACCEPTED, col(RegistrationChange.effective_on) <= day
        )
        .order_by(col(RegistrationChange.employer_no))
        .limit(CHUNK)
    )
    rows = (await work.session.scalars(due)).all()
    for row in rows:
        employer = await work.session.get_one(Employer, row.employer_no, with_for_update=True)
        await apply(work, row, employer)
        work.audit("change_in_force", row.change_no, employer_no=row.employer_no)
    return len(rows) < CHUNK


def _write_kinds(employer: Employer, asked: FileChange) -> None:
    kinds = kinds_wanted(employer, asked)
    if kinds is not None:
        employer.kinds = [kind.value for kind in kinds]
        employer.kind_terms = [*employer.kind_terms, kinds_term(Month.of(asked.effective_on), kinds)]


def _write(work: UnitOfWork, employer: Employer, items: RegistrationItems) -> None:
    given = items.model_dump(exclude_none=True)
    for name in OWN_COLUMNS:
        if name in given:
            setattr(employer, name, given[name])
    if items.bank_account is not None:
        employer.bank_account = work.chassis.vault.seal(items.bank_account)
    particulars = {name: value for name, value in given.items() if name in Particulars.model_fields}
    held = Particulars.model_validate(employer.particulars).model_copy(update=particulars)
    employer.particulars = held.model_dump(mode="json")
