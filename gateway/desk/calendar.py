"""工作日表: a year as it stands, the next one entered from the notice, released by another (A1, A32; domain 1.5)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Query, Request
from starlette.responses import Response

from contracts.errors.code import ProblemBody
from contracts.http.calendar import CalendarYear, NewWorkingDays, WorkingDaysDraft
from gateway import menu
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.POLICY)
HOME = "/desk/policy/calendar"
_SATURDAY = 5
_LONGEST = timedelta(days=60)
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:至|~|—)\s*(\d{4}-\d{2}-\d{2}))?")


class Cell(NamedTuple):
    """A day of the year's picture: whether it rests, and whether against the rule of the week."""

    day: date
    rest: bool
    odd: bool


@router.get(HOME)
async def year(visit: Visitor, year: Annotated[int | None, Query(ge=2000, le=2100)] = None) -> Response:
    """A year of the table; the current one where none is asked."""
    return await _home(visit, year or visit.chassis.business.today().year)


@router.post(HOME)
async def draft(visit: Visitor, request: Request) -> Response:
    """Enter a year."""
    entry = await sent(request)
    asked = entry.text("year")
    chosen = int(asked) if re.fullmatch(r"20\d\d|2100", asked) else visit.chassis.business.today().year
    try:
        values: dict[str, object] = {name: entry.text(name) for name in ("year", "document_no")}
        values |= {name: _days(entry, name) for name in ("holidays", "swapped")}
        command = entry.build(NewWorkingDays, values)
        await visit.calls.post("registry", "/working-days", WorkingDaysDraft, command, key=entry.text("key"))
    except Problem as problem:
        return await _home(visit, chosen, entry, problem.body)
    return visit.go(f"{HOME}?year={chosen}&said=policy_drafted")


@router.post(f"{HOME}/{{draft_id}}/release")
async def release(visit: Visitor, request: Request, draft_id: UUID) -> Response:
    """Release as the second officer."""
    entry = await sent(request)
    path = f"/working-days/{draft_id}/release"
    try:
        made = await visit.calls.post("registry", path, WorkingDaysDraft, key=entry.text("key"))
    except Problem as problem:
        return await _home(visit, visit.chassis.business.today().year, problem=problem.body)
    return visit.go(f"{HOME}?year={made.year}&said=policy_released")


def _days(entry: Entry, field: str) -> list[date]:
    """Dates and spans of dates, one after another; a fault of the form for anything else."""
    found: set[date] = set()
    for piece in re.split(r"[\n,，、；;]+", entry.text(field)):
        if not (text := piece.strip()):
            continue
        span = _SPAN.fullmatch(text)
        try:
            first, last = (date.fromisoformat(one) for one in ((span[1], span[2] or span[1]) if span else ()))
        except ValueError:
            first, last = date.max, date.min
        if not timedelta(0) <= last - first <= _LONGEST:
            entry.wrong(field, f"“{text}”不是日期，如 2017-01-02 或 2017-01-27 至 2017-02-02")
            return []
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return sorted(found)


def picture(found: CalendarYear) -> list[tuple[int, list[list[Cell | None]]]]:
    """Twelve months of weeks from Monday; none where a week reaches into another month."""
    rest = set(found.rest_days)
    months = []
    for number in range(1, 13):
        weeks = calendar.Calendar().monthdatescalendar(found.year, number)
        months.append(
            (number, [[_cell(day, rest) if day.month == number else None for day in week] for week in weeks])
        )
    return months


def _cell(day: date, rest: set[date]) -> Cell:
    return Cell(day, day in rest, (day in rest) != (day.weekday() >= _SATURDAY))


def spans(days: Iterable[date]) -> str:
    """Days as a clerk types them, runs as spans."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "\n".join(f"{run[0]} 至 {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def filled(found: CalendarYear) -> Entry:
    """The form as the year stands; empty for a year the table lacks."""
    odd = [cell for _, weeks in picture(found) for week in weeks for cell in week if cell and cell.odd]
    odd = odd if found.known else []
    return Entry(
        {
            "year": str(found.year),
            "holidays": spans(cell.day for cell in odd if cell.rest),
            "swapped": spans(cell.day for cell in odd if not cell.rest),
        }
    )


async def _home(
    visit: Visit, chosen: int, entry: Entry | None = None, problem: ProblemBody | None = None
) -> Response:
    found = await visit.calls.get("registry", "/working-days", CalendarYear, {"year": chosen})
    return show(
        visit,
        menu.POLICY,
        "calendar.html",
        problem.status if problem else 200,
        found=found,
        months=picture(found),
        entry=entry or filled(found),
        problem=problem,
        spans=spans,
    )
