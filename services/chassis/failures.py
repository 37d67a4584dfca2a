"""The two kinds of failure: infrastructure (wait, nothing is parked) and content (park after three tries)."""

from __future__ import annotations

import asyncpg
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

INFRASTRUCTURE = (
    OSError,
    TimeoutError,
    KafkaError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that is cut off in the middle of an exchange
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.TransactionRollbackError,
    asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.PostgresSystemError,
    PoolTimeoutError,
    InterfaceError,
)
"""Failures of database or broker as they come without SQLAlchemy's wrapping."""

_TRANSIENT_CLASSES = ("08", "3D", "40", "53", "55", "57", "58")


def is_infrastructure(error: BaseException) -> bool:
    """True where trying the same thing later may succeed: connections, resources, deadlocks, shutdowns."""
    if isinstance(error, INFRASTRUCTURE):
        return True
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", "") or "")
        return error.connection_invalidated or state[:2] in _TRANSIENT_CLASSES
    return False
