"""`python -m services.registry.bootstrap --account … --password …`: the first security administrator.

Does nothing where an officer exists already, so that it is safe to repeat; the password must be changed at
the first log-in.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from sqlalchemy import func, select
from sqlmodel import col

from contracts.http.registry import NewOfficer
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import SYSTEM
from services.chassis.runtime import build
from services.chassis.settings import Settings
from services.chassis.work import UnitOfWork, work_scope
from services.registry.app import SERVICE
from services.registry.commands.officers import add_officer
from services.registry.rules.passwords import weakness
from services.registry.tables import Account

_ONE_AT_A_TIME = func.pg_advisory_xact_lock(func.hashtextextended("first officer", 0))


async def _add_first(work: UnitOfWork, first: NewOfficer, password: str) -> bool:
    await work.session.execute(select(_ONE_AT_A_TIME))
    officers = select(func.count()).select_from(Account).where(col(Account.district).is_not(None))
    if await work.session.scalar(officers):
        return False
    await add_officer(work, first, password)
    return True


async def bootstrap(settings: Settings, first: NewOfficer, password: str) -> bool:
    """Create the first officer; False where there is one already."""
    chassis = build(SERVICE, settings)
    try:
        await chassis.business.refresh()
        async with work_scope(chassis, SYSTEM) as work:
            return await _add_first(work, first, password)
    finally:
        await chassis.business.close()
        await chassis.engine.dispose()


def main(
    account: Annotated[str, typer.Option()],
    password: Annotated[str, typer.Option(envvar="SI_FIRST_PASSWORD")],
    name: Annotated[str, typer.Option()] = "安全管理员",
) -> None:
    """Create the first security administrator of the whole city."""
    if fault := weakness(password, own_data=(account, name)):
        raise typer.BadParameter(fault.reason)
    roles = frozenset({Role.SECURITY_ADMIN})
    first = NewOfficer(account=account, display_name=name, roles=roles, district=WHOLE_CITY)
    made = asyncio.run(bootstrap(Settings(), first, password))
    typer.echo(f"created {account}" if made else "an officer exists already")


if __name__ == "__main__":
    typer.run(main)
