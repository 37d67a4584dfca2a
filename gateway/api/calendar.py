"""The JSON API's routes to the working-day table."""

from contracts.http import calendar
from gateway.api.forwarding import Row

CALENDAR = (
    Row(
        "GET",
        "/working-days",
        "registry",
        "/working-days",
        calendar.CalendarYear,
        "工作日表",
        query=("year",),
    ),
    Row(
        "POST",
        "/working-days",
        "registry",
        "/working-days",
        calendar.WorkingDaysDraft,
        "录入工作日表",
        calendar.NewWorkingDays,
    ),
    Row(
        "POST",
        "/working-days/{draft_id}/release",
        "registry",
        "/working-days/{draft_id}/release",
        calendar.WorkingDaysDraft,
        "复核发布工作日表",
    ),
)
