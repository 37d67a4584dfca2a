"""Whatever is paid in whatever order: payments are allocations and suspense, and the fee follows from the facts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.month import Month
from contracts.values import DebtSort, Kind
from services.billing.rules import allocation
from services.billing.rules.standing import Booked, LedgerDebt
from tests.billing.money.conftest import (
    COUNTER,
    OCTOBER,
    ONE,
    SEPTEMBER,
    V1,
    Standing,
    add_bill,
    at,
    confirm,
    counted,
    notified,
)
from tests.servers.callers import specialist as employer

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Paid:
    """Principal of one debt paid on a day, fen."""

    day: date
    amount: int


def fee_day_by_day(principal: int, paid: list[Paid], fee_from: date, on: date) -> int:
    """The fee of one debt as a clerk counts it: each day what stood unpaid in its morning (A26 to A29)."""
    product, day = Decimal(0), fee_from
    cap = principal - sum(one.amount for one in paid if one.day < fee_from)
    while day <= on:
        product += principal - sum(one.amount for one in paid if one.day < day)
        day += DAY
    fee = (product * Decimal("0.0005")).quantize(Decimal(1), ROUND_HALF_UP)
    return min(int(fee), cap)


def ledger() -> list[LedgerDebt]:
    return [
        LedgerDebt(
            id=place,
            employer_no=ONE,
            bill_month=month,
            month=month,
            kind=Kind(kind),
            sort=DebtSort.ORDINARY,
            fee_from=month.day(11),
            unit=unit,
            person=person,
        )
        for place, (month, (kind, (_, unit, person))) in enumerate(
            (month, entry) for month in (SEPTEMBER, OCTOBER) for entry in V1.items()
        )
    ]


def pay(debts: list[LedgerDebt], amount: int, on: date) -> int:
    """Pay as the counter does; what was taken."""
    facts = []
    for debt in debts:
        owed = debt.standing(on)
        facts.append(allocation.Debt(debt.month, debt.kind, debt.sort, owed.unit, owed.person, owed.fee))
    by_facts = {id(one): debt for one, debt in zip(facts, debts, strict=True)}
    result = allocation.allocate(facts, amount)
    for one in result.allocations:
        by_facts[id(one.debt)].book(Booked(on, one.unit, one.person, one.fee))
    return amount - result.rest


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 900_000)), max_size=8), st.integers(0, 400))
def test_2_5_any_history_of_payments_keeps_every_fen(history: list[tuple[int, int]], later: int):
    debts, day, taken = ledger(), date(2016, 9, 5), 0
    for gap, amount in history:
        day += timedelta(days=gap)
        taken += pay(debts, amount, day)
    assert sum(debt.unit_paid + debt.person_paid + debt.fee_paid for debt in debts) == taken
    on = day + timedelta(days=later)
    for debt in debts:
        paid = [Paid(one.paid_on, one.unit + one.person) for one in debt.booked]
        owed = debt.standing(on)
        principal = debt.unit + debt.person
        assert owed.late_fee.amount == fee_day_by_day(principal, paid, debt.fee_from, on)
        assert owed.fee == owed.late_fee.amount - debt.fee_paid
        assert min(owed.unit, owed.person, owed.fee) >= 0
        assert (debt.closed_on is not None) == (owed.total == 0 and debt.standing(on + 400 * DAY).total == 0)


async def act(world: Standing, dice: random.Random, day: date, place: int, slip_no: str) -> None:
    """One payment at the counter or through a bank, fitting or not."""
    service = world.service
    owed = (await service.get(f"/arrears?on={day}", employer(ONE))).json()["total"]
    choice = dice.randrange(3)
    if choice == 0:
        amount = dice.randrange(1, 1_000_000)
        await service.post("/counter-payments", COUNTER, counted(amount, str(day), f"R{place}"))
    elif choice == 1 and owed:
        asked = await service.post("/arrears/slips", employer(ONE), {"pay_on": str(day)})
        made = asked.json()
        paid_at = at(day.day, 12, month=day.month)
        await service.take(notified(made["slip_no"], made["amount"], paid_at, f"B{place}"))
    else:
        await service.take(notified(slip_no, dice.randrange(1, 9_999), at(9), f"W{place}"))


async def invariants(world: Standing) -> None:
    service = world.service
    sums = await service.rows(
        "SELECT (SELECT coalesce(sum(amount), 0) FROM payments)::bigint AS payments, "
        "(SELECT coalesce(sum(amount), 0) FROM payments WHERE state = 'suspended')::bigint AS suspended, "
        "(SELECT coalesce(sum(unit + person + fee), 0) FROM allocations)::bigint AS allocated, "
        "(SELECT coalesce(sum(unit_paid + person_paid + fee_paid), 0) FROM debts)::bigint AS on_debts, "
        "(SELECT coalesce(sum(amount), 0) FROM receipts)::bigint AS receipts"
    )
    row = sums[0]
    assert row["payments"] == row["allocated"] + row["suspended"]
    assert row["allocated"] == row["on_debts"] == row["receipts"]
    on = date(2017, 1, 20)
    view = (await service.get(f"/arrears?on={on}", employer(ONE))).json()
    assert view["fee"] == await fee_from_rows(world, on)


async def fee_from_rows(world: Standing, on: date) -> int:
    """The fee still owed, counted day by day from the rows."""
    debts = await world.service.rows("SELECT id, unit + person AS principal, fee_from, fee_paid FROM debts")
    total = 0
    for debt in debts:
        query = "SELECT paid_on, unit + person AS amount FROM allocations WHERE debt_id = :id"
        rows = await world.service.rows(query, id=debt["id"])
        paid = [Paid(row["paid_on"], row["amount"]) for row in rows]
        total += fee_day_by_day(debt["principal"], paid, debt["fee_from"], on) - debt["fee_paid"]
    return total


@pytest.mark.parametrize("seed", [3, 7, 11])
async def test_2_5_any_history_on_postgres_keeps_every_fen(confirmed: Standing, seed: int):
    service, dice = confirmed.service, random.Random(seed)
    await service.run_days()
    months: list[Month] = [OCTOBER]
    kinds: dict[str, Any] = {"pension": V1["pension"], "injury": V1["injury"]}
    for place, day in enumerate(sorted(dice.sample([date(2016, 9, 12) + n * DAY for n in range(100)], 7))):
        await service.at(day)
        if months and day >= date(2016, 10, 1):
            await add_bill(service, month=months.pop(), kinds=kinds)
            if day <= date(2016, 10, 10):
                await confirm(service, month=OCTOBER)
        await service.run_days()
        await act(confirmed, dice, day, place, confirmed.slip_no)
        await invariants(confirmed)
    assert await service.rows("SELECT * FROM dead_letters") == []
