"""Posting of bank notifications, set-wise (A23, A24, A30, domain 5)."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.events.bank import PaymentNotified
from services.chassis.consumers import Received
from services.chassis.work import UnitOfWork


async def post_notifications(work: UnitOfWork, received: Sequence[Received[PaymentNotified]]) -> None:
    """Book each (bank, serial) once: to its slip's debts, or into suspense with a reason."""
    raise NotImplementedError
