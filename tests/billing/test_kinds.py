"""A month's bill holds the kinds in force in that month alone (domain 4.2); sums are V1's by kind (3.5)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from contracts.events.billing import BillAssessed
from contracts.events.enrollment import KindsChanged
from contracts.values import Kind
from tests.billing.facts import FIVE, OCTOBER, employer, golden, relation
from tests.servers.bare_service import BareService

FOUR = tuple(kind for kind in FIVE if kind is not Kind.MATERNITY)
BASES = {1: 2_910_00, 2: 5_431_00, 3: 14_549_00}
MATERNITY = 114_46
"""What V1 owes for maternity: 0.5 % of 22,890 yuan, person by person."""


def changed(number: int) -> KindsChanged:
    plain = relation(
        number, BASES[number], version=2, kinds=FOUR, base_from=OCTOBER, rural_contract=number == 3
    )
    return KindsChanged.model_validate(plain | {"old_kinds": FIVE, "enrollment_id": UUID(int=number)})


async def totals(billing: BareService) -> dict[str, tuple[int, list[str]]]:
    rows = await billing.rows("SELECT body FROM outbox WHERE type = 'BillAssessed' ORDER BY id")
    found = [BillAssessed.model_validate(row["body"]) for row in rows]
    return {str(body.month): (body.total, [kind.kind.value for kind in body.kinds]) for body in found}


async def test_V1_october_without_maternity_is_8488_12_and_september_stays_8602_58(billing: BareService):
    await billing.take(employer(), *golden())
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    await billing.take(*(changed(number) for number in BASES))
    found = await totals(billing)
    assert found["2016-09"][0] == 8602_58
    assert found["2016-10"] == (8602_58 - MATERNITY, ["pension", "unemployment", "medical", "injury"])
    assert found["2016-10"][0] == 8488_12


async def test_V1_the_fact_may_come_before_the_months_run(billing: BareService):
    await billing.take(employer(), *golden(), *(changed(number) for number in BASES))
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    found = await totals(billing)
    assert (found["2016-09"][0], found["2016-10"][0]) == (8602_58, 8488_12)
