"""Officers' accounts, made by the security administrator of a district."""

from __future__ import annotations

import re
import secrets

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.http.registry import NewAccount, NewOfficer, OfficerView
from contracts.values import Role
from services.chassis.clocks import wall_now
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.hashing import hash_password
from services.registry.rules import roles
from services.registry.rules.districts import district_on
from services.registry.rules.employer_no import PREFIX
from services.registry.rules.passwords import initial_password
from services.registry.tables import Account

_EMPLOYER_NO = re.compile(rf"{PREFIX}[0-9]{{6}}")


async def create_officer(work: UnitOfWork, asked: NewOfficer) -> NewAccount:
    """An account with an initial password that is shown once."""
    require(work.caller, Role.SECURITY_ADMIN)
    _check(work, asked)
    password = initial_password(secrets.randbelow)
    await add_officer(work, asked, password)
    return NewAccount(account=asked.account, initial_password=password)


async def add_officer(work: UnitOfWork, asked: NewOfficer, password: str) -> None:
    """Write the account; Problem ACCOUNT_TAKEN where the name is in use."""
    row = insert(Account).values(
        account=asked.account,
        display_name=asked.display_name,
        password_hash=await hash_password(password),
        roles=sorted(asked.roles),
        district=asked.district,
        must_change=True,
        locked=False,
        created_at=wall_now(),
    )
    added = await work.session.execute(row.on_conflict_do_nothing().returning(col(Account.account)))
    if added.scalar() is None:
        raise Problem(codes.ACCOUNT_TAKEN, field="account", account=asked.account)
    work.audit("officer_created", asked.account, after=OfficerView(**asked.model_dump()))


def _check(work: UnitOfWork, asked: NewOfficer) -> None:
    if _EMPLOYER_NO.fullmatch(asked.account):
        raise Problem(codes.ACCOUNT_RESERVED, field="account")
    if not roles.for_officers(asked.roles):
        raise Problem(codes.ROLES_NOT_FOR_OFFICERS, field="roles")
    if not roles.administrators_separate(asked.roles):
        raise Problem(codes.ADMINISTRATORS_SEPARATE, field="roles")
    if district_on(asked.district, work.today) is None:
        raise Problem(codes.DISTRICT_UNKNOWN, field="district", district=asked.district)
    if not work.caller.sees_district(asked.district):
        raise Problem(common.FORBIDDEN)
