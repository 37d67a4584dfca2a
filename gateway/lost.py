"""Addresses that lead nowhere: a browser gets a page with a way back, a program keeps its problem in JSON."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from contracts.errors import chassis as codes
from gateway.pages import template
from gateway.sessions.visit import open_visit
from services.chassis.http import chassis_of
from services.chassis.problems import Problem, http_answer

_HTML = "text/html"


def install(app: FastAPI) -> None:
    """Answer people who typed or followed a wrong address."""

    @app.exception_handler(HTTPException)
    async def _lost(request: Request, error: HTTPException) -> Response:
        if _HTML not in request.headers.get("accept", ""):
            return http_answer(error)
        problem = Problem(codes.NOT_FOUND).body
        visit = await open_visit(request)
        if visit and not visit.session.must_change_password:
            return visit.refusal(problem)
        return template("lost.html", problem.status, now=chassis_of(request).business.now(), problem=problem)
