"""动态口令 of one's own account: offered, confirmed, taken at log-in, switched off."""

from __future__ import annotations

import base64
import secrets

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.http.accounts import TotpCode, TotpOffer, TotpState
from services.chassis.clocks import wall_now
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.rules import totp as rules
from services.registry.tables import Account

ISSUER = "烟台社保"


async def offer(work: UnitOfWork) -> TotpOffer:
    """A new secret; the one in force stays until a code of the new one was given."""
    account = await _own(work)
    if account.totp_on:
        raise Problem(codes.TOTP_NOT_OFFERED)
    secret = secrets.token_bytes(rules.SECRET_BYTES)
    plain = base64.b32encode(secret).decode()
    account.totp_secret = work.chassis.vault.seal(plain)
    uri = rules.generator(secret).get_provisioning_uri(account.account, ISSUER)
    work.audit("totp_offered", account.account)
    return TotpOffer(secret=plain, uri=uri)


async def confirm(work: UnitOfWork, asked: TotpCode) -> TotpState:
    """Log-in asks a code from now on; Problem for a wrong one."""
    account = await _own(work)
    if account.totp_secret is None or account.totp_on:
        raise Problem(codes.TOTP_NOT_OFFERED)
    _take_or_refuse(work, account, asked.code)
    account.totp_on = True
    work.audit("totp_on", account.account)
    return TotpState(on=True)


async def switch_off(work: UnitOfWork, asked: TotpCode) -> TotpState:
    """Log-in asks no code any more; Problem for a wrong one."""
    account = await _own(work)
    if not account.totp_on:
        raise Problem(codes.TOTP_NOT_OFFERED)
    _take_or_refuse(work, account, asked.code)
    forget(account)
    work.audit("totp_off", account.account)
    return TotpState(on=False)


async def state(work: UnitOfWork) -> TotpState:
    """Whether the caller's own log-in asks a code."""
    account = await work.session.get(Account, work.caller.account)
    return TotpState(on=account is not None and account.totp_on)


def forget(account: Account) -> None:
    """No secret any more: switched off, or the account was reset because the telephone was lost."""
    account.totp_secret, account.totp_on = None, False


def take(work: UnitOfWork, account: Account, code: str) -> bool:
    """True for a code of now that was not used before; it is used up."""
    if account.totp_secret is None:
        return False
    secret = base64.b32decode(work.chassis.vault.open(account.totp_secret))
    step = rules.step_of(secret, code.strip(), int(wall_now().timestamp()), account.totp_step)
    if step is not None:
        account.totp_step = step
    return step is not None


def _take_or_refuse(work: UnitOfWork, account: Account, code: str) -> None:
    if not take(work, account, code):
        raise Problem(codes.TOTP_WRONG, field="code")


async def _own(work: UnitOfWork) -> Account:
    account = await work.session.get(Account, work.caller.account, with_for_update=True)
    if account is None or account.locked:
        raise Problem(common.FORBIDDEN)
    return account
