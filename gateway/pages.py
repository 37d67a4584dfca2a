"""Answers of pages: templates and files, with safe headers."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from gateway.render import environment

HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


def template(name: str, status: int = 200, **values: object) -> Response:
    """Render a template; an undefined value is an error."""
    return HTMLResponse(environment.get_template(name).render(**values), status, HEADERS)


def download(content: bytes, media_type: str, name: str, *, inline: bool = False) -> Response:
    """A file with a Chinese name, opened in the browser or kept."""
    kept = "inline" if inline else "attachment"
    return Response(
        content,
        media_type=media_type,
        headers=HEADERS | {"content-disposition": f"{kept}; filename*=UTF-8''{quote(name)}"},
    )
