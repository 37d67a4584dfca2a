"""Registry on PostgreSQL at 2016-09-07."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.registry.app import create
from tests.servers.bare_service import BareService, bare_service
from tests.servers.callers import FUSHAN as FUSHAN
from tests.servers.callers import ZHIFU as ZHIFU
from tests.servers.callers import officer as officer
from tests.servers.callers import specialist as specialist
from tests.servers.postgres import Databases


@pytest.fixture
async def registry(databases: Databases) -> AsyncIterator[BareService]:
    async with bare_service(databases, "registry", create, date(2016, 9, 7)) as service:
        yield service


COUNTER = officer(Role.COUNTER)
SECURITY = officer(Role.SECURITY_ADMIN, district=WHOLE_CITY, account="an.quan")
