"""Which failures are waited out and which are parked (architecture, Delivery 6)."""

from __future__ import annotations

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from services.chassis.failures import INFRASTRUCTURE, is_infrastructure


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.TooManyConnectionsError(""),
        asyncpg.CannotConnectNowError(""),
        asyncpg.AdminShutdownError(""),
        asyncpg.DeadlockDetectedError(""),
        asyncpg.DiskFullError(""),
        asyncpg.PostgresSystemError(""),
        asyncpg.InvalidCatalogNameError(""),
        asyncpg.ObjectNotInPrerequisiteStateError(""),
        ConnectionRefusedError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_laws_6_a_database_that_is_away_is_waited_for_however_the_error_comes(error: Exception):
    assert isinstance(error, INFRASTRUCTURE)
    assert isinstance(error, ConnectionRefusedError) or is_infrastructure(DBAPIError("SELECT 1", {}, error))


@pytest.mark.parametrize(
    "error",
    [asyncpg.UniqueViolationError(""), asyncpg.UndefinedTableError(""), asyncpg.DataError(""), ValueError()],
    ids=lambda error: type(error).__name__,
)
def test_laws_6_what_is_wrong_in_itself_is_not_waited_for(error: Exception):
    assert not is_infrastructure(error)
    assert not is_infrastructure(DBAPIError("SELECT 1", {}, error))
