"""What notices takes: the register, working days, every owner's decisions, bills, arrears and payments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.events.base import EmployerEvent
from contracts.events.billing import (
    ArrearsOpened,
    ArrearsSettled,
    BillAssessed,
    BillSettled,
    PaymentPosted,
    PaymentSuspended,
)
from contracts.events.decisions import SubmissionDecided
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
from services.notices.commands import arrears, duties, results
from services.notices.commands.employers import keep_employers, lock_employers

consumers = Consumers()


@consumers.lock
async def lock_keys(work: UnitOfWork, received: Sequence[Received[Any]]) -> None:
    """Every employer of a batch in one order, before the first handler."""
    events = (item.event for item in received)
    await lock_employers(work, {event.employer_no for event in events if isinstance(event, EmployerEvent)})


@consumers.on(WorkingDaysPublished)
async def working_days(work: UnitOfWork, received: Sequence[Received[WorkingDaysPublished]]) -> None:
    """The working-day table of a year."""
    await keep_years(work, [item.event for item in received])


@consumers.on(EmployerRegistered, ServiceOpened, EmployerChanged)
async def employers(work: UnitOfWork, received: Sequence[Received[EmployerState]]) -> None:
    """The register entry in full."""
    await keep_employers(work, [item.event for item in received])


@consumers.on(SubmissionDecided, topic="registry.decisions")
@consumers.on(SubmissionDecided, topic="enrollment.decisions")
@consumers.on(SubmissionDecided, topic="billing.decisions")
async def decisions(work: UnitOfWork, received: Sequence[Received[SubmissionDecided]]) -> None:
    """The decision of a submission, and what it leaves the employer to do."""
    events = [item.event for item in received]
    await results.keep_results(work, events)
    await duties.decisions(work, events)


@consumers.on(BillAssessed)
async def bill_assessed(work: UnitOfWork, received: Sequence[Received[BillAssessed]]) -> None:
    """A month's bill is to be paid."""
    await duties.bills_due(work, [item.event for item in received])


@consumers.on(ArrearsOpened)
async def arrears_opened(work: UnitOfWork, received: Sequence[Received[ArrearsOpened]]) -> None:
    """A month is in arrears: an order speaks of it, no reminder any more."""
    events = [item.event for item in received]
    await arrears.open_arrears(work, events)
    await duties.bills_done(work, events)


@consumers.on(BillSettled)
async def bill_settled(work: UnitOfWork, received: Sequence[Received[BillSettled]]) -> None:
    """A month's principal is paid."""
    events = [item.event for item in received]
    await arrears.settle_principal(work, events)
    await duties.bills_done(work, events)


@consumers.on(ArrearsSettled)
async def arrears_settled(work: UnitOfWork, received: Sequence[Received[ArrearsSettled]]) -> None:
    """A month in arrears is paid with its fee."""
    await arrears.settle_arrears(work, [item.event for item in received])


@consumers.on(PaymentPosted)
async def payment_posted(work: UnitOfWork, received: Sequence[Received[PaymentPosted]]) -> None:
    """Money was booked."""
    await arrears.keep_payments(work, [item.event for item in received])


@consumers.on(PaymentSuspended)
async def payment_suspended(work: UnitOfWork, received: Sequence[Received[PaymentSuspended]]) -> None:
    """Money came and is on its way no longer."""
    await arrears.know_payments(work, [item.event for item in received])
