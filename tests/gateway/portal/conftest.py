"""The portal of a house whose neighbours answer by rote, the registry's part by the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.gateway.portal.city import fill
from tests.servers.house import House, house
from tests.servers.postgres import Databases


@pytest.fixture
async def home(databases: Databases) -> AsyncIterator[House]:
    async with house(databases) as made:
        fill(made)
        yield made


@pytest.fixture(scope="module")
async def standing(databases: Databases) -> AsyncIterator[House]:
    """One house for all tests of a module that only look."""
    async with house(databases) as made:
        fill(made)
        yield made
