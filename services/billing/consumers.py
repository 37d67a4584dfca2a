"""What billing consumes: register entries, roster facts, bank notifications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.events.bank import PaymentNotified
from contracts.events.base import EmployerEvent
from contracts.events.enrollment import (
    BaseAdjusted,
    BaseDeclared,
    EnrollmentEnded,
    EnrollmentStarted,
    KindsChanged,
)
from contracts.events.registry import EmployerChanged, EmployerRegistered, ServiceOpened
from services.billing.commands import reprice
from services.billing.commands.employers import keep_employers
from services.billing.commands.posting import post_notifications
from services.billing.commands.roster import keep_relations, name_employers
from services.chassis.consumers import Consumers, Received
from services.chassis.work import UnitOfWork

consumers = Consumers()
consumers.on(EmployerRegistered, ServiceOpened, EmployerChanged)(keep_employers)
consumers.on(EnrollmentStarted, EnrollmentEnded, BaseDeclared, BaseAdjusted, KindsChanged)(keep_relations)
consumers.on(PaymentNotified)(post_notifications)


@consumers.lock
async def lock_keys(work: UnitOfWork, received: Sequence[Received[Any]]) -> None:
    """Every employer of a batch in one order, before the first handler.

    Facts of registry and enrollment may come before their employer is known; a notification's number is a
    stranger's word, and names nobody.
    """
    events = [item.event for item in received]
    await name_employers(work, sorted({e.employer_no for e in events if isinstance(e, EmployerEvent)}))
    await reprice.lock(work, sorted({event.key() for event in events}))
