"""缴费单: issue, void, hold for a bank (A22, A23, A30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from contracts.errors import billing as codes
from contracts.errors import chassis as common
from contracts.events.billing import SlipIssued, SlipSort, SlipVoided
from contracts.http.billing import SlipForBank, SlipQuery, SlipState
from contracts.month import Month
from contracts.values import Role
from services.billing.commands import ledger
from services.billing.reach import employer_in_reach
from services.billing.rules.payment import Part
from services.billing.rules.slip import HELD_FOR_BANK, may_be_voided, slip_number
from services.billing.rules.standing import LedgerDebt
from services.billing.rules.window import WINDOW_2016, end_of
from services.billing.tables import Employer, Slip, SlipPart
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork

REISSUED, ROSTER_CHANGED = "reissued", "roster_changed"
"""Causes of voiding besides those of payments."""
FARTHEST_PAY_DAY = timedelta(days=366)
"""How far ahead an arrears slip may name its payment day: a year, beyond which no fee is worth printing (D)."""


async def issue_ordinary(work: UnitOfWork, employer_no: str, month: Month) -> Slip:
    """The slip of a month's bill, valid until the 10th 24:00; a former valid one is voided.

    It carries principal alone: the fee of a late supplement stays a debt of its own. Problem WINDOW_CLOSED
    after the 10th, NOTHING_OWED, SLIP_HELD.
    """
    employer = await employer_in_reach(work, employer_no, lock=True)
    due_day = WINDOW_2016.due_day(month)
    if work.today > due_day:
        raise Problem(codes.WINDOW_CLOSED, month=month, day=due_day)
    debts = [d for d in await ledger.of_employers(work, [employer_no]) if d.bill_month == month]
    stood = [(debt, debt.standing(work.today)) for debt in debts]
    parts = [(debt, Part(debt.id, s.unit, s.person, 0)) for debt, s in stood if s.principal]
    return await _issue(work, employer, SlipSort.ORDINARY, due_day, parts)


async def issue_arrears(work: UnitOfWork, employer: Employer, pay_on: date) -> Slip:
    """A slip for all arrears with the fee to a day, valid to its 24:00; the former is voided (A23).

    Months that no bill has yet are in it, if they are debts already (A8). The employer is locked. Problem
    PAY_DAY_PAST, PAY_DAY_FAR, NOTHING_OWED, SLIP_HELD.
    """
    if pay_on < work.today:
        raise Problem(codes.PAY_DAY_PAST, field="pay_on")
    if pay_on > (last := work.today + FARTHEST_PAY_DAY):
        raise Problem(codes.PAY_DAY_FAR, field="pay_on", day=last)
    found = await ledger.of_employers(work, [employer.employer_no])
    debts = [debt for debt in found if debt.in_arrears(work.today) or debt.is_ahead(work.today)]
    stood = [(debt, debt.standing(pay_on)) for debt in debts]
    parts = [(debt, Part(debt.id, s.unit, s.person, s.fee)) for debt, s in stood if s.total]
    return await _issue(work, employer, SlipSort.ARREARS, pay_on, parts)


async def void(work: UnitOfWork, slip: Slip, cause: str, *, bank_says_unpaid: bool = False) -> None:
    """Void a valid slip now; Problem SLIP_HELD within 30 minutes of a bank's query (A23)."""
    await work.session.flush()
    await work.session.refresh(slip, with_for_update=True)
    if slip.state != SlipState.VALID:
        return
    if not may_be_voided(work.now, slip.queried_at, bank_says_unpaid=bank_says_unpaid):
        raise Problem(codes.SLIP_HELD, minutes=int(HELD_FOR_BANK.total_seconds()) // 60)
    slip.state, slip.voided_at, slip.void_cause = SlipState.VOIDED, work.now, cause
    slip.version += 1
    work.publish(
        SlipVoided(version=slip.version, employer_no=slip.employer_no, slip_no=slip.slip_no, cause=cause)
    )


async def void_valid(work: UnitOfWork, employer_no: str, cause: str, sort: SlipSort) -> None:
    """Void the employer's valid slip of one sort."""
    await _void_where(work, (col(Slip.employer_no) == employer_no) & (col(Slip.sort) == sort), cause)


async def void_naming(work: UnitOfWork, debt_ids: Sequence[int], cause: str, *, paid: str | None) -> None:
    """Void the valid slips that name one of these debts, but not the one that is `paid`; Problem SLIP_HELD."""
    naming = select(col(SlipPart.slip_no)).where(col(SlipPart.debt_id).in_(debt_ids))
    await _void_where(work, col(Slip.slip_no).in_(naming) & (col(Slip.slip_no) != (paid or "")), cause)


async def _void_where(work: UnitOfWork, chosen: ColumnElement[bool], cause: str) -> None:
    """Those past their validity only expire."""
    query = select(Slip).where(chosen, col(Slip.state) == SlipState.VALID).order_by(col(Slip.slip_no))
    for slip in (await work.session.scalars(query)).all():
        if slip.valid_until <= work.now:
            slip.state, slip.version = SlipState.EXPIRED, slip.version + 1
        else:
            await void(work, slip, cause)
    await work.session.flush()


async def query_by_bank(work: UnitOfWork, asked: SlipQuery) -> SlipForBank:
    """What a bank sees of a slip; a payable one is held for it for 30 minutes (A23)."""
    require(work.caller, Role.SYSTEM)
    slip = await work.session.get(Slip, asked.slip_no, with_for_update=True)
    if slip is None:
        raise Problem(common.NOT_FOUND)
    expired = slip.state == SlipState.VALID and slip.valid_until <= work.now
    if slip.state == SlipState.VALID and not expired:
        slip.queried_at, slip.queried_by = work.now, asked.bank
        work.audit("slip.query", slip.slip_no, employer_no=slip.employer_no)
    employer = await work.session.get_one(Employer, slip.employer_no)
    return SlipForBank(
        slip_no=slip.slip_no,
        employer_no=slip.employer_no,
        employer_name=employer.name,
        amount=slip.amount,
        valid_until=slip.valid_until,
        state=SlipState.EXPIRED if expired else SlipState(slip.state),
    )


async def _issue(
    work: UnitOfWork,
    employer: Employer,
    sort: SlipSort,
    last_day: date,
    parts: Sequence[tuple[LedgerDebt, Part]],
) -> Slip:
    if not parts:
        raise Problem(codes.NOTHING_OWED)
    await void_valid(work, employer.employer_no, REISSUED, sort)
    employer.slip_sequence += 1
    fee = sum(part.fee for _, part in parts)
    principal = sum(part.total for _, part in parts) - fee
    slip = Slip(
        slip_no=slip_number(employer.employer_no, employer.slip_sequence),
        version=1,
        employer_no=employer.employer_no,
        sort=sort,
        principal=principal,
        fee=fee,
        amount=principal + fee,
        issued_at=work.now,
        pay_on=last_day,
        valid_until=end_of(last_day),
        state=SlipState.VALID,
    )
    work.session.add(slip)
    await work.session.flush()
    work.session.add_all(SlipPart(slip_no=slip.slip_no, **asdict(part)) for _, part in parts)
    await work.session.flush()
    months = {debt.month if debt.is_ahead(work.today) else debt.bill_month for debt, _ in parts}
    work.publish(_issued(slip, tuple(sorted(months))))
    work.audit("slip.issue", slip.slip_no, employer_no=slip.employer_no)
    return slip


def _issued(slip: Slip, months: tuple[Month, ...]) -> SlipIssued:
    return SlipIssued(
        version=slip.version,
        employer_no=slip.employer_no,
        slip_no=slip.slip_no,
        sort=SlipSort(slip.sort),
        months=months,
        principal=slip.principal,
        fee=slip.fee,
        amount=slip.amount,
        valid_until=slip.valid_until,
    )
