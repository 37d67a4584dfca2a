"""Money taken at the counter: any sum up to what is owed on its day (A30, 2.5)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import billing as codes
from contracts.errors import chassis as common
from contracts.http.billing import CounterPayment, PaymentView
from contracts.values import Channel, Role
from services.billing.commands import arrears, ledger, receipts, slip_parts, slips
from services.billing.commands.books import open_books
from services.billing.commands.superseded import PAID_OTHERWISE
from services.billing.queries.payments import payment_view
from services.billing.reach import employer_in_reach
from services.billing.rules.explain import yuan
from services.billing.rules.payment import Money, Part
from services.billing.rules.spread import owed_in_all, spread
from services.billing.tables import Payment, Slip
from services.chassis.clocks import at_midnight
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id


async def pay_at_counter(work: UnitOfWork, asked: CounterPayment) -> PaymentView:
    """Book it, oldest month first, or to the slip named; Problem for a sum or day that cannot be.

    Other slips in force that name a debt so paid are voided; SLIP_HELD where a bank holds one (A23).
    The same paper receipt told again with the same content is answered as before.
    """
    require(work.caller, Role.COUNTER, Role.FINANCE)
    if asked.paid_on > work.today:
        raise Problem(codes.PAID_LATER, field="paid_on")
    employer = await employer_in_reach(work, asked.employer_no, lock=True)
    payment = _payment(work, asked)
    if known := await _known(work, payment):
        return await payment_view(work, known)
    await arrears.ensure_overdue(work, asked.employer_no)
    parts = await (_slip_parts(work, asked, asked.slip_no) if asked.slip_no else _spread(work, asked))
    debt_ids = [part.debt_id for part in parts]
    agencies = {employer.employer_no: receipts.agency_of(employer.agency, employer.district)}
    books = await open_books(work, agencies, debt_ids)
    if not books.takes(parts):
        raise Problem(codes.SLIP_NOT_PAYABLE, field="slip_no")
    await slips.void_naming(work, debt_ids, PAID_OTHERWISE, paid=asked.slip_no)
    await _enter(work, payment)
    books.take(_money(payment, parts))
    await books.write()
    work.audit("payment.counter", str(payment.id), employer_no=asked.employer_no, after=asked)
    return await payment_view(work, payment.id)


def _payment(work: UnitOfWork, asked: CounterPayment) -> Payment:
    return Payment(
        id=new_id(),
        version=1,
        employer_no=asked.employer_no,
        channel=Channel.COUNTER,
        agency=work.caller.district,
        reference=asked.reference,
        slip_no=asked.slip_no,
        amount=asked.amount,
        paid_at=_paid_at(work, asked),
        paid_on=asked.paid_on,
        recorded_at=work.now,
        recorded_by=work.caller.account,
        state="suspended",
    )


def _paid_at(work: UnitOfWork, asked: CounterPayment) -> datetime:
    """Now, or the beginning of an earlier day: a counter knows only the day."""
    return work.now if asked.paid_on == work.today else at_midnight(asked.paid_on)


async def _known(work: UnitOfWork, payment: Payment) -> UUID | None:
    """The payment already booked under this reference; Problem REFERENCE_TAKEN for another one."""
    query = select(Payment).where(
        col(Payment.agency) == payment.agency, col(Payment.reference) == payment.reference
    )
    booked = await work.session.scalar(query)
    if booked is None:
        return None
    same = ("employer_no", "amount", "paid_on", "slip_no")
    if any(getattr(booked, name) != getattr(payment, name) for name in same):
        raise Problem(codes.REFERENCE_TAKEN, field="reference", reference=payment.reference)
    return booked.id


async def _enter(work: UnitOfWork, payment: Payment) -> None:
    """Insert by the unique index; one taken at this moment for another employer is refused."""
    values = payment.model_dump()
    entered = await work.session.execute(
        insert(Payment).values(**values).on_conflict_do_nothing().returning(col(Payment.id))
    )
    if entered.scalar_one_or_none() is None:
        raise Problem(codes.REFERENCE_TAKEN, field="reference", reference=payment.reference)


async def _slip_parts(work: UnitOfWork, asked: CounterPayment, slip_no: str) -> tuple[Part, ...]:
    """The frozen parts of the slip named, which must be payable on the day and paid in full."""
    slip = await work.session.get(Slip, slip_no)
    if slip is None or slip.employer_no != asked.employer_no:
        raise Problem(common.NOT_FOUND, field="slip_no")
    return await slip_parts.payable(work, slip, asked.amount, _paid_at(work, asked))


async def _spread(work: UnitOfWork, asked: CounterPayment) -> tuple[Part, ...]:
    """The sum over all open debts as they stand on the day of payment (2.5)."""
    debts = await ledger.of_employers(work, [asked.employer_no])
    parts, rest = spread(debts, asked.amount, asked.paid_on)
    if rest:
        raise Problem(codes.MORE_THAN_OWED, field="amount", owed=yuan(owed_in_all(debts, asked.paid_on)))
    return parts


def _money(payment: Payment, parts: tuple[Part, ...]) -> Money:
    return Money(
        payment_id=payment.id,
        employer_no=payment.employer_no,
        channel=Channel.COUNTER,
        amount=payment.amount,
        paid_at=payment.paid_at,
        paid_on=payment.paid_on,
        slip_no=payment.slip_no,
        bank=None,
        serial=None,
        parts=parts,
    )
