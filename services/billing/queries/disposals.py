"""Disposals of money in suspense, each with its effect: what the second officer sees before deciding (1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.billing import DisposalAct, Disposals, DisposalState, DisposalView
from services.billing.commands import ledger, money_events, placing
from services.billing.queries.payments import payment_view
from services.billing.rules.payment import Part
from services.billing.tables import Disposal, Employer, Payment
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def disposals(work: UnitOfWork, payment_id: UUID) -> Disposals:
    """Of one payment in reach, newest first; Problem FORBIDDEN for employers, whose result message says it."""
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
    await payment_view(work, payment_id)
    query = select(Disposal).where(col(Disposal.payment_id) == payment_id)
    newest = query.order_by(col(Disposal.proposed_at).desc(), col(Disposal.id).desc())
    return Disposals(
        rows=tuple([await disposal_view(work, one) for one in await work.session.scalars(newest)])
    )


async def disposal_view(work: UnitOfWork, disposal: Disposal) -> DisposalView:
    """One disposal; an open one with what it would do now, nothing where it is no longer possible."""
    parts = await _parts(work, disposal) if disposal.state == DisposalState.PROPOSED else ()
    employer = await work.session.get(Employer, disposal.employer_no) if disposal.employer_no else None
    debts = {debt.id: debt for debt in await ledger.of_bills_with(work, [part.debt_id for part in parts])}
    return DisposalView(
        **disposal.model_dump(exclude={"act", "state", "placed"}),
        act=DisposalAct(disposal.act),
        state=DisposalState(disposal.state),
        employer_name=employer.name if employer else "",
        placed=sum(part.total for part in parts) or disposal.placed,
        effect=tuple(money_events.allocation(part, debts[part.debt_id]) for part in parts),
    )


async def _parts(work: UnitOfWork, disposal: Disposal) -> Sequence[Part]:
    payment = await work.session.get_one(Payment, disposal.payment_id)
    try:
        return await placing.parts_of(work, payment, disposal)
    except Problem:
        return ()
