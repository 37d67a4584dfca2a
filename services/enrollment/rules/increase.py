"""The judgement of one increase (增员): automatic, at the counter, or refused (clause 三(一), A1-A10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from contracts.errors.code import Fault
from contracts.month import Month
from contracts.values import Scheme
from services.chassis.workdays import WorkingDays
from services.enrollment.rules.fields import Sex
from services.enrollment.rules.identity_number import Identity, IdentityPath
from services.enrollment.rules.limit_days import LIMIT_POLICY, LimitPolicy, is_late, limit_day

_SHANGHAI = ZoneInfo("Asia/Shanghai")


class CounterReason(StrEnum):
    """Why the counter must confirm."""

    LATE = "increase.late"
    FOREIGN = "increase.foreign"
    HMT = "increase.hmt"
    RETIREMENT_AGE = "increase.retirement_age"
    DUPLICATE = "increase.duplicate_counter"

    @property
    def text(self) -> str:
        """The Chinese reason."""
        return _COUNTER_TEXTS[self]


_COUNTER_TEXTS = {
    CounterReason.LATE: "超过用工申报期限",
    CounterReason.FOREIGN: "外国人增员",
    CounterReason.HMT: "港澳台人员增员",
    CounterReason.RETIREMENT_AGE: "已达到法定退休年龄",
    CounterReason.DUPLICATE: "在其他单位处于参保缴费状态",
}


class DuplicatePolicy(StrEnum):
    """`increase.dup_policy` (A10)."""

    REJECT = "reject"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class IncreasePolicy:
    """Ages in whole years; retirement ages are the lowest of 2016, what exceeds them an officer judges."""

    limit: LimitPolicy = LIMIT_POLICY
    youngest: int = 16
    retirement_male: int = 60
    retirement_female: int = 50
    duplicates: DuplicatePolicy = DuplicatePolicy.REJECT


INCREASE_POLICY = IncreasePolicy()


@dataclass(frozen=True, slots=True)
class IncreaseFacts:
    """What the judgement rests on; `employer_since` is registration or 参保月's first day, the earlier."""

    identity: Identity
    name: str
    household: str
    home_address: str
    phone: str
    hired_on: date
    scheme: Scheme
    employer_since: date
    submitted_at: datetime
    active_here: bool = False
    pending_here: bool = False
    active_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class AutoConfirmed:
    """系统自动确认."""

    limit_day: date


@dataclass(frozen=True, slots=True)
class AwaitingCounter:
    """待柜台确认 until the month's end, else void; `practical_until` is its last working day (A6).

    With `too_late_this_month` no working day is left: the increase had better be sent on the 1st.
    """

    limit_day: date
    late: bool
    reasons: tuple[CounterReason, ...]
    until: date
    practical_until: date
    too_late_this_month: bool

    @property
    def reason(self) -> str:
        """The Chinese reasons in one line."""
        return "；".join(reason.text for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Refused:
    """拒绝: nothing is stored."""

    faults: tuple[Fault, ...]

    @property
    def reason(self) -> str:
        """The Chinese reasons in one line."""
        return "；".join(fault.message for fault in self.faults)


Judgement = AutoConfirmed | AwaitingCounter | Refused

MANDATORY: dict[str, str] = {
    "name": "姓名",
    "id_number": "身份证号码",
    "household": "户籍",
    "home_address": "家庭住址",
    "phone": "联系电话",
}
"""The five fields clause 三(一) names, in its order."""


def missing_fault(field: str) -> Fault:
    """The fault of an empty mandatory field."""
    return Fault(field=field, code=f"{field}.missing", message=f"{MANDATORY[field]}不能为空")


def judge(facts: IncreaseFacts, days: WorkingDays, policy: IncreasePolicy = INCREASE_POLICY) -> Judgement:
    """Decide an increase at its time of submission (A4); MissingPolicy without a working-day table."""
    today = facts.submitted_at.astimezone(_SHANGHAI).date()
    faults = _faults(facts, today, policy)
    if faults:
        return Refused(faults)
    limit = limit_day(facts.hired_on, facts.scheme, days, policy.limit)
    late = is_late(facts.submitted_at, limit)
    reasons = _reasons(facts, policy, late=late)
    if not reasons:
        return AutoConfirmed(limit)
    month = Month.of(today)
    practical = days.last_of_month(month)
    return AwaitingCounter(limit, late, reasons, month.last_day, practical, today > practical)


def _faults(facts: IncreaseFacts, today: date, policy: IncreasePolicy) -> tuple[Fault, ...]:
    return (*_missing(facts), *_hire_faults(facts, today, policy), *_duplicate_faults(facts, policy))


def _missing(facts: IncreaseFacts) -> tuple[Fault, ...]:
    held = {
        "name": facts.name,
        "id_number": facts.identity.number,
        "household": facts.household,
        "home_address": facts.home_address,
        "phone": facts.phone,
    }
    return tuple(missing_fault(field) for field in MANDATORY if not held[field].strip())


def _hire_faults(facts: IncreaseFacts, today: date, policy: IncreasePolicy) -> tuple[Fault, ...]:
    """A5."""
    hired = facts.hired_on
    checks = (
        (hired > today, "hired_on.future", "用工日期不能晚于今天"),
        (hired < facts.employer_since, "hired_on.before_employer", "用工日期早于单位参保登记日期"),
        (_younger(facts, policy.youngest), "hired_on.under_age", f"用工时未满{policy.youngest}周岁"),
    )
    return tuple(
        Fault(field="hired_on", code=code, message=message, value=hired.isoformat())
        for holds, code, message in checks
        if holds
    )


def _duplicate_faults(facts: IncreaseFacts, policy: IncreasePolicy) -> tuple[Fault, ...]:
    """A10."""
    elsewhere = facts.active_elsewhere and policy.duplicates is DuplicatePolicy.REJECT
    checks = (
        (facts.active_here, "increase.active_here", "该人员已在本单位参保缴费"),
        (facts.pending_here, "increase.pending_here", "该人员已有待柜台确认的增员申报"),
        (elsewhere, "increase.duplicate", "在其他单位处于参保缴费状态，请先由原单位办理减员，或到柜台办理"),
    )
    return tuple(Fault(field="id_number", code=code, message=text) for holds, code, text in checks if holds)


def _reasons(facts: IncreaseFacts, policy: IncreasePolicy, *, late: bool) -> tuple[CounterReason, ...]:
    checks = (
        (late, CounterReason.LATE),
        (facts.identity.path is IdentityPath.FOREIGN, CounterReason.FOREIGN),
        (facts.identity.path is IdentityPath.HMT, CounterReason.HMT),
        (_retired(facts, policy), CounterReason.RETIREMENT_AGE),
        (facts.active_elsewhere, CounterReason.DUPLICATE),
    )
    return tuple(reason for holds, reason in checks if holds)


def _younger(facts: IncreaseFacts, years: int) -> bool:
    born_on = facts.identity.born_on
    return born_on is not None and facts.hired_on < _birthday(born_on, years)


def _retired(facts: IncreaseFacts, policy: IncreasePolicy) -> bool:
    born_on = facts.identity.born_on
    years = policy.retirement_female if facts.identity.sex is Sex.FEMALE else policy.retirement_male
    return born_on is not None and facts.hired_on >= _birthday(born_on, years)


def _birthday(born_on: date, years: int) -> date:
    """The day an age is reached; who was born on 29 February reaches it on 1 March in a common year."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)
