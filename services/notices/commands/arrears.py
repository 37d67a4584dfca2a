"""What billing tells of arrears and payments, kept by version; orders follow in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.events.billing import (
    ArrearsOpened,
    ArrearsSettled,
    BillEvent,
    BillSettled,
    PaymentPosted,
    PaymentSuspended,
)
from services.chassis.clocks import SHANGHAI
from services.chassis.work import UnitOfWork
from services.notices.commands.employers import lock_employers
from services.notices.commands.follow import follow
from services.notices.tables import Arrears, Payment


async def open_arrears(work: UnitOfWork, events: Sequence[ArrearsOpened]) -> None:
    """A month is in arrears: an order covers it or is prepared for it."""
    rows = [
        _row(
            event,
            opened_version=event.version,
            opened_on=event.opened_on,
            fee_from=event.fee_from,
            debts=[debt.model_dump(mode="json") for debt in event.debts],
            deducted=[str(identity) for identity in event.deducted],
        )
        for event in _newest(events)
    ]
    await _keep(work, "opened_version", ("opened_on", "fee_from", "debts", "deducted"), rows)


async def settle_principal(work: UnitOfWork, events: Sequence[BillSettled]) -> None:
    """The principal of a month is paid; the day is the one of the bank's transaction time (A24)."""
    rows = [
        _row(
            event,
            principal_version=event.version,
            principal_paid_on=event.paid_at.astimezone(SHANGHAI).date(),
        )
        for event in _newest(events)
    ]
    await _keep(work, "principal_version", ("principal_paid_on",), rows)


async def settle_arrears(work: UnitOfWork, events: Sequence[ArrearsSettled]) -> None:
    """Principal and fee of a month are paid."""
    rows = [
        _row(event, settled_version=event.version, settled_on=event.settled_on) for event in _newest(events)
    ]
    await _keep(work, "settled_version", ("settled_on",), rows)


async def keep_payments(work: UnitOfWork, events: Sequence[PaymentPosted]) -> None:
    """Payments with their allocations; figures of orders not yet issued follow from them."""
    newest = {event.payment_id: event for event in sorted(events, key=lambda event: event.version)}
    rows = [
        {
            "payment_id": event.payment_id,
            "version": event.version,
            "employer_no": event.employer_no,
            "paid_on": event.paid_at.astimezone(SHANGHAI).date(),
            "allocations": [part.model_dump(mode="json") for part in event.allocations],
        }
        for event in newest.values()
    ]
    given = insert(Payment)
    await work.session.execute(
        given.on_conflict_do_update(
            index_elements=["payment_id"],
            set_={
                name: given.excluded[name] for name in ("version", "employer_no", "paid_on", "allocations")
            },
            where=col(Payment.version) < given.excluded.version,
        ),
        rows,
    )


async def know_payments(work: UnitOfWork, events: Sequence[PaymentSuspended]) -> None:
    """Payments in suspense, without allocations; what is known of one that was posted stands."""
    rows = [
        {
            "payment_id": event.payment_id,
            "version": 0,
            "employer_no": event.employer_no,
            "paid_on": event.paid_at.astimezone(SHANGHAI).date(),
            "allocations": [],
        }
        for event in events
    ]
    await work.session.execute(insert(Payment).on_conflict_do_nothing(), rows)


def _newest(events: Iterable[BillEvent]) -> list[Any]:
    found = {event.subject(): event for event in sorted(events, key=lambda event: event.version)}
    return [found[subject] for subject in sorted(found)]


def _row(event: BillEvent, **facts: Any) -> dict[str, Any]:
    return Arrears(employer_no=event.employer_no, month=event.month, **facts).model_dump()


async def _keep(work: UnitOfWork, guard: str, names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """Write one sort of fact where its version is higher; the others of the month stay."""
    numbers = [row["employer_no"] for row in rows]
    await lock_employers(work, numbers)
    given = insert(Arrears)
    await work.session.execute(
        given.on_conflict_do_update(
            index_elements=["employer_no", "month"],
            set_={name: given.excluded[name] for name in (guard, *names)},
            where=Arrears.metadata.tables["arrears"].c[guard] < given.excluded[guard],
        ),
        rows,
    )
    await follow(work, numbers)
