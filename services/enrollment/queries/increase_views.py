"""An increase as its owner sees it; numbers are masked unless the official form is printed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from contracts.http.enrollment import IncreaseState, IncreaseView
from contracts.values import Kind
from services.chassis.personal import Vault
from services.chassis.work import UnitOfWork
from services.enrollment.rules.fields import (
    DOCUMENT_NAMES,
    FORM_NAMES,
    HOUSEHOLD_NAMES,
    SEX_NAMES,
    EmploymentForm,
    Household,
    IdentityDocument,
    Sex,
)
from services.enrollment.rules.increase import CounterReason
from services.enrollment.rules.reasons import INCREASE_REASON_NAMES, IncreaseReason
from services.enrollment.tables import Increase, Person


async def views(
    work: UnitOfWork, rows: Sequence[Increase], *, clear: bool = False
) -> tuple[IncreaseView, ...]:
    """Views in the order of the rows; their persons come in one query."""
    numbers = [row.person_no for row in rows]
    query = select(Person).where(col(Person.person_no).in_(numbers))
    persons = {person.person_no: person for person in await work.session.scalars(query)}
    vault = work.chassis.vault
    return tuple(view(row, persons[row.person_no], vault, clear=clear) for row in rows)


def view(row: Increase, person: Person, vault: Vault, *, clear: bool = False) -> IncreaseView:
    """One increase with its person's lasting data; `clear` opens number and telephone."""
    return IncreaseView(
        **row.model_dump(include=_SAME),
        name=person.name,
        id_kind=DOCUMENT_NAMES[IdentityDocument(person.id_kind)],
        id_number=vault.open(person.id_number) if clear else person.id_number_masked,
        sex=SEX_NAMES[Sex(person.sex)] if person.sex else "",
        born_on=person.born_on,
        household=HOUSEHOLD_NAMES[Household(row.household)],
        phone=vault.open(row.phone) if clear else row.phone_masked,
        employment_form=FORM_NAMES[EmploymentForm(row.employment_form)],
        reason=INCREASE_REASON_NAMES[IncreaseReason(row.reason)],
        kinds=tuple(Kind(kind) for kind in row.kinds),
        state=IncreaseState(row.state),
        reasons=tuple(CounterReason(code).text for code in row.reasons),
        printed=row.printed_at is not None,
    )


_SAME = {
    "submission_no",
    "employer_no",
    "person_no",
    "household_address",
    "home_address",
    "hired_on",
    "contract_until",
    "declared_wage",
    "base",
    "clamped",
    "rural_contract",
    "first_month",
    "limit_day",
    "until",
    "submitted_at",
    "decided_at",
    "note",
    "replaces",
    "decision_note",
}
