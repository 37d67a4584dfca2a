"""办事须知: what the measure asks of people rather than of the system, open to everybody (协议 四.2)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from contracts.http.applications import ApplicationMatter
from gateway.pages import download, template
from gateway.print.application_form import NAMES, ApplicationForm, application_form
from gateway.print.typesetter import MEDIA_TYPE
from services.chassis.http import chassis_of

router = APIRouter(include_in_schema=False)


@router.get("/guide")
async def guide(request: Request) -> Response:
    """Duties, what is done at the counter with its materials, terms, remedies."""
    return template("guide.html", now=chassis_of(request).business.now())


@router.get("/guide/{matter}.pdf")
async def blank_form(matter: ApplicationMatter) -> Response:
    """A written application without data, for those who cannot log in (clause 三(六))."""
    content = await application_form(ApplicationForm(matter))
    return download(content, MEDIA_TYPE, f"{NAMES[matter]}.pdf", inline=True)
