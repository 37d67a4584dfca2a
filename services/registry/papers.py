"""A written application as the outside sees it, with its clock at a day."""

from __future__ import annotations

from datetime import date

from contracts.http.applications import ApplicationMatter, ApplicationState, ApplicationView
from services.registry.rules import applications as rules
from services.registry.tables import Application, Employer


def view_of(row: Application, employer: Employer, today: date) -> ApplicationView:
    """The application; its age counts calendar days."""
    state, matter = ApplicationState(row.state), ApplicationMatter(row.matter)
    return ApplicationView(
        **row.model_dump(),
        employer_name=employer.name,
        district=employer.district,
        age_days=((row.finished_on or today) - row.received_on).days,
        overdue=rules.is_overdue(state, row.check_by, row.due_on, today),
        needs=rules.needs(matter),
    )
