"""Billing's money side on PostgreSQL: V1's employer with its bill, a bank, and officers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import select, text
from sqlmodel import col

from contracts.events.bank import PaymentNotified
from contracts.identity import WHOLE_CITY, Caller
from contracts.month import Month
from contracts.values import Channel, Role
from services.billing.api import money, suspense
from services.billing.commands import debts, slips
from services.billing.commands.arrears import close_window
from services.billing.commands.expiry import expire_slips
from services.billing.commands.posting import post_notifications
from services.billing.commands.untaken import note_untaken
from services.billing.tables import TABLES, Bill, Employer, InjuryRateRow, KindSumRow, Slip
from services.chassis.app import create_app
from services.chassis.clocks import SHANGHAI
from services.chassis.consumers import Consumers
from services.chassis.days import Jobs
from services.chassis.identity import SYSTEM
from services.chassis.runtime import Service
from services.chassis.settings import Settings
from services.chassis.work import work_scope
from tests.servers.bare_service import BareService, bare_service
from tests.servers.callers import FUSHAN as FUSHAN
from tests.servers.callers import ZHIFU as ZHIFU
from tests.servers.callers import officer as officer
from tests.servers.postgres import Databases

ONE, TWO = "3706000001", "3706000002"
SEPTEMBER, OCTOBER = Month(2016, 9), Month(2016, 10)
V1 = {
    "pension": (2_289_000, 412_020, 183_120),
    "medical": (2_289_000, 160_230, 45_780),
    "unemployment": (2_289_000, 22_890, 4_171),
    "injury": (2_289_000, 20_601, 0),
    "maternity": (2_289_000, 11_446, 0),
}
"""Golden V1: base sum, unit, person of each kind, fen; 8,602.58 in all."""


COUNTER, CITY = officer(Role.COUNTER), officer(Role.FINANCE, district=WHOLE_CITY, account="shi.zhongxin")
BANK = Caller(account="bank", roles=frozenset({Role.SYSTEM}), channel=Channel.BANK)


def create(settings: Settings) -> FastAPI:
    """Billing with its money side alone."""
    consumers, jobs = Consumers(), Jobs()
    consumers.on(PaymentNotified)(post_notifications)
    jobs.daily("expired_slips")(expire_slips)
    jobs.daily("close_window", ready=note_untaken)(close_window)
    service = Service(
        name="billing", tables=TABLES, routers=(money.router, suspense.router), consumers=consumers, jobs=jobs
    )
    return create_app(service, settings)


@pytest.fixture
async def billing(databases: Databases) -> AsyncIterator[BareService]:
    async with bare_service(databases, "billing", create, date(2016, 9, 7)) as service:
        yield service


async def add(service: BareService, *rows: Any) -> None:
    async with service.chassis.sessions() as session:
        session.add_all(rows)
        await session.commit()


async def change(service: BareService, *statements: str) -> None:
    """Let the bills side change its rows."""
    async with service.chassis.sessions() as session:
        for statement in statements:
            await session.execute(text(statement))
        await session.commit()


async def add_employer(service: BareService, number: str = ONE, district: str = ZHIFU) -> None:
    row = Employer(
        employer_no=number,
        version=1,
        name="烟台海风机械有限公司",
        credit_code="91370600MA3C1A2B9T",
        scheme="enterprise",
        district=district,
        agency=district,
    )
    rate = InjuryRateRow(
        employer_no=number,
        from_month=Month(2015, 10),
        to_month=Month(9999, 12),
        injury_class=4,
        float_percent=100,
        rate=9000,
    )
    await add(service, row, rate)


async def add_bill(
    service: BareService,
    number: str = ONE,
    month: Month = SEPTEMBER,
    kinds: dict[str, tuple[int, int, int]] = V1,
) -> None:
    """An assessed bill with its kind sums, as the monthly run leaves it."""
    sums = [
        KindSumRow(
            employer_no=number,
            month=month,
            contribution_month=month,
            sort="ordinary",
            fee_from=month.day(11),
            kind=kind,
            persons=3,
            base_sum=base,
            unit=unit,
            person=person,
        )
        for kind, (base, unit, person) in kinds.items()
    ]
    unit, person = sum(row.unit for row in sums), sum(row.person for row in sums)
    bill = Bill(
        employer_no=number,
        month=month,
        sort="ordinary",
        version=1,
        state="assessed",
        persons=3,
        unit=unit,
        person=person,
        total=unit + person,
        due_day=month.day(10),
    )
    await add(service, bill, *sums)


async def confirm(service: BareService, number: str = ONE, month: Month = SEPTEMBER) -> str:
    """Confirm a bill as its employer does: debts and an ordinary slip, whose number comes back."""
    async with work_scope(service.chassis, SYSTEM) as work:
        await work.session.get_one(Employer, number, with_for_update=True)
        await debts.ensure_for_bill(work, number, month)
        query = select(Bill).where(col(Bill.employer_no) == number, col(Bill.month) == month)
        bill = (await work.session.scalars(query)).one()
        bill.state, bill.confirmed_at = "confirmed", work.now
        return (await slips.issue_ordinary(work, number, month)).slip_no


async def void(service: BareService, slip_no: str, cause: str = slips.ROSTER_CHANGED) -> None:
    async with work_scope(service.chassis, SYSTEM) as work:
        await slips.void(work, await work.session.get_one(Slip, slip_no), cause)


@dataclass(frozen=True)
class Standing:
    """V1's employer with its confirmed September bill."""

    service: BareService
    slip_no: str


@pytest.fixture
async def confirmed(billing: BareService) -> Standing:
    await add_employer(billing)
    await add_bill(billing)
    return Standing(billing, await confirm(billing))


def at(day: int, hour: int = 10, minute: int = 0, month: int = 9) -> datetime:
    return datetime(2016, month, day, hour, minute, tzinfo=SHANGHAI)


def notified(
    slip_no: str, amount: int, paid_at: datetime, serial: str = "A1", bank: str = "ICBC"
) -> PaymentNotified:
    return PaymentNotified(
        version=1,
        notification_id=uuid4(),
        bank=bank,
        serial=serial,
        slip_no=slip_no,
        amount=amount,
        paid_at=paid_at,
        clearing_day=(paid_at + timedelta(days=1)).date(),
    )


def counted(
    amount: int, paid_on: str, reference: str = "P1", number: str = ONE, **more: Any
) -> dict[str, Any]:
    return {"employer_no": number, "amount": amount, "paid_on": paid_on, "reference": reference} | more
