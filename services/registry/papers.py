"""A written application as the outside sees it, with its clock at a day."""

from __future__ import annotations

from datetime import date

from contracts.http.applications import (
    ApplicationMaterial,
    ApplicationMatter,
    ApplicationState,
    ApplicationView,
)
from services.registry.rules import applications as rules
from services.registry.tables import Application, Employer

MATERIAL_NAMES = {
    ApplicationMaterial.APPLICATION: "书面申请",
    ApplicationMaterial.SEAL: "单位公章",
    ApplicationMaterial.SIGNATURE: "法定代表人（负责人）签字",
    ApplicationMaterial.AUTHORISATION: "新的授权书",
    ApplicationMaterial.IDENTITY_ORIGINAL: "新被授权人身份证原件",
    ApplicationMaterial.IDENTITY_COPY: "新被授权人身份证复印件",
}


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
