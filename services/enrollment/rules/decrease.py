"""The window of a decrease (减员): after bill(M) is paid, before bill(M+1) is (clause 三(二), A11-A13)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from contracts.errors.code import Fault
from contracts.month import Month
from services.enrollment.rules.reasons import DECREASE_BY_CODE, DecreaseReason, ExtraDate


@dataclass(frozen=True, slots=True)
class DecreaseFacts:
    """The leaving and the state of the employer's bills as enrollment knows them.

    `settled` and `confirmed` are months of the employer's bills; `at_counter` marks an officer's act with
    a reason (A12). `extra_date` is the death or retirement approval.
    """

    hired_on: date
    from_month: Month
    left_on: date
    today: date
    reason_code: str
    settled: AbstractSet[Month]
    confirmed: AbstractSet[Month] = frozenset()
    extra_date: date | None = None
    note: str = ""
    at_counter: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """自动确认: premiums are owed through `last_month`, everything unsettled after it is re-priced.

    `voids` are confirmed, unpaid months whose slips go void; `overpaid` are paid months after the month
    of leaving, a counter refund with proof.
    """

    last_month: Month
    reprice_from: Month
    voids: tuple[Month, ...] = ()
    overpaid: tuple[Month, ...] = ()


@dataclass(frozen=True, slots=True)
class Queued:
    """预约: fires when the bill of `waits_for` is settled."""

    last_month: Month
    waits_for: Month


@dataclass(frozen=True, slots=True)
class Refused:
    """拒绝."""

    faults: tuple[Fault, ...]

    @property
    def reason(self) -> str:
        """The Chinese reasons in one line."""
        return "；".join(fault.message for fault in self.faults)


Verdict = Accepted | Queued | Refused


def judge(facts: DecreaseFacts, *, queue_until_paid: bool = True) -> Verdict:
    """Decide a decrease on its day; `queue_until_paid` is `decrease.queue_until_paid`."""
    faults = _faults(facts)
    if faults:
        return Refused(faults)
    month = Month.of(facts.left_on)
    if month in facts.settled or facts.at_counter:
        return _accepted(facts, month)
    if queue_until_paid:
        return Queued(month, month)
    message = f"{month}社会保险费尚未缴清，请缴费后办理减员"
    return Refused((Fault(field="left_on", code="decrease.unpaid", message=message),))


def _accepted(facts: DecreaseFacts, left_in: Month) -> Accepted:
    last = left_in
    while last.plus(1) in facts.settled:
        last = last.plus(1)
    voids = tuple(sorted(month for month in facts.confirmed if month > last and month not in facts.settled))
    overpaid = tuple(left_in.plus(step) for step in range(1, _months_between(left_in, last) + 1))
    return Accepted(last, last.plus(1), voids, overpaid)


def _months_between(first: Month, last: Month) -> int:
    return (last.year - first.year) * 12 + last.number - first.number


def _faults(facts: DecreaseFacts) -> tuple[Fault, ...]:
    reason = DECREASE_BY_CODE.get(facts.reason_code)
    if reason is None:
        return (
            Fault(field="reason", code="reason.unknown", message="请选择减员原因", value=facts.reason_code),
        )
    return (*_date_faults(facts), *_reason_faults(facts, reason))


def _date_faults(facts: DecreaseFacts) -> tuple[Fault, ...]:
    left = facts.left_on
    checks = (
        (left > facts.today, "left_on.future", "离职日期不能晚于今天"),
        (left < facts.hired_on, "left_on.before_hire", "离职日期早于用工日期"),
        (Month.of(left) < facts.from_month, "left_on.before_first_month", "离职日期早于起缴年月"),
    )
    return tuple(
        Fault(field="left_on", code=code, message=message, value=left.isoformat())
        for holds, code, message in checks
        if holds
    )


def _reason_faults(facts: DecreaseFacts, reason: DecreaseReason) -> tuple[Fault, ...]:
    wanted = reason.extra_date
    given = facts.extra_date if wanted else None
    ahead = given is not None and given > facts.today
    other_month = (
        wanted is ExtraDate.DEATH and given is not None and Month.of(given) != Month.of(facts.left_on)
    )
    checks = (
        (bool(wanted) and given is None, "extra_date", "extra_date.missing", f"请填写{wanted}"),
        (ahead, "extra_date", "extra_date.future", f"{wanted}不能晚于今天"),
        (other_month, "left_on", "left_on.not_month_of_death", "死亡减员的离职日期应在死亡当月"),
        (reason.note_required and not facts.note.strip(), "note", "note.missing", "请填写减员原因说明"),
    )
    return tuple(Fault(field=field, code=code, message=text) for holds, field, code, text in checks if holds)
