"""Money that was posted and lies elsewhere now: its allocations are rewritten and told with a higher version."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlmodel import col

from contracts.events.billing import Allocation, PaymentPosted, PaymentSuspended
from contracts.events.decisions import SubmissionDecided
from contracts.values import Channel, DebtSort, Kind, Outcome
from services.billing.commands import ledger
from services.billing.rules.explain import yuan
from services.billing.rules.standing import LedgerDebt
from services.billing.rules.suspense import REASON_NAMES, Reason
from services.billing.tables import AllocationRow, Payment
from services.chassis.work import UnitOfWork

_FORGET = text("DELETE FROM allocations WHERE debt_id = ANY(CAST(:ids AS bigint[]))")


async def write(work: UnitOfWork, debts: Iterable[LedgerDebt], rests: Mapping[UUID, int]) -> None:
    """Rewrite the allocations of these debts and tell the payments in `rests`, with what is left of each, fen."""
    found = list(debts)
    await work.session.execute(_FORGET, {"ids": [debt.id for debt in found]})
    if rows := [row for debt in found for row in _rows(debt)]:
        await work.session.execute(insert(ledger.table_of(AllocationRow)), rows)
    query = (
        select(Payment)
        .where(col(Payment.id).in_(list(rests)))
        .order_by(col(Payment.paid_at), col(Payment.id))
    )
    payments = (await work.session.scalars(query.execution_options(populate_existing=True))).all()
    booked: dict[UUID, list[Allocation]] = defaultdict(list)
    for payment_id, part, debt in await ledger.bookings_of(work, list(rests)):
        booked[payment_id].append(_allocation(part, debt))
    for payment in payments:
        _tell(work, payment, booked[payment.id], rests[payment.id])
    await work.session.flush()


def tell_rests(work: UnitOfWork, employer_no: str, rests: Mapping[UUID, int]) -> None:
    """The employer reads that a part of its money waits."""
    for payment_id, rest in rests.items():
        if rest:
            work.publish(
                SubmissionDecided(
                    version=2,
                    employer_no=employer_no,
                    owner="billing",
                    submission_no=str(payment_id),
                    matter="payment",
                    outcome=Outcome.WAITING,
                    reason_code=Reason.OVERPAID.value,
                    reason=f"{REASON_NAMES[Reason.OVERPAID]}：{yuan(rest)}元",
                    next_step="请联系经办机构核对，抵缴以后月份或者退回原付款账户",
                    decided_at=work.now,
                )
            )


def _rows(debt: LedgerDebt) -> list[dict[str, Any]]:
    """One row for each payment, whose day is one."""
    parts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for one in debt.booked:
        parts[one.payment_id, one.paid_on].update(unit=one.unit, person=one.person, fee=one.fee)
    return [
        {"payment_id": payment_id, "debt_id": debt.id, "paid_on": paid_on, **dict(part)}
        for (payment_id, paid_on), part in parts.items()
    ]


def _tell(work: UnitOfWork, payment: Payment, booked: Iterable[Allocation], rest: int) -> None:
    payment.version += 1
    work.publish(
        PaymentPosted(
            version=payment.version,
            employer_no=payment.employer_no,
            payment_id=payment.id,
            channel=Channel(payment.channel),
            amount=payment.amount,
            paid_at=payment.paid_at,
            slip_no=payment.slip_no,
            bank=payment.bank,
            serial=payment.serial,
            allocations=tuple(booked),
        )
    )
    work.audit("payment.moved", str(payment.id), employer_no=payment.employer_no)
    if rest:
        payment.rest, payment.reason = payment.rest + rest, Reason.OVERPAID.value
        payment.version += 1
        work.publish(_suspended(payment))
    work.session.add(payment)


def _suspended(payment: Payment) -> PaymentSuspended:
    return PaymentSuspended(
        version=payment.version,
        employer_no=payment.employer_no,
        payment_id=payment.id,
        amount=payment.rest,
        paid_at=payment.paid_at,
        slip_no=payment.slip_no,
        bank=payment.bank,
        serial=payment.serial,
        reason=payment.reason,
    )


def _allocation(part: Any, debt: Any) -> Allocation:
    return Allocation(
        month=debt.month,
        kind=Kind(debt.kind),
        sort=DebtSort(debt.sort),
        unit=part.unit,
        person=part.person,
        fee=part.fee,
        bill_month=debt.bill_month,
        fee_from=debt.fee_from,
    )
