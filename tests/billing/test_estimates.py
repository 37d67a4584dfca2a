"""Estimate: the one pricing statement over supplied rows; SQL = Python = an independent oracle."""

from __future__ import annotations

import random
from typing import Any

from contracts.month import Month
from contracts.values import Kind, Scheme
from services.billing.queries.rates import released
from services.billing.rules.price import price
from services.billing.rules.rates import operands, rates_in
from services.chassis.identity import SYSTEM
from services.chassis.work import read_scope
from tests.billing.facts import FIVE, A, B, employer, golden, specialist
from tests.billing.rules import oracle
from tests.servers.bare_service import BareService

FIVE_RATES = {
    "pension": (180_000, 80_000, 0, 0),
    "medical": (70_000, 20_000, 0, 0),
    "unemployment": (10_000, 5_000, 0, 0),
    "injury": (9_000, 0, 0, 0),
    "maternity": (5_000, 0, 0, 0),
}
GOV_RATES = FIVE_RATES | {"gov_pension": (200_000, 80_000, 0, 0), "annuity": (80_000, 40_000, 0, 0)}


def _row(ref: str, base: int, kinds: tuple[Kind, ...] = FIVE, **more: Any) -> dict[str, Any]:
    return {"ref": ref, "base": base, "scheme": "enterprise", "kinds": [str(kind) for kind in kinds]} | more


async def test_v1_an_estimate_costs_what_the_bill_costs_and_stores_nothing(billing: BareService):
    await billing.take(employer())
    rows = [_row("a", 2_910_00), _row("b", 5_431_00), _row("c", 14_549_00, rural_contract=True)]
    found = (await billing.post("/estimates", specialist(), {"month": "2016-09", "rows": rows})).json()
    assert [(row["ref"], row["unit"], row["person"]) for row in found["rows"]] == [
        ("a", 797_34, 305_55),
        ("b", 1488_10, 570_26),
        ("c", 3986_43, 1454_90),
    ]
    assert (found["unit"], found["person"]) == (6271_87, 2330_71)
    assert await billing.rows("SELECT * FROM person_lines") == []
    await billing.take(*golden())
    assert (await billing.get("/bills/2016-09", specialist())).json()["total"] == 8602_58


async def test_sql_equals_python_equals_the_oracle_on_both_schemes(billing: BareService):
    await billing.take(employer())
    chance = random.Random(20160901)  # the same rows every time
    rows = []
    for number in range(2_000):
        scheme = chance.choice(["enterprise", "government"])
        rates = (
            FIVE_RATES if scheme == "enterprise" else {k: r for k, r in GOV_RATES.items() if k != "pension"}
        )
        kinds = tuple(Kind(kind) for kind in rates if chance.random() < 0.8)
        rural = chance.random() < 0.3
        base = chance.choice([chance.randrange(2_000, 20_000) * 100, chance.randrange(5_000_000)])
        rows.append(_row(str(number), base, kinds, scheme=scheme, rural_contract=rural))
    found = (await billing.post("/estimates", specialist(), {"month": "2016-09", "rows": rows})).json()
    async with read_scope(billing.chassis, SYSTEM) as work:
        versions = await released(work)
    for row, sums in zip(rows, found["rows"], strict=True):
        expected = oracle.person_line(
            row["base"],
            rural=row["rural_contract"],
            rates=FIVE_RATES if row["scheme"] == "enterprise" else GOV_RATES,
            taken=row["kinds"],
        )
        by_rule = price(
            operands(
                Month(2016, 9),
                row["base"],
                int(row["rural_contract"]),
                dict.fromkeys(map(Kind, row["kinds"]), 1),
                rates_in(Month(2016, 9), Scheme(row["scheme"]), versions),
                9_000,
            )
        )
        pair = (sums["unit"], sums["person"])
        assert pair == (sum(u for u, _ in expected.values()), sum(p for _, p in expected.values())), row
        assert pair == (by_rule.unit, by_rule.person), row


async def test_1_5_an_estimate_without_policy_data_names_what_is_missing(billing: BareService):
    await billing.take(employer())
    beyond = await billing.post(
        "/estimates", specialist(), {"month": "2020-01", "rows": [_row("a", 2_910_00)]}
    )
    assert (beyond.status_code, beyond.json()["code"]) == (409, "policy.missing")
    assert "企业社会保险费率（2020-01）" in beyond.json()["detail"]
    gov = _row("a", 2_910_00, (Kind.GOV_PENSION,))
    unrated = await billing.post("/estimates", specialist(), {"month": "2016-09", "rows": [gov]})
    assert "机关事业基本养老费率（2016-09）" in unrated.json()["detail"]


async def test_laws_nobody_estimates_for_a_stranger(billing: BareService):
    await billing.take(employer(A))
    asked = {"month": "2016-09", "rows": [_row("a", 2_910_00)]}
    assert (await billing.post("/estimates", specialist(B), asked)).status_code == 404
    assert (await billing.post("/estimates", specialist(A), asked)).status_code == 200
