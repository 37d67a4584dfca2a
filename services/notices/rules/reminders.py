"""When an employer is reminded of what is due, and in which words (办理提醒; clause 三, A6)."""

from __future__ import annotations

from datetime import date

from services.chassis.workdays import WorkingDays
from services.notices.rules.results import MATTER_NAMES

BILL = "bill"
_BILL_DAYS = (1, 5, 8)
"""The window opens on the 1st; then the days of reminding before its last day."""
_WORKING_DAYS_BEFORE = (5, 2, 0)
"""T-5, T-2, T-0 before the last working day on which the counter is open (A6)."""


def steps(matter: str, due: date, days: WorkingDays) -> tuple[date, ...]:
    """Days on which the employer is reminded, rising; MissingPolicy where the working-day table has no such year."""
    if matter == BILL:
        return (*(due.replace(day=day) for day in _BILL_DAYS if day < due.day), due)
    last = days.last_working_day(due)
    return tuple(days.add_working_days(last, -before) for before in _WORKING_DAYS_BEFORE)


def step_on(matter: str, due: date, day: date, days: WorkingDays) -> date | None:
    """The newest step reached on that day; none before the first, and none once the last day is past."""
    if day > due:
        return None
    return max((step for step in steps(matter, due, days) if step <= day), default=None)


def title_of(matter: str, reference: str, due: date, day: date) -> str:
    """What waits and how long still, in one line; `reference` is the bill's month or the submission's number."""
    left = "今天截止" if day == due else f"还有 {(due - day).days} 天"
    return f"{_subject(matter, reference)}，{left}"


def text_of(matter: str, due: date) -> str:
    """By when to do what, and what follows otherwise."""
    by = f"{due.year}年{due.month}月{due.day}日"
    if matter == BILL:
        return f"请于{by}24:00前核对确认并缴费（含节假日）。逾期未缴的，自次日起按日加收万分之五滞纳金。"
    if matter == "increase":
        return f"请于{by}前（含当日）持材料到缴费所在地社会保险经办机构办理确认，工作日受理；逾期自动作废。"
    return f"请于{by}前（含当日）办理。"


def _subject(matter: str, reference: str) -> str:
    if matter == BILL:
        year, month = reference.split("-")
        return f"{year}年{int(month)}月社会保险费待缴纳"
    if matter == "increase":
        return f"增员申报 {reference} 待柜台确认"
    return f"{MATTER_NAMES.get(matter, '业务申报')} {reference} 待办理"
