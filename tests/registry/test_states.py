"""The register told again as it stands (architecture, Delivery)."""

from __future__ import annotations

from tests.registry.conftest import COUNTER, SECURITY
from tests.registry.test_calendar import drafted, year_2016
from tests.registry.test_registration import OTHER_CODE, asked
from tests.registry.test_templates import SECOND
from tests.servers.bare_service import BareService
from tests.servers.telling import republished


async def test_each_entry_is_told_again_in_full_at_its_version(registry: BareService):
    for changes in ({}, {"credit_code": OTHER_CODE}):
        assert (await registry.post("/employers", COUNTER, asked(**changes))).status_code == 200
    first = [row["body"] for row in await registry.rows("SELECT body FROM outbox ORDER BY id")]
    again = await republished(registry)
    assert again == [("EmployerChanged", body | {"changed": []}) for body in first]
    assert [body["employer_no"] for _, body in again] == ["3706000001", "3706000002"]


async def test_an_empty_register_tells_nothing(registry: BareService):
    assert await republished(registry) == []


async def test_nobody_but_a_process_may_ask_for_it(registry: BareService):
    for caller in (COUNTER, SECURITY):
        answer = await registry.post("/outbox/republish", caller, {"after": ""})
        assert (answer.status_code, answer.json()["code"]) == (403, "identity.forbidden")


async def test_a_released_year_of_working_days_is_told_again_at_its_version(registry: BareService):
    draft = await drafted(registry, year_2016(swapped=["2016-10-09"]))
    await registry.post(f"/working-days/{draft['id']}/release", SECOND)
    first = (await registry.rows("SELECT body FROM outbox"))[0]["body"]
    assert await republished(registry) == [("WorkingDaysPublished", first)]
