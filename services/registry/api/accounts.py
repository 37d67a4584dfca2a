"""HTTP of log-in, passwords and officers' accounts."""

from fastapi import APIRouter, Request

from contracts.http.registry import ChangePassword, LoggedIn, LogIn, NewAccount, NewOfficer, Officers
from services.chassis.http import Work, WorkRoute, caller_of, chassis_of
from services.registry.commands import log_in as log_ins
from services.registry.commands import officers as officer_accounts
from services.registry.commands import password as passwords
from services.registry.queries import accounts as queries

router = APIRouter(route_class=WorkRoute)
passwords_router = APIRouter()
"""Routes that verify a password: they open their own short units of work around the slow hash."""


@passwords_router.post("/log-in")
async def log_in(request: Request, asked: LogIn) -> LoggedIn:
    """Account and password."""
    chassis = chassis_of(request)
    return await log_ins.log_in(chassis, caller_of(request, chassis), asked)


@passwords_router.post("/password")
async def change_password(request: Request, asked: ChangePassword) -> LoggedIn:
    """A new password of one's own."""
    chassis = chassis_of(request)
    return await passwords.change_password(chassis, caller_of(request, chassis), asked)


@router.post("/officers")
async def create_officer(work: Work, asked: NewOfficer) -> NewAccount:
    """A new officer's account."""
    return await officer_accounts.create_officer(work, asked)


@router.get("/officers")
async def officers(work: Work) -> Officers:
    """The officers an administrator may see."""
    return await queries.officers(work)
