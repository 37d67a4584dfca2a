"""HTTP of log-in, passwords, accounts and one-time codes."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from contracts.http.accounts import (
    AccountState,
    EmployerAccounts,
    IdlePage,
    LogInLog,
    TotpCode,
    TotpOffer,
    TotpState,
)
from contracts.http.paging import PAGE_SIZE
from contracts.http.registry import ChangePassword, LoggedIn, LogIn, NewAccount, NewOfficer, Officers
from contracts.values import AccountId, EmployerNo
from services.chassis.http import Signed, Work, WorkRoute, chassis_of
from services.registry.api.parameters import PageNo, Size
from services.registry.commands import accounts as commands
from services.registry.commands import log_in as log_ins
from services.registry.commands import officers as officer_accounts
from services.registry.commands import password as passwords
from services.registry.commands import totp
from services.registry.queries import accounts as queries

router = APIRouter(route_class=WorkRoute)
passwords_router = APIRouter()
"""Routes that verify a password: they open their own short units of work around the slow hash."""
Days = Annotated[int, Query(ge=1, le=3660)]


@passwords_router.post("/log-in")
async def log_in(request: Request, caller: Signed, asked: LogIn) -> LoggedIn:
    """Account and password."""
    return await log_ins.log_in(chassis_of(request), caller, asked)


@passwords_router.post("/password")
async def change_password(request: Request, caller: Signed, asked: ChangePassword) -> LoggedIn:
    """A new password of one's own."""
    return await passwords.change_password(chassis_of(request), caller, asked)


@router.post("/officers")
async def create_officer(work: Work, asked: NewOfficer) -> NewAccount:
    """A new officer's account."""
    return await officer_accounts.create_officer(work, asked)


@router.get("/officers")
async def officers(work: Work) -> Officers:
    """The officers an administrator may see."""
    return await queries.officers(work)


@router.get("/accounts/{account}/log-ins")
async def tries_of(work: Work, account: AccountId, page: PageNo = 1, size: Size = PAGE_SIZE) -> LogInLog:
    """Tries to log in."""
    return await queries.log_ins(work, account, page=page, size=size)


@router.post("/accounts/{account}/lock")
async def lock(work: Work, account: AccountId) -> AccountState:
    """Lock an account."""
    return await commands.lock(work, account)


@router.post("/accounts/{account}/unlock")
async def unlock(work: Work, account: AccountId) -> AccountState:
    """Unlock an account."""
    return await commands.unlock(work, account)


@router.post("/accounts/{account}/reset")
async def reset(work: Work, account: AccountId) -> NewAccount:
    """A new initial password of an officer."""
    return await commands.reset(work, account)


@router.get("/employers/{employer_no}/accounts")
async def of_employer(work: Work, employer_no: EmployerNo) -> EmployerAccounts:
    """Who acts for an employer."""
    return await queries.of_employer(work, employer_no)


@router.get("/idle-employers")
async def idle(work: Work, days: Days = 30, page: PageNo = 1, size: Size = PAGE_SIZE) -> IdlePage:
    """Employers not logged in for a while."""
    return await queries.idle(work, days, page=page, size=size)


@router.get("/totp")
async def totp_state(work: Work) -> TotpState:
    """Whether the own log-in asks a code."""
    return await totp.state(work)


@router.post("/totp")
async def offer_totp(work: Work) -> TotpOffer:
    """A new secret of one's own."""
    return await totp.offer(work)


@router.post("/totp/confirm")
async def confirm_totp(work: Work, asked: TotpCode) -> TotpState:
    """The code of the new secret."""
    return await totp.confirm(work, asked)


@router.post("/totp/off")
async def totp_off(work: Work, asked: TotpCode) -> TotpState:
    """No codes any more."""
    return await totp.switch_off(work, asked)
