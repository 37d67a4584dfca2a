"""Limits and relations told again as they stand (architecture, Delivery)."""

from __future__ import annotations

from tests.enrollment.conftest import LI, OWN, bodies, enrolled, on_roster, settled
from tests.servers.bare_service import BareService
from tests.servers.telling import republished


async def test_a_relation_is_told_again_as_it_started_and_as_it_ended(enrollment: BareService):
    await enrolled(enrollment)
    await enrolled(enrollment, id_number=LI, name="李秀英")
    (first, second) = await on_roster(enrollment)
    await enrollment.take(settled())
    asked = {"enrollment_id": first["enrollment_id"], "left_on": "2016-09-06", "reason": "27"}
    assert (await enrollment.post("/decreases", OWN, asked)).status_code == 200
    started = {body["enrollment_id"]: body for body in await bodies(enrollment, "EnrollmentStarted")}
    (ended,) = await bodies(enrollment, "EnrollmentEnded")
    again = await republished(enrollment)
    left, stays = first["enrollment_id"], second["enrollment_id"]
    moved = {"version": ended["version"], "last_month": "2016-09"}
    assert ("EnrollmentStarted", started[stays]) in again
    assert ("EnrollmentStarted", started[left] | moved) in again
    assert ("EnrollmentEnded", ended) in again
    assert len([body for kind, body in again if kind != "BaseLimitsPublished"]) == 3


async def test_released_limits_are_told_again(enrollment: BareService):
    released = await enrollment.rows("SELECT 1 FROM base_limits WHERE released_by IS NOT NULL")
    told = [body for kind, body in await republished(enrollment) if kind == "BaseLimitsPublished"]
    assert len(told) == len(released) > 0
    assert {(body["effective_from"], body["version"]) for body in told} >= {("2016-01", 1)}
