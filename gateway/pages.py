"""Pages: templates with safe headers, and problems shown to people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from contracts.errors.code import ProblemBody
from gateway.render import environment

if TYPE_CHECKING:
    from gateway.sessions.visit import Visit

HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


def template(name: str, status: int = 200, **values: object) -> Response:
    """Render a template; an undefined value is an error."""
    return HTMLResponse(environment.get_template(name).render(**values), status, HEADERS)


def problem_page(visit: Visit, problem: ProblemBody) -> Response:
    """A refusal as a page, or as a fragment where htmx asked."""
    fragment = visit.request.headers.get("hx-request") == "true"
    name = "problem_fragment.html" if fragment else "problem.html"
    return visit.page(name, problem.status, problem=problem)


def download(content: bytes, media_type: str, name: str, *, inline: bool = False) -> Response:
    """A file with a Chinese name, opened in the browser or kept."""
    kept = "inline" if inline else "attachment"
    return Response(
        content,
        media_type=media_type,
        headers=HEADERS | {"content-disposition": f"{kept}; filename*=UTF-8''{quote(name)}"},
    )
