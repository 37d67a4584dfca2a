"""Persons: one record for life, found by the blind value of the number, locked before a fact about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.chassis.personal import Vault, mask_number, mask_phone
from services.chassis.work import UnitOfWork
from services.enrollment.queries.judging import Plan
from services.enrollment.rules.name_key import name_key
from services.enrollment.series import person_numbers
from services.enrollment.tables import Increase, Person

_REFRESH = text(
    "UPDATE persons p SET version = u.version, household = i.household, home_address = i.home_address, "
    "household_address = i.household_address, phone = i.phone, phone_masked = i.phone_masked "
    "FROM unnest(CAST(:submissions AS varchar[]), CAST(:versions AS integer[])) AS u(submission_no, version) "
    "JOIN increases i USING (submission_no) WHERE p.person_no = i.person_no"
)


async def ensure_persons(work: UnitOfWork, plans: Sequence[Plan]) -> None:
    """Record the unknown and lock them all.

    In the order of blind values first and of numbers then: two sheets that share persons wait, never block
    each other for good; whoever comes second meets what the first has made.
    """
    unknown = sorted((plan for plan in plans if plan.known is None), key=lambda plan: plan.blind)
    if unknown:
        numbers = await person_numbers(work, len(unknown))
        rows = [_row(work.chassis.vault, plan, number) for plan, number in zip(unknown, numbers, strict=True)]
        await work.session.execute(insert(Person).on_conflict_do_nothing(), rows)
    query = select(col(Person.person_no)).where(col(Person.id_number_blind).in_([p.blind for p in plans]))
    await work.session.execute(query.order_by(col(Person.person_no)).with_for_update())


def _row(vault: Vault, plan: Plan, number: str) -> dict[str, Any]:
    draft = plan.draft
    identity = draft.identity
    return {
        "person_no": number,
        "version": 0,
        "name": draft.name,
        "name_key": name_key(draft.name),
        "id_kind": identity.document.value,
        "id_number": vault.seal(identity.number),
        "id_number_blind": plan.blind,
        "blind_version": vault.lookup_version,
        "id_number_masked": mask_number(identity.number),
        "sex": identity.sex.value if identity.sex else "",
        "born_on": identity.born_on,
        "household": draft.household.value,
        "household_address": draft.household_address,
        "home_address": draft.home_address,
        "phone": vault.seal(draft.phone),
        "phone_masked": mask_phone(draft.phone),
    }


async def lock_person(work: UnitOfWork, person_no: str) -> Person:
    """The person's row, locked until the fact about it is committed."""
    return await work.session.get_one(Person, person_no, with_for_update=True, populate_existing=True)


async def refresh_persons(work: UnitOfWork, confirmed: Sequence[tuple[Increase, int]]) -> None:
    """Take over what confirmed increases say of their persons, with the version of the fact."""
    values = {
        "submissions": [increase.submission_no for increase, _ in confirmed],
        "versions": [version for _, version in confirmed],
    }
    await work.session.execute(_REFRESH, values)
