"""A visit: one request of a logged-in person, with calls in that person's name and a page to answer with."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse, Response

from contracts.errors import chassis as codes
from contracts.errors.code import ProblemBody
from contracts.identity import Caller
from contracts.values import Channel
from gateway.pages import template
from gateway.sessions import store
from gateway.settings import Settings
from gateway.tables import Session
from services.chassis.calls import Calls, CallsAs
from services.chassis.http import chassis_of
from services.chassis.problems import Problem
from services.chassis.runtime import Chassis

AFTER_COOKIE = "after"
AFTER_SECONDS = 10
LOG_IN, LOG_OUT, PASSWORD, SECURITY = "/log-in", "/log-out", "/password", "/security"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass
class Visit:
    """Who visits, and what a page handler needs."""

    request: Request
    chassis: Chassis
    session: Session
    token: str
    calls: CallsAs
    live: str = ""
    """Version of the live state that this page shows; empty on pages without live parts."""

    @property
    def caller(self) -> Caller:
        """The identity behind the session."""
        return store.caller_of(self.session)

    @property
    def employer_no(self) -> str:
        """The employer of a specialist; Problem FORBIDDEN for an officer."""
        if self.session.employer_no is None:
            raise Problem(codes.FORBIDDEN)
        return self.session.employer_no

    @property
    def pages(self) -> frozenset[str]:
        """The pages that exist, for the menu."""
        found: frozenset[str] = self.request.app.state.pages
        return found

    @property
    def address(self) -> str:
        """Path and query of this page."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def said(self) -> str:
        """The code of the message a command left for this page."""
        return self.request.query_params.get("said", "")

    @property
    def back(self) -> str:
        """The page this one was reached from, within this site; else where the visitor's work begins."""
        came = urlsplit(self.request.headers.get("referer", ""))
        if (
            came.netloc == self.request.url.netloc
            and came.path.startswith("/")
            and not came.path.startswith("//")
        ):
            return f"{came.path}?{came.query}" if came.query else came.path
        return "/desk" if self.session.district else "/"

    def on_behalf(self, employer_no: str) -> CallsAs:
        """An officer's calls for an employer at the counter (协议 五)."""
        caller = self.caller.model_copy(update={"employer_no": employer_no, "channel": Channel.COUNTER})
        return calls_of(self.request).as_(caller, after=self.calls.after)

    def page(self, name: str, status: int = 200, **values: object) -> Response:
        """Render a template with what every page shows."""
        common = {
            "visit": self,
            "session": self.session,
            "now": self.chassis.business.now(),
            "csrf": store.csrf_of(self.token),
            "path": self.request.url.path,
            "caught_up": self.calls.caught_up,
        }
        return template(name, status, **common, **values)

    def refusal(self, problem: ProblemBody) -> Response:
        """A refusal as a page, or as a fragment where htmx asked."""
        fragment = self.request.headers.get("hx-request") == "true"
        name = "problem_fragment.html" if fragment else "problem.html"
        return self.page(name, problem.status, problem=problem)

    def go(self, path: str) -> Response:
        """Redirect after a command; the next page will have seen its events."""
        return RedirectResponse(path, status_code=303)


def calls_of(request: Request) -> Calls:
    """The gateway's client for its neighbours."""
    found: Calls = request.app.state.calls
    return found


def settings_of(request: Request) -> Settings:
    """The gateway's settings."""
    found: Settings = request.app.state.settings
    return found


def _visit(request: Request) -> Visit:
    found: Visit = request.state.visit
    return found


Visitor = Annotated[Visit, Depends(_visit)]
"""The visit of a page handler."""


async def open_visit(request: Request) -> Visit | None:
    """The visit of a request's cookie, if it stands for a live session."""
    token = request.cookies.get(store.COOKIE, "")
    chassis = chassis_of(request)
    session = await store.find(chassis, token, settings_of(request).session_minutes) if token else None
    if session is None:
        return None
    calls = calls_of(request).as_(store.caller_of(session), after=request.cookies.get(AFTER_COOKIE, ""))
    return Visit(request, chassis, session, token, calls)


async def check_csrf(request: Request, token: str) -> None:
    """Problem FORBIDDEN unless a changing request carries the session's own token."""
    given = request.headers.get("x-csrf", "")
    if not given:
        given = str((await request.form()).get("csrf", ""))
    if not hmac.compare_digest(given.encode(), store.csrf_of(token).encode()):
        raise Problem(codes.FORBIDDEN)


class PageRoute(APIRoute):
    """A page for logged-in people: session, forced password change, CSRF, problems as pages."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's own handler."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            visit = await open_visit(request)
            if visit is None:
                return _elsewhere(request, LOG_IN)
            if visit.session.must_change_password and request.url.path not in (PASSWORD, LOG_OUT):
                return _elsewhere(request, PASSWORD)
            if visit.session.must_enrol_totp and not _may_before_totp(request.url.path):
                return _elsewhere(request, SECURITY)
            request.state.visit = visit
            try:
                if request.method not in ("GET", "HEAD"):
                    await check_csrf(request, visit.token)
                response = await inner(request)
            except Problem as problem:
                response = visit.refusal(problem.body)
            except RequestValidationError:
                response = visit.refusal(Problem(codes.BAD_INPUT).body)
            _keep_after(response, visit)
            return response

        return handle


def _may_before_totp(path: str) -> bool:
    return path in (PASSWORD, LOG_OUT, SECURITY) or path.startswith(f"{SECURITY}/")


def _elsewhere(request: Request, path: str) -> Response:
    """Send the browser to another page, also where htmx asked for a part of one."""
    if request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"hx-redirect": path})
    return RedirectResponse(path, status_code=303)


def _keep_after(response: Response, visit: Visit) -> None:
    """Carry the ids of this request's events to the next page."""
    if visit.calls.after and visit.calls.after != visit.request.cookies.get(AFTER_COOKIE, ""):
        response.set_cookie(
            AFTER_COOKIE,
            visit.calls.after[-2000:],
            max_age=AFTER_SECONDS,
            httponly=True,
            samesite="lax",
            secure=settings_of(visit.request).secure_cookies,
        )
