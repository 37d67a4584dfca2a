"""Rates as policy data: drafted, released by a second officer, in force by month (domain 1.5, 3.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from contracts.values import Kind, Role, Scheme
from services.billing.commands.run import run_month
from services.chassis.identity import SYSTEM
from services.chassis.policy import MissingPolicy
from services.chassis.work import work_scope
from tests.billing.facts import ZHIFU, A, B, employer, officer, specialist, started
from tests.servers.bare_service import BareService

FIRST, SECOND = officer(Role.POLICY, account="lin.cao"), officer(Role.POLICY, account="zhou.he")
NEXT: dict[str, Any] = {
    "scheme": "enterprise",
    "effective_from": "2016-10",
    "until": None,
    "document_no": "鲁人社发〔2016〕99号",
    "rates": [
        {"kind": "pension", "unit": 160_000, "person": 80_000},
        {"kind": "medical", "unit": 70_000, "person": 20_000},
        {"kind": "unemployment", "unit": 10_000, "person": 5_000},
        {"kind": "maternity", "unit": 5_000},
        {"kind": "large_medical", "fixed_unit": 3_00, "fixed_person": 5_00},
    ],
}

GOVERNMENT = [
    {"kind": "gov_pension", "unit": 160_000, "person": 80_000},
    {"kind": "annuity", "unit": 80_000, "person": 40_000},
    *NEXT["rates"][1:],
]


async def _drafted(billing: BareService, **changes: Any) -> str:
    answer = await billing.post("/rates", FIRST, NEXT | changes)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def test_3_1_shipped_rates_are_listed_newest_first(billing: BareService):
    rows = (await billing.get("/rates", FIRST)).json()["rows"]
    assert len(rows) == 8
    assert [row["effective_from"] for row in rows][0::7] == ["2019-05", "2014-01"]
    assert all(row["drafted_by"] != row["released_by"] for row in rows)


async def test_1_5_a_draft_prices_nothing_until_a_second_officer_releases_it(billing: BareService):
    await billing.take(employer(), started(1, 5_431_00))
    rates = await _drafted(billing)
    same = await billing.post(f"/rates/{rates}/release", FIRST)
    assert (same.status_code, same.json()["code"]) == (409, "four_eyes.same_officer")
    released = await billing.post(f"/rates/{rates}/release", SECOND)
    assert (released.status_code, released.json()["released_by"]) == (200, "zhou.he")
    again = await billing.post(f"/rates/{rates}/release", SECOND)
    assert again.json()["code"] == "rates.released"
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    bills = "SELECT month, unit FROM kind_sums WHERE kind = 'pension' ORDER BY month"
    assert await billing.rows(bills) == [{"month": 201609, "unit": 977_58}, {"month": 201610, "unit": 868_96}]


async def test_1_5_the_database_refuses_one_officer_as_both(billing: BareService):
    rates = await _drafted(billing)
    forged = "UPDATE rate_sets SET released_by = drafted_by, released_at = now() WHERE id = :id RETURNING no"
    with pytest.raises(IntegrityError, match="two_officers"):
        await billing.rows(forged, id=rates)


async def test_3_1_one_release_per_scheme_and_month(billing: BareService):
    one, other = await _drafted(billing), await _drafted(billing)
    assert (await billing.post(f"/rates/{one}/release", SECOND)).status_code == 200
    refused = await billing.post(f"/rates/{other}/release", SECOND)
    assert (refused.status_code, refused.json()["code"]) == (409, "rates.exist")


async def test_3_1_a_billed_month_is_not_changed_behind_its_bills(billing: BareService):
    await billing.take(employer(), started(1, 5_431_00))
    await billing.at(date(2016, 10, 1))
    await billing.run_days()
    rates = await _drafted(billing)
    refused = await billing.post(f"/rates/{rates}/release", SECOND)
    assert (refused.status_code, refused.json()["code"]) == (409, "rates.month_billed")


async def test_1_5_a_run_that_waits_for_one_schemes_rates_gets_them(billing: BareService):
    """The other scheme's bills of the month are already made; the rates of 2020 are not shipped."""
    kinds = (Kind.GOV_PENSION, Kind.ANNUITY, Kind.MEDICAL, Kind.UNEMPLOYMENT, Kind.INJURY, Kind.MATERNITY)
    government: dict[str, Any] = {"scheme": Scheme.GOVERNMENT, "kinds": kinds}
    await billing.take(employer(), employer(B, **government), started(1, 5_431_00))
    await billing.take(started(9, 5_431_00, employer_no=B, **government))
    day = date(2020, 1, 1)
    await billing.at(day)
    first = await _drafted(billing, effective_from="2020-01")
    assert (await billing.post(f"/rates/{first}/release", SECOND)).status_code == 200
    assert await _chunk(billing, day) is False
    with pytest.raises(MissingPolicy, match="机关事业单位社会保险费率（2020-01）"):
        await _chunk(billing, day)
    second = await _drafted(billing, scheme="government", effective_from="2020-01", rates=GOVERNMENT)
    released = await billing.post(f"/rates/{second}/release", SECOND)
    assert released.status_code == 200, released.text
    while not await _chunk(billing, day):
        pass
    bills = "SELECT employer_no, total FROM bills WHERE month = 202001 ORDER BY 1"
    assert await billing.rows(bills) == [
        {"employer_no": A, "total": 1949_74},
        {"employer_no": B, "total": 2601_46},
    ]


async def _chunk(billing: BareService, day: date) -> bool:
    """One employer of the monthly run."""
    async with work_scope(billing.chassis, SYSTEM, day=day) as work:
        return await run_month(work, day, 1)


async def test_3_1_unfit_rates_are_refused_with_the_reason(billing: BareService):
    twice = NEXT | {"rates": [{"kind": "pension"}, {"kind": "pension"}]}
    injury = NEXT | {"rates": [{"kind": "injury", "unit": 9_000}]}
    backwards = NEXT | {"until": "2016-09"}
    for wrong, reason in ((twice, "企业职工基本养老出现两次"), (injury, "工伤费率"), (backwards, "截止月")):
        answer = await billing.post("/rates", FIRST, wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "rates.unfit")
        assert reason in answer.json()["detail"]


async def test_laws_only_policy_officers_of_the_city_keep_rates(billing: BareService):
    elsewhere = officer(Role.POLICY, district=ZHIFU)
    counter = officer(Role.COUNTER)
    assert [
        (await billing.post("/rates", who, NEXT)).status_code for who in (elsewhere, counter, specialist())
    ] == [403, 403, 403]
    assert (await billing.post("/rates", FIRST, NEXT)).status_code == 200
    assert (await billing.get("/rates", specialist())).status_code == 403
