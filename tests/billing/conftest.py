"""Billing on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from services.billing.app import create
from tests.servers.bare_service import BareService, bare_service
from tests.servers.postgres import Databases


@pytest.fixture
async def billing(databases: Databases) -> AsyncIterator[BareService]:
    """At nine o'clock of 2016-09-07."""
    async with bare_service(databases, "billing", create, date(2016, 9, 7)) as service:
        yield service
