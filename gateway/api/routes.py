"""The JSON API, /api/v1: sessions for programs, then the owners' routes."""

from fastapi import APIRouter, Request
from pydantic import Field

from contracts.errors import chassis as codes
from contracts.http.registry import ChangePassword, LoggedIn, LogIn
from contracts.models import Command, View
from gateway.api import scans, sheets
from gateway.api.access import token_of
from gateway.api.forwarding import add
from gateway.api.rows import ROWS
from gateway.sessions import store
from gateway.sessions.visit import calls_of, settings_of
from services.chassis.http import chassis_of
from services.chassis.identity import SYSTEM
from services.chassis.problems import Problem

router = APIRouter(prefix="/api/v1")


class NewSession(Command):
    """Account and password."""

    account: str = Field(max_length=64)
    password: str = Field(max_length=256)
    code: str = Field(default="", max_length=16, description="one-time code, where the account asks for one")


class Opened(View):
    """A bearer token and who it stands for."""

    token: str
    who: LoggedIn


@router.post("/sessions", tags=["sessions"], summary="登录")
async def open_session(request: Request, command: NewSession) -> Opened:
    """Log in; the token ends after inactivity."""
    address = request.client.host if request.client else ""
    log_in = LogIn(**command.model_dump(), address=address)
    who = await calls_of(request).as_(SYSTEM).post("registry", "/log-in", LoggedIn, log_in)
    must_enrol = settings_of(request).must_enrol(who)
    token = await store.open_session(chassis_of(request), who, address=address, must_enrol_totp=must_enrol)
    return Opened(token=token, who=who)


@router.post("/password", tags=["sessions"], summary="修改密码")
async def change_password(request: Request, command: ChangePassword) -> LoggedIn:
    """Change the password; also while the initial one is in use."""
    token = token_of(request)
    session = await store.find(chassis_of(request), token, settings_of(request).session_minutes)
    if session is None:
        raise Problem(codes.NOT_LOGGED_IN)
    calls = calls_of(request).as_(store.caller_of(session))
    who = await calls.post("registry", "/password", LoggedIn, command)
    await store.password_changed(chassis_of(request), token, session.account)
    return who


for _row in ROWS:
    add(router, _row)
router.include_router(sheets.router)
router.include_router(scans.router)
