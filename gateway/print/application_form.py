"""密码重置, 专管员变更, 复核人: the written applications, filled as far as the system knows (clause 三(六))."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.http.applications import ApplicationMatter
from contracts.http.registry import EmployerView
from gateway.print.typesetter import typeset

NAMES = {
    ApplicationMatter.PASSWORD: "密码重置申请书",
    ApplicationMatter.SPECIALIST: "社会保险专管员变更申请书",
    ApplicationMatter.APPROVER: "设立（更换）复核人申请书",
    ApplicationMatter.APPROVER_PASSWORD: "复核人密码重置申请书",
    ApplicationMatter.APPROVER_END: "撤销复核人申请书",
}


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """What stands on the form; an empty line is written by hand."""

    matter: ApplicationMatter
    agency_name: str = ""
    employer_name: str = ""
    employer_no: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    specialist: str = ""
    title: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", NAMES[self.matter])


def filled(matter: ApplicationMatter, employer: EmployerView, specialist: str) -> ApplicationForm:
    """The form of an employer, without the reason, the new specialist and what is signed."""
    return ApplicationForm(
        matter=matter,
        agency_name=employer.agency_name,
        employer_name=employer.name,
        employer_no=employer.employer_no,
        credit_code=employer.credit_code,
        legal_representative=employer.legal_representative,
        specialist=specialist,
    )


async def application_form(form: ApplicationForm) -> bytes:
    """The PDF."""
    return await typeset("application_form", form)
