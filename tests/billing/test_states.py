"""Bills told again as they stand, and facts that billing hears again (architecture, Delivery)."""

from __future__ import annotations

from tests.billing.facts import A, B, employer, golden, specialist, started
from tests.servers.bare_service import BareService
from tests.servers.telling import republished


async def test_each_bill_is_told_again_in_full_at_its_version(billing: BareService):
    await billing.take(employer(), employer(B), *golden(), started(4, 2_910_00, employer_no=B))
    told = [row["body"] for row in await billing.rows("SELECT body FROM outbox ORDER BY key, id")]
    assert [body["employer_no"] for body in told] == [A, B]
    assert await republished(billing) == [("BillAssessed", body) for body in told]


async def test_a22_a_confirmed_bill_is_told_at_the_version_it_was_assessed_at(billing: BareService):
    """At a later one it would undo the confirmation in every copy."""
    await billing.take(employer(), *golden())
    await billing.take(started(4, 2_910_00))
    seen = {"version": 2, "total": 9705_47}
    assert (await billing.post("/bills/2016-09/confirm", specialist(), seen)).status_code == 200
    ((kind, body),) = await republished(billing)
    assert (kind, body["version"], body["total"], body["persons"]) == ("BillAssessed", 2, 9705_47, 4)


async def test_a22_facts_told_again_price_nothing_and_undo_no_confirmation(billing: BareService):
    await billing.take(employer(), *golden())
    seen = {"version": 1, "total": 8602_58}
    assert (await billing.post("/bills/2016-09/confirm", specialist(), seen)).status_code == 200
    before = await billing.events()
    await billing.take(employer(), *golden())
    assert await billing.events() == before
    bill = (await billing.get("/bills/2016-09", specialist())).json()
    assert (bill["state"], bill["version"], bill["total"]) == ("confirmed", 2, 8602_58)


async def test_a8_a_late_start_told_again_behind_its_end_keeps_its_limit_day(billing: BareService):
    late = started(1, 2_910_00, version=2, late=True, limit_day="2016-09-05")
    await billing.take(employer(), late.model_copy(update={"late": False}))
    await billing.take(late)
    rows = await billing.rows("SELECT limit_day::text FROM late_increases")
    assert [row["limit_day"] for row in rows] == ["2016-09-05"]
