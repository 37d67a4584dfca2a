"""The desk of a house with a real registry."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.servers.house import House, house
from tests.servers.postgres import Databases


@pytest.fixture
async def home(databases: Databases) -> AsyncIterator[House]:
    async with house(databases) as made:
        yield made
