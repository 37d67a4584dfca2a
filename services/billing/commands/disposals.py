"""The way out of suspense (挂账): one officer proposes, another approves or refuses (domain 1.5, 5).

Money with a time inside the window holds the employer's arrears; once it is decided they go on (A24).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import billing as codes
from contracts.errors import chassis as common
from contracts.events.decisions import SubmissionDecided
from contracts.http.billing import ApproveDisposal, DisposalAct, DisposalState, DisposalView, NewDisposal
from contracts.values import Outcome, Role
from services.billing.commands import arrears, placing, reprice
from services.billing.queries.disposals import disposal_view
from services.billing.queries.payments import payment_view
from services.billing.reach import employer_in_reach
from services.billing.rules.explain import yuan
from services.billing.rules.payment import Part
from services.billing.rules.suspense import waiting
from services.billing.tables import Disposal, Payment
from services.chassis.identity import require, two_officers
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id

MAY_DISPOSE = (Role.COLLECTION, Role.FINANCE)


async def propose(work: UnitOfWork, payment_id: UUID, asked: NewDisposal) -> DisposalView:
    """Propose what becomes of the money; it must be possible now.

    Problem NOT_SUSPENDED, DISPOSAL_OPEN, NOT_FOUND for an employer out of reach, or what `placing` refuses.
    """
    require(work.caller, *MAY_DISPOSE)
    payment = await _locked(work, payment_id, asked.employer_no)
    amount = waiting(payment.state, payment.amount, payment.rest)
    if not amount:
        raise Problem(codes.NOT_SUSPENDED)
    open_one = select(Disposal).where(
        col(Disposal.payment_id) == payment_id, col(Disposal.state) == DisposalState.PROPOSED
    )
    if await work.session.scalar(open_one):
        raise Problem(codes.DISPOSAL_OPEN)
    disposal = Disposal(
        id=new_id(),
        payment_id=payment_id,
        act=asked.act,
        employer_no=_whose(payment, asked),
        slip_no=asked.slip_no if asked.act == DisposalAct.MATCH else None,
        ground=asked.ground,
        amount=amount,
        state=DisposalState.PROPOSED,
        proposed_by=work.caller.account,
        proposed_at=work.now,
    )
    await _parts(work, payment, disposal)
    work.session.add(disposal)
    return await _told(work, disposal, "suspense.proposed")


async def approve(work: UnitOfWork, disposal_id: UUID, asked: ApproveDisposal) -> DisposalView:
    """Do it, as the second officer; Problem SAME_OFFICER, DISPOSAL_DECIDED, DISPOSAL_CHANGED or as in `propose`."""
    payment, disposal = await _open(work, disposal_id)
    two_officers(disposal.proposed_by, work.caller)
    parts = await _parts(work, payment, disposal)
    if asked.placed != (placed := sum(part.total for part in parts)):
        raise Problem(codes.DISPOSAL_CHANGED, field="placed", seen=yuan(asked.placed), placed=yuan(placed))
    former = payment.employer_no
    if disposal.act == DisposalAct.REFUND:
        await placing.refund(work, payment)
    else:
        employer = await employer_in_reach(work, disposal.employer_no or "", lock=True)
        await placing.place(work, payment, employer, parts, disposal.slip_no)
    disposal.placed = placed
    _decide(work, disposal, DisposalState.APPROVED)
    _tell(work, payment, disposal, former)
    return await _told(work, disposal, "suspense.approved")


async def refuse(work: UnitOfWork, disposal_id: UUID) -> DisposalView:
    """Take the proposal back, whoever made it; the money waits on."""
    _, disposal = await _open(work, disposal_id)
    _decide(work, disposal, DisposalState.REFUSED)
    return await _told(work, disposal, "suspense.refused")


async def _open(work: UnitOfWork, disposal_id: UUID) -> tuple[Payment, Disposal]:
    """The proposal with its payment, both locked after their employers."""
    require(work.caller, *MAY_DISPOSE)
    found = await work.session.get(Disposal, disposal_id)
    if found is None:
        raise Problem(common.NOT_FOUND)
    payment = await _locked(work, found.payment_id, found.employer_no)
    await work.session.refresh(found)
    if found.state != DisposalState.PROPOSED:
        raise Problem(codes.DISPOSAL_DECIDED)
    return payment, found


async def _locked(work: UnitOfWork, payment_id: UUID, employer_no: str | None) -> Payment:
    """The payment behind its employers' locks; Problem NOT_FOUND where one of them is out of reach."""
    seen = await payment_view(work, payment_id)
    if employer_no is not None:
        await employer_in_reach(work, employer_no)
    await reprice.lock(work, sorted({seen.employer_no, employer_no or seen.employer_no}))
    return await work.session.get_one(Payment, payment_id, with_for_update=True, populate_existing=True)


def _whose(payment: Payment, asked: NewDisposal) -> str | None:
    """The employer whose debts are paid, by default the one whose number the slip carried."""
    return None if asked.act == DisposalAct.REFUND else asked.employer_no or payment.employer_no


async def _parts(work: UnitOfWork, payment: Payment, disposal: Disposal) -> Sequence[Part]:
    if disposal.employer_no is not None:
        await employer_in_reach(work, disposal.employer_no)
        await arrears.ensure_overdue(work, disposal.employer_no)
    return await placing.parts_of(work, payment, disposal)


def _decide(work: UnitOfWork, disposal: Disposal, state: DisposalState) -> None:
    disposal.state, disposal.decided_by, disposal.decided_at = state, work.caller.account, work.now
    work.session.add(disposal)


async def _told(work: UnitOfWork, disposal: Disposal, act: str) -> DisposalView:
    await work.session.flush()
    view = await disposal_view(work, disposal)
    work.audit(act, str(disposal.payment_id), employer_no=disposal.employer_no, after=view)
    return view


def _tell(work: UnitOfWork, payment: Payment, disposal: Disposal, former: str) -> None:
    """The employer reads what became of its money; one whose number was only on the slip, that it was not its own."""
    sum_placed, rest = yuan(disposal.placed), yuan(payment.rest)
    words = {
        DisposalAct.REFUND: f"挂账款{yuan(disposal.amount)}元经两名工作人员核准，退回原付款账户",
        DisposalAct.MATCH: f"挂账款{sum_placed}元已记入缴费单{disposal.slip_no}，票据号{payment.receipt_no}",
        DisposalAct.ALLOCATE: f"挂账款{sum_placed}元已按原缴款日记入应缴，票据号{payment.receipt_no}",
    }[DisposalAct(disposal.act)]
    text = f"{words}，余{rest}元仍挂账" if payment.rest else words
    _publish(work, payment, payment.employer_no, text)
    if former != payment.employer_no:
        _publish(work, payment, former, "按缴费单号误记到本单位的挂账款，经两名工作人员核准已调账")


def _publish(work: UnitOfWork, payment: Payment, employer_no: str, text: str) -> None:
    work.publish(
        SubmissionDecided(
            version=payment.version,
            employer_no=employer_no,
            owner="billing",
            submission_no=str(payment.id),
            matter="payment",
            outcome=Outcome.ACCEPTED,
            reason=text,
            decided_at=work.now,
        )
    )
