"""Log in, log out, change the password (clause 三: the initial password is changed at first log-in)."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from contracts.errors import gateway as codes
from contracts.http.registry import ChangePassword, LoggedIn, LogIn
from gateway.pages import template
from gateway.sessions import store
from gateway.sessions.visit import LOG_IN, PASSWORD, PageRoute, Visitor, calls_of, settings_of
from gateway.tables import Session
from services.chassis.http import chassis_of
from services.chassis.identity import SYSTEM
from services.chassis.problems import Problem

open_router = APIRouter(include_in_schema=False)
router = APIRouter(route_class=PageRoute, include_in_schema=False)


def home_of(who: LoggedIn | Session) -> str:
    """Where a person's work begins."""
    return "/desk" if who.district else "/"


@open_router.get(LOG_IN)
async def log_in_page(request: Request) -> Response:
    """The log-in page."""
    return template("log_in.html", now=chassis_of(request).business.now(), problem=None, account="")


@open_router.post(LOG_IN)
async def log_in(
    request: Request,
    account: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Open a session, or show the one refusal that reveals nothing."""
    chassis = chassis_of(request)
    address = request.client.host if request.client else ""
    command = LogIn(
        account=account.strip()[:64], password=password[:256], code=code.strip()[:16], address=address
    )
    try:
        who = await calls_of(request).as_(SYSTEM).post("registry", "/log-in", LoggedIn, command)
    except Problem as problem:
        now = chassis.business.now()
        return template("log_in.html", problem.body.status, now=now, problem=problem.body, account=account)
    must_enrol = settings_of(request).must_enrol(who)
    token = await store.open_session(chassis, who, address=address, must_enrol_totp=must_enrol)
    response = RedirectResponse(PASSWORD if who.must_change_password else home_of(who), status_code=303)
    secure = settings_of(request).secure_cookies
    response.set_cookie(store.COOKIE, token, httponly=True, samesite="lax", secure=secure)
    return response


@router.post("/log-out")
async def log_out(visit: Visitor) -> Response:
    """End the session."""
    await store.end(visit.chassis, visit.token)
    response = RedirectResponse(LOG_IN, status_code=303)
    response.delete_cookie(store.COOKIE)
    return response


@router.get(PASSWORD)
async def password_page(visit: Visitor) -> Response:
    """The page that changes a password; forced while the initial one is in use."""
    return visit.page("password.html", problem=None)


@router.post(PASSWORD)
async def change_password(
    visit: Visitor,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change it; other sessions of the account end."""
    if new != again:
        return visit.page("password.html", 422, problem=Problem(codes.PASSWORDS_DIFFER, field="again").body)
    try:
        await visit.calls.post(
            "registry", "/password", LoggedIn, ChangePassword(old=old[:256], new=new[:256])
        )
    except Problem as problem:
        return visit.page("password.html", problem.body.status, problem=problem.body)
    await store.password_changed(visit.chassis, visit.token, visit.session.account)
    return visit.go(f"{home_of(visit.session)}?said=password_changed")
