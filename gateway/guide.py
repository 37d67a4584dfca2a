"""办事须知: what the measure asks of people rather than of the system, open to everybody (协议 四.2)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.pages import template
from services.chassis.http import chassis_of

router = APIRouter(include_in_schema=False)


@router.get("/guide")
async def guide(request: Request) -> Response:
    """Duties, what is done at the counter with its materials, terms, remedies."""
    return template("guide.html", now=chassis_of(request).business.now())
