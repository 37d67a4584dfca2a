"""The table as enrollment and notices copy it: higher versions only, whatever the order of arrival (A1, A31)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from contracts.events.registry import WorkingDaysPublished
from services.enrollment.app import create as enrollment
from services.notices.app import create as notices
from services.registry.rules.calendar import rest_days
from tests.servers.bare_service import BareService, bare_service
from tests.servers.postgres import Databases

FIRST = (date(2016, 10, 3), date(2016, 10, 4), date(2016, 10, 5), date(2016, 10, 6), date(2016, 10, 7))


def published(version: int, swapped: tuple[date, ...]) -> WorkingDaysPublished:
    return WorkingDaysPublished(version=version, year=2016, rest_days=rest_days(2016, FIRST, swapped))


@pytest.fixture(params=["enrollment", "notices"])
async def service(databases: Databases, request: pytest.FixtureRequest) -> AsyncIterator[BareService]:
    create: Any = {"enrollment": enrollment, "notices": notices}[request.param]
    async with bare_service(databases, request.param, create, date(2016, 9, 7)) as made:
        yield made


async def october(service: BareService) -> list[int]:
    """The working days from the 1st to the 9th."""
    rows = await service.rows(
        "SELECT day FROM working_days WHERE working AND day BETWEEN '2016-10-01' AND '2016-10-09' ORDER BY day"
    )
    return [row["day"].day for row in rows]


async def test_A1_the_seed_has_the_swapped_weekend(service: BareService):
    assert await october(service) == [8, 9]


async def test_A1_a_released_year_takes_its_place_and_an_older_version_does_not(service: BareService):
    second = published(2, (date(2016, 10, 9),))
    await service.take(second)
    assert await october(service) == [9]
    await service.take(published(1, ()), second)
    assert await october(service) == [9]
    await service.take(published(3, (date(2016, 10, 8), date(2016, 10, 9))))
    assert await october(service) == [8, 9]
    assert await service.rows("SELECT employer_no FROM employers") == []


async def test_A1_a_year_nobody_knew_is_whole(service: BareService):
    year = WorkingDaysPublished(version=1, year=2027, rest_days=rest_days(2027, (date(2027, 1, 1),), ()))
    await service.take(year)
    found = await service.rows(
        "SELECT count(*) AS days, count(*) FILTER (WHERE working) AS working FROM working_days "
        "WHERE day >= '2027-01-01'"
    )
    assert found == [{"days": 365, "working": 260}]
