"""What billing may ask of the door: which payments of some employers banks told for some days (A24)."""

from __future__ import annotations

import pytest

from contracts.http.bank import WindowMoney
from contracts.identity import Caller
from contracts.values import Role
from services.chassis.identity import SYSTEM
from tests.gateway.bank.conftest import Bank
from tests.servers.house import specialist

ASKED = {"employers": ["3706000123"], "first_day": "2016-09-01", "last_day": "2016-09-10"}
SHANGHAI_DAYS = ("2016-08-31T23:59:59+08:00", "2016-09-01T00:00:00+08:00", "2016-09-10T23:59:59+08:00")


async def serials(bank: Bank, **changes: object) -> list[str]:
    asked = WindowMoney.model_validate(ASKED | changes)
    answer = await bank.home.gateway.post("/bank/told", SYSTEM, asked)
    assert answer.status_code == 200, answer.text
    return [row["serial"] for row in answer.json()["rows"]]


async def test_A24_payments_are_told_by_employer_and_the_banks_time(bank: Bank):
    for place, paid_at in enumerate((*SHANGHAI_DAYS, "2016-09-11T00:00:00+08:00")):
        await bank.notify({"serial": f"S{place}", "paid_at": paid_at})
    await bank.notify({"serial": "S9", "slip_no": "37060009990000019"})
    assert await serials(bank) == ["S1", "S2"]
    assert await serials(bank, employers=("3706000999", "3706000123")) == ["S1", "S2", "S9"]
    assert await serials(bank, employers=()) == []


async def test_A24_nothing_of_the_payer_or_the_sum_is_told(bank: Bank):
    await bank.notify()
    asked = WindowMoney.model_validate(ASKED)
    (row,) = (await bank.home.gateway.post("/bank/told", SYSTEM, asked)).json()["rows"]
    assert set(row) == {"payment_id", "bank", "serial", "slip_no", "paid_at"}


@pytest.mark.parametrize(
    "caller",
    [
        Caller(account="gao.min", roles=frozenset(set(Role) - {Role.SYSTEM}), district="370602"),
        Caller(account="3706000123", roles=specialist("3706000123").roles, employer_no="3706000123"),
    ],
    ids=["officer", "employer"],
)
async def test_A24_nobody_but_the_system_may_ask(bank: Bank, caller: Caller):
    answer = await bank.home.gateway.post("/bank/told", caller, WindowMoney.model_validate(ASKED))
    assert answer.status_code == 403
