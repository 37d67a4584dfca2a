"""What enrollment consumes: the register entry, working days, and how far each month's bill is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.events.base import EmployerEvent
from contracts.events.billing import (
    ArrearsOpened,
    ArrearsSettled,
    BillAssessed,
    BillConfirmed,
    BillEvent,
    BillSettled,
)
from contracts.events.registry import (
    EmployerChanged,
    EmployerRegistered,
    EmployerState,
    ServiceOpened,
    WorkingDaysPublished,
)
from services.chassis.consumers import Consumers, Received
from services.chassis.work import UnitOfWork
from services.chassis.workday_table import keep_years
from services.enrollment.commands.ending import fire
from services.enrollment.commands.kinds import follow_kinds, kinds_held
from services.enrollment.tables import Employer

consumers = Consumers()
_KEPT = (
    "version",
    "name",
    "scheme",
    "kinds",
    "kind_terms",
    "district",
    "paying_agency",
    "insured_from",
    "registered_on",
    "opened_on",
    "deregistered_on",
)
_MARK = text(
    "INSERT INTO bill_months (employer_no, month, confirmed, settled, arrears, arrears_version, total, "
    "total_version) VALUES (:employer_no, :month, :confirmed, :settled, :arrears, :arrears_version, :total, "
    ":total_version) "
    "ON CONFLICT (employer_no, month) DO UPDATE SET "
    "confirmed = bill_months.confirmed OR excluded.confirmed, "
    "settled = bill_months.settled OR excluded.settled, "
    "arrears = CASE WHEN excluded.arrears_version > bill_months.arrears_version "
    "THEN excluded.arrears ELSE bill_months.arrears END, "
    "arrears_version = greatest(bill_months.arrears_version, excluded.arrears_version), "
    "total = CASE WHEN excluded.total_version > bill_months.total_version "
    "THEN excluded.total ELSE bill_months.total END, "
    "total_version = greatest(bill_months.total_version, excluded.total_version)"
)


@consumers.on(EmployerRegistered, ServiceOpened, EmployerChanged)
async def copy_employers(work: UnitOfWork, received: Sequence[Received[EmployerState]]) -> None:
    """Keep the highest version of each register entry, whatever the order of arrival."""
    newest: dict[str, EmployerState] = {}
    for item in received:
        held = newest.get(item.event.employer_no)
        if held is None or item.event.version > held.version:
            newest[item.event.employer_no] = item.event
    statement = insert(Employer)
    kept = {name: getattr(statement.excluded, name) for name in _KEPT}
    higher = col(Employer.version) < statement.excluded.version
    upsert = statement.on_conflict_do_update(index_elements=["employer_no"], set_=kept, where=higher)
    rows = [_copied(newest[number]) for number in sorted(newest)]
    before = await kinds_held(work, sorted(newest))
    await work.session.execute(upsert, rows)
    await follow_kinds(work, before)


def _copied(event: EmployerState) -> dict[str, object]:
    return {
        "employer_no": event.employer_no,
        **{name: getattr(event, name) for name in _KEPT},
        "scheme": event.scheme.value,
        "kinds": [kind.value for kind in event.kinds],
        "kind_terms": [term.model_dump(mode="json") for term in event.kind_terms],
    }


@consumers.on(BillAssessed, BillConfirmed, BillSettled, ArrearsOpened, ArrearsSettled)
async def mark_months(work: UnitOfWork, received: Sequence[Received[BillEvent]]) -> None:
    """Mark the months; a settled or emptied one fires the 预约 that wait for it (A11)."""
    events = [item.event for item in received]
    await _lock_employers(work, sorted({event.employer_no for event in events}))
    await work.session.execute(_MARK, [_marked(event) for event in events])
    await fire(work, [(event.employer_no, event.month) for event in events if _frees(event)])


@consumers.on(WorkingDaysPublished)
async def working_days(work: UnitOfWork, received: Sequence[Received[WorkingDaysPublished]]) -> None:
    """The working-day table of a year."""
    await keep_years(work, [item.event for item in received])


@consumers.lock
async def lock_keys(work: UnitOfWork, received: Sequence[Received[Any]]) -> None:
    """Every employer of a batch in one order, before the first handler."""
    numbers = {item.event.employer_no for item in received if isinstance(item.event, EmployerEvent)}
    if numbers:
        await _lock_employers(work, sorted(numbers))


async def _lock_employers(work: UnitOfWork, numbers: Sequence[str]) -> None:
    unknown = insert(Employer).on_conflict_do_nothing()
    await work.session.execute(unknown, [_unknown(number) for number in numbers])
    lock = select(col(Employer.employer_no)).where(col(Employer.employer_no).in_(numbers))
    await work.session.execute(lock.order_by(col(Employer.employer_no)).with_for_update())


def _frees(event: BillEvent) -> bool:
    """True where a 预约 may have waited for this: the month is paid, or has no bill any more."""
    if isinstance(event, BillAssessed):
        return event.total == 0
    return isinstance(event, BillSettled | ArrearsSettled)


def _unknown(number: str) -> dict[str, object]:
    """An employer whose own fact is still on its way."""
    blank = {"version": 0, "name": "", "scheme": "", "kinds": [], "district": "", "paying_agency": ""}
    return {"employer_no": number, **blank}


def _marked(event: BillEvent) -> dict[str, object]:
    about_arrears = isinstance(event, ArrearsOpened | ArrearsSettled)
    return {
        "employer_no": event.employer_no,
        "month": event.month.yyyymm,
        "confirmed": isinstance(event, BillConfirmed),
        "settled": isinstance(event, BillSettled | ArrearsSettled),
        "arrears": isinstance(event, ArrearsOpened),
        "arrears_version": event.version if about_arrears else 0,
        "total": event.total if isinstance(event, BillAssessed) else None,
        "total_version": event.version if isinstance(event, BillAssessed) else 0,
    }
