"""核对确认: the employer confirms heads and sum, which freezes the bill and issues its slip (A22)."""

from __future__ import annotations

from contracts.errors import billing as codes
from contracts.errors import chassis as common
from contracts.events.billing import BillConfirmed
from contracts.http.billing import BillState, ConfirmBill
from contracts.month import Month
from contracts.values import Role
from services.billing.commands import debts, reprice, slips
from services.billing.queries.bill_slip import current_slip
from services.billing.queries.undeclared import undeclared
from services.billing.reach import employer_in_reach
from services.billing.rules.explain import yuan
from services.billing.rules.window import WINDOW_2016
from services.billing.tables import Bill, Employer, Slip
from services.chassis.identity import own_employer, require_approver
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork


async def confirm_bill(work: UnitOfWork, month: Month, asked: ConfirmBill) -> Slip:
    """Confirm what was on the page; its slip. A second confirmation of the same page gets the same slip.

    Problem BILL_CHANGED names what changed since; NOT_FOUND, BILL_SETTLED, BILL_IN_ARREARS, BILL_EMPTY,
    BASES_FIRST.
    """
    require_approver(work.caller, Role.COUNTER)
    employer = await employer_in_reach(work, own_employer(work.caller), lock=True)
    bill = await _locked(work, employer.employer_no, month)
    if bill.state == BillState.CONFIRMED and (bill.confirmed_version, bill.total) == (
        asked.version,
        asked.total,
    ):
        return await current_slip(work, bill) or await _issue(work, employer, bill)
    _refuse(bill, asked)
    await _wait_for_bases(work, bill)
    await _freeze(work, bill)
    return await _issue(work, employer, bill)


async def _locked(work: UnitOfWork, employer_no: str, month: Month) -> Bill:
    """The bill as it stands; one that waited for a bank is priced anew first, if the bank has let go (A23)."""
    key = (employer_no, month, "ordinary")
    bill = await work.session.get(Bill, key, with_for_update=True, populate_existing=True)
    if bill is None:
        raise Problem(common.NOT_FOUND)
    if bill.stale and WINDOW_2016.is_open(month, work.today):
        await reprice.price_open_bills(work, month, [employer_no])
        await work.session.refresh(bill)
    return bill


def _refuse(bill: Bill, asked: ConfirmBill) -> None:
    if bill.state == BillState.SETTLED:
        raise Problem(codes.BILL_SETTLED, month=bill.month)
    if bill.state == BillState.ARREARS:
        raise Problem(codes.BILL_IN_ARREARS, month=bill.month)
    if (bill.version, bill.total) != (asked.version, asked.total):
        raise Problem(
            codes.BILL_CHANGED,
            month=bill.month,
            seen_version=asked.version,
            seen_total=yuan(asked.total),
            version=bill.version,
            persons=bill.persons,
            total=yuan(bill.total),
        )
    if bill.total == 0:
        raise Problem(codes.BILL_EMPTY, month=bill.month)


async def _wait_for_bases(work: UnitOfWork, bill: Bill) -> None:
    """January waits for the year's bases until the 10th (A33); Problem BASES_FIRST names how many lack."""
    if bill.month.number != 1 or work.today > WINDOW_2016.due_day(bill.month):
        return
    if count := await undeclared(work, bill.employer_no, bill.month):
        raise Problem(codes.BASES_FIRST, count=count, year=bill.month.year)


async def _freeze(work: UnitOfWork, bill: Bill) -> None:
    bill.confirmed_version, bill.confirmed_at = bill.version, work.now
    bill.state, bill.version = BillState.CONFIRMED.value, bill.version + 1
    work.session.add(bill)
    await debts.ensure_for_bill(work, bill.employer_no, bill.month)
    work.publish(
        BillConfirmed(
            version=bill.version,
            employer_no=bill.employer_no,
            month=bill.month,
            persons=bill.persons,
            total=bill.total,
            confirmed_at=work.now,
        )
    )
    work.audit("bill.confirmed", f"bills/{bill.employer_no}/{bill.month}", employer_no=bill.employer_no)


async def _issue(work: UnitOfWork, employer: Employer, bill: Bill) -> Slip:
    """An ordinary slip inside the window; after the 10th one for all arrears, paid today (A23)."""
    if work.today > WINDOW_2016.due_day(bill.month):
        return await slips.issue_arrears(work, employer, work.today)
    return await slips.issue_ordinary(work, bill.employer_no, bill.month)
