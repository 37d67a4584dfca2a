"""What is owed: arrears of a day, credits, an employer's account."""

from pydantic import Field

from contracts.events.billing import DebtSum, KindSum
from contracts.models import View
from contracts.values import Count, Day, Due, EmployerNo, Kind, Month


class ArrearsMonth(View):
    """One month in arrears."""

    month: Month
    debts: tuple[DebtSum, ...]
    principal: Due
    fee: Due
    fee_from: Day
    days: Count


class ArrearsView(View):
    """What is owed if paid on a day: principal and late fee by month and kind."""

    employer_no: EmployerNo
    on: Day
    months: tuple[ArrearsMonth, ...]
    principal: Due
    fee: Due
    total: Due
    fee_text: str = Field(default="", description="算式")
    unbilled: tuple[Month, ...] = Field(
        default=(), description="months of 补缴 that no bill has yet: a slip asked for now adds them (A8)"
    )


class CreditSum(View):
    """Paid for a month that somebody was not insured in any more, by kind and part, fen (A11, 3.4)."""

    month: Month
    kind: Kind
    unit: Due
    person: Due


class AccountView(View):
    """One employer's account: open debts and credits by month and kind.

    `credit` is all of it: the credits, and late fee paid beyond what was owed.
    """

    employer_no: EmployerNo
    debts: tuple[DebtSum, ...]
    credits: tuple[CreditSum, ...] = ()
    credit: Due
    kinds: tuple[KindSum, ...] = ()
