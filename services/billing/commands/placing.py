"""Money out of suspense: booked to debts at its own day like any payment, or noted for refund (domain 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from contracts.errors import billing as codes
from contracts.errors import chassis as common
from contracts.events.billing import PaymentSuspended, ReceiptIssued, RefundDecided
from contracts.http.billing import DisposalAct, PaymentState
from services.billing.commands import ledger, money_writes, moved, receipts, restated_bills, slip_parts, slips
from services.billing.commands.superseded import PAID_OTHERWISE, void_other_slips
from services.billing.rules.payment import Part
from services.billing.rules.spread import spread
from services.billing.rules.standing import Booked, LedgerDebt
from services.billing.rules.suspense import waiting
from services.billing.tables import Disposal, Employer, Payment, Receipt, Slip
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def parts_of(work: UnitOfWork, payment: Payment, disposal: Disposal) -> tuple[Part, ...]:
    """What the money would pay now: a slip as it stands, or the debts in the order of 2.5; none for a refund.

    Problem NOTHING_OWED, SLIP_NOT_PAYABLE, SLIP_SUM, or NOT_FOUND for a slip of another employer.
    """
    if disposal.act == DisposalAct.REFUND:
        return ()
    amount = waiting(payment.state, payment.amount, payment.rest)
    debts = await ledger.of_employers(work, [disposal.employer_no or ""])
    if disposal.act == DisposalAct.MATCH:
        slip = await work.session.get(Slip, disposal.slip_no)
        if slip is None or slip.employer_no != disposal.employer_no:
            raise Problem(common.NOT_FOUND, field="slip_no")
        return _still_owed(debts, await slip_parts.payable(work, slip, amount, payment.paid_at))
    parts, _ = spread(debts, amount, payment.paid_on)
    if not parts:
        raise Problem(codes.NOTHING_OWED, field="employer_no")
    return parts


def _still_owed(debts: Sequence[LedgerDebt], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    by_id = {debt.id: debt for debt in debts}
    for part in parts:
        debt = by_id.get(part.debt_id)
        if debt is None or not (debt.fits(part.unit, part.person) and debt.fits_fee(part.fee)):
            raise Problem(codes.SLIP_NOT_PAYABLE, field="slip_no")
    return parts


async def place(
    work: UnitOfWork, payment: Payment, employer: Employer, parts: Sequence[Part], slip: str | None
) -> None:
    """Book the parts to the employer's debts; what they do not take stays in suspense. The employers are locked.

    Problem SLIP_HELD where a bank holds another slip of these debts.
    """
    ids = [part.debt_id for part in parts]
    debts = {debt.id: debt for debt in await ledger.of_bills_with(work, ids)}
    await slips.void_naming(work, ids, PAID_OTHERWISE, paid=slip)
    for part in parts:
        booked = Booked(payment.paid_on, part.unit, part.person, part.fee, payment.id)
        debts[part.debt_id].book(booked)
    rest = waiting(payment.state, payment.amount, payment.rest) - sum(part.total for part in parts)
    payment.state, payment.employer_no, payment.rest = PaymentState.POSTED, employer.employer_no, rest
    payment.reason = payment.reason if rest else ""
    work.session.add(payment)
    await work.session.flush()
    changed = [debts[i] for i in ids]
    await money_writes.write_debts(work, changed)
    await void_other_slips(work, [employer.employer_no], ids, [slip] if slip else [])
    await moved.write(work, changed, {payment.id: 0})
    await _receipt(work, payment, employer, sum(part.total for part in parts))
    months = {debt.bill_month for debt in changed}
    await restated_bills.tell(work, employer.employer_no, list(debts.values()), (), months)
    if rest:
        await _tell_rest(work, payment)


async def refund(work: UnitOfWork, payment: Payment) -> None:
    """Note what waits for refund to the payer's own account; it is in suspense no longer."""
    amount = waiting(payment.state, payment.amount, payment.rest)
    payment.refund, payment.rest = payment.refund + amount, 0
    payment.state = PaymentState.REFUND if payment.state == PaymentState.SUSPENDED else payment.state
    payment.version, payment.reason = payment.version + 1, ""
    work.session.add(payment)
    await work.session.flush()
    work.publish(
        RefundDecided(
            version=payment.version,
            employer_no=payment.employer_no,
            payment_id=payment.id,
            amount=amount,
            granted=True,
        )
    )


async def _receipt(work: UnitOfWork, payment: Payment, employer: Employer, amount: int) -> None:
    """One receipt a payment: that of the first booking (domain 5)."""
    if payment.receipt_no:
        return
    agency = receipts.agency_of(employer.agency, employer.district)
    (number,) = await receipts.take_numbers(work, [agency])
    values: dict[str, Any] = {
        "receipt_no": number,
        "payment_id": payment.id,
        "employer_no": employer.employer_no,
        "amount": amount,
        "issued_on": work.today,
    }
    await work.session.execute(insert(ledger.table_of(Receipt)), [values])
    payment.receipt_no, payment.version = number, payment.version + 1
    work.session.add(payment)
    work.publish(ReceiptIssued(version=payment.version, **values))


async def _tell_rest(work: UnitOfWork, payment: Payment) -> None:
    payment.version += 1
    work.session.add(payment)
    await work.session.flush()
    work.publish(
        PaymentSuspended(
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
    )
