"""Payments and suspense, as the employer and the own district's officers see them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.events.billing import Allocation
from contracts.http.billing import DisposalState, PaymentPage, PaymentState, PaymentView
from contracts.http.paging import PAGE_SIZE
from contracts.values import Channel, DebtSort, Kind
from services.billing.commands.ledger import bookings_of
from services.billing.reach import reach_filter
from services.billing.rules.suspense import REASON_NAMES, Reason, waiting
from services.billing.tables import Disposal, Employer, Payment
from services.chassis.identity import own_employer
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork

Row = tuple[Payment, str]


async def payment_view(work: UnitOfWork, payment_id: UUID) -> PaymentView:
    """One payment; Problem NOT_FOUND for a foreign one."""
    await work.session.flush()
    rows = await _rows(work, (col(Payment.id) == payment_id) & _reach(work), 1, 1)
    if not rows:
        raise Problem(common.NOT_FOUND)
    return (await _views(work, rows))[0]


async def payments(
    work: UnitOfWork, *, employer_no: str = "", page: int = 1, size: int = PAGE_SIZE
) -> PaymentPage:
    """Payments of the own employer or district, newest first; an officer may name an employer."""
    where = _reach(work)
    if employer_no:
        where &= col(Payment.employer_no) == employer_no
    return await _page(work, where, page, size)


async def suspense(work: UnitOfWork, *, page: int = 1, size: int = PAGE_SIZE) -> PaymentPage:
    """挂账 of the officer's district; Problem FORBIDDEN for others."""
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
    waiting = (col(Payment.state) == PaymentState.SUSPENDED) | (col(Payment.rest) > 0)
    return await _page(work, _reach(work) & waiting, page, size)


def _reach(work: UnitOfWork) -> ColumnElement[bool]:
    """An employer's own, also for an officer on its behalf; money of nobody known is seen by the city alone."""
    caller = work.caller
    if not (caller.is_officer or caller.is_system):
        return col(Payment.employer_no) == own_employer(caller)
    reach = reach_filter(caller)
    return reach & (col(Payment.employer_no) == caller.employer_no) if caller.employer_no else reach


async def _page(work: UnitOfWork, where: ColumnElement[bool], page: int, size: int) -> PaymentPage:
    joined = (
        select(func.count())
        .select_from(Payment)
        .outerjoin(Employer, col(Employer.employer_no) == col(Payment.employer_no))
    )
    total = await work.session.scalar(joined.where(where)) or 0
    rows = await _views(work, await _rows(work, where, page, size))
    return PaymentPage(total=total, page=page, size=size, rows=rows)


async def _rows(work: UnitOfWork, where: ColumnElement[bool], page: int, size: int) -> list[Row]:
    query = (
        select(Payment, func.coalesce(col(Employer.name), ""))
        .outerjoin(Employer, col(Employer.employer_no) == col(Payment.employer_no))
        .where(where)
        .order_by(col(Payment.paid_at).desc(), col(Payment.id).desc())
        .offset((page - 1) * size)
        .limit(size)
        .execution_options(populate_existing=True)
    )
    return [(payment, name) for payment, name in (await work.session.execute(query)).all()]


async def _views(work: UnitOfWork, rows: Sequence[Row]) -> tuple[PaymentView, ...]:
    booked: dict[UUID, list[Allocation]] = {payment.id: [] for payment, _ in rows}
    for payment_id, part, debt in await bookings_of(work, list(booked)):
        booked[payment_id].append(
            Allocation(
                month=debt.month,
                kind=Kind(debt.kind),
                sort=DebtSort(debt.sort),
                unit=part.unit,
                person=part.person,
                fee=part.fee,
            )
        )
    proposed = await _proposed(work, list(booked))
    return tuple(
        _view(payment, name, booked[payment.id], proposed=payment.id in proposed) for payment, name in rows
    )


async def _proposed(work: UnitOfWork, payment_ids: Sequence[UUID]) -> set[UUID]:
    query = select(col(Disposal.payment_id)).where(
        col(Disposal.payment_id).in_(payment_ids), col(Disposal.state) == DisposalState.PROPOSED
    )
    return set(await work.session.scalars(query))


def _view(payment: Payment, name: str, allocations: Sequence[Allocation], *, proposed: bool) -> PaymentView:
    return PaymentView(
        payment_id=payment.id,
        employer_no=payment.employer_no,
        employer_name=name,
        channel=Channel(payment.channel),
        bank=payment.bank,
        serial=payment.serial,
        slip_no=payment.slip_no,
        amount=payment.amount,
        paid_at=payment.paid_at,
        state=PaymentState(payment.state),
        suspended=waiting(payment.state, payment.amount, payment.rest),
        refund=payment.refund,
        proposed=proposed,
        reason=payment.reason,
        reason_name=REASON_NAMES[Reason(payment.reason)] if payment.reason else "",
        allocations=tuple(allocations),
        receipt_no=payment.receipt_no,
    )
