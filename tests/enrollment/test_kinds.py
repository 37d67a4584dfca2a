"""The employer takes part in other kinds: its people follow from that month on (domain 4.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.events.registry import EmployerRegistered
from contracts.month import Month
from contracts.values import Kind
from tests.enrollment.conftest import KINDS, LI, WANG, bodies, employer, enrolled, on_roster
from tests.servers.bare_service import BareService

FOUR = KINDS[:-1]
FIRST = {"from_month": "2010-01", "kinds": [kind.value for kind in KINDS]}


def without_maternity(version: int = 2) -> EmployerRegistered:
    second = {"from_month": "2016-10", "kinds": [kind.value for kind in FOUR]}
    return employer(version=version, kinds=FOUR, kind_terms=[FIRST, second])


def told(body: dict[str, Any]) -> tuple[Any, ...]:
    return body["version"], body["base_from"], body["kinds"], body["old_kinds"], body["base"]


async def test_4_2_everybody_follows_from_the_month_of_the_change_and_is_told_once(enrollment: BareService):
    await enrolled(enrollment)
    await enrollment.at(date(2016, 10, 1))
    await enrollment.take(without_maternity())
    await enrollment.take(without_maternity(), employer())
    four, five = [kind.value for kind in FOUR], [kind.value for kind in KINDS]
    assert [told(body) for body in await bodies(enrollment, "KindsChanged")] == [
        (2, "2016-10", four, five, 543100)
    ]
    assert (await on_roster(enrollment))[0]["kinds"] == four


async def test_4_2_an_address_changes_nobodys_kinds(enrollment: BareService):
    await enrolled(enrollment)
    await enrollment.take(employer(version=2, name="烟台新名称有限公司"))
    assert await bodies(enrollment, "KindsChanged") == []


async def test_A7_an_increase_that_reaches_back_has_the_kinds_of_each_month(enrollment: BareService):
    await enrollment.at(date(2016, 10, 8))
    await enrollment.take(without_maternity())
    await enrolled(enrollment, hired_on="2016-09-20", id_number=LI, name="李静")
    started = (await bodies(enrollment, "EnrollmentStarted"))[-1]
    assert (started["from_month"], started["kinds"]) == ("2016-09", [kind.value for kind in KINDS])
    changed = (await bodies(enrollment, "KindsChanged"))[-1]
    assert (changed["version"], changed["base_from"]) == (2, "2016-10")
    assert Kind.MATERNITY.value not in changed["kinds"]


async def test_4_2_whoever_comes_after_the_change_begins_with_the_new_kinds(enrollment: BareService):
    await enrollment.at(date(2016, 10, 8))
    await enrollment.take(without_maternity())
    await enrolled(enrollment, hired_on="2016-10-02", id_number=WANG)
    assert (await bodies(enrollment, "EnrollmentStarted"))[-1]["kinds"] == [kind.value for kind in FOUR]
    assert await bodies(enrollment, "KindsChanged") == []
    assert Month(2016, 10) == Month.parse((await bodies(enrollment, "EnrollmentStarted"))[-1]["from_month"])
