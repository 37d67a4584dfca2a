"""办事须知: what the measure asks of people rather than of the system, open to everybody (协议 四.2)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from contracts.http.applications import ApplicationMatter
from contracts.http.guide import Guide, GuideForm
from contracts.http.templates import PAPER_NAMES, Document, Paper
from gateway.pages import download, template
from gateway.parts import part
from gateway.print.application_form import NAMES, ApplicationForm, application_form
from gateway.print.paper import paper_form
from gateway.print.typesetter import MEDIA_TYPE
from gateway.sessions.visit import calls_of
from services.chassis.http import chassis_of
from services.chassis.identity import SYSTEM

router = APIRouter(include_in_schema=False)
FORMS: dict[GuideForm, tuple[str, str]] = {
    **{
        GuideForm(paper.value): (f"/guide/papers/{paper}.pdf", f"《{PAPER_NAMES[paper]}》") for paper in Paper
    },
    **{GuideForm(matter.value): (f"/guide/{matter}.pdf", NAMES[matter]) for matter in ApplicationMatter},
}
"""Each blank form with its address and name."""


@router.get("/guide")
async def guide(request: Request) -> Response:
    """Duties, what is done at the counter with its materials, terms, remedies."""
    asked = calls_of(request).as_(SYSTEM).get("registry", "/guide", Guide)
    return template(
        "guide.html", now=chassis_of(request).business.now(), found=await part(asked), forms=FORMS
    )


@router.get("/guide/{matter}.pdf")
async def blank_form(matter: ApplicationMatter) -> Response:
    """A written application without data, for those who cannot log in (clause 三(六))."""
    content = await application_form(ApplicationForm(matter))
    return download(content, MEDIA_TYPE, f"{NAMES[matter]}.pdf", inline=True)


@router.get("/guide/papers/{paper}.pdf")
async def blank_paper(request: Request, paper: Paper) -> Response:
    """协议书 or 授权书 without data, to be filled by hand before the way to the counter (clause 二(一))."""
    blank = await calls_of(request).as_(SYSTEM).get("registry", f"/templates/blank/{paper}", Document)
    return download(await paper_form(blank), MEDIA_TYPE, f"{PAPER_NAMES[paper]}.pdf", inline=True)
