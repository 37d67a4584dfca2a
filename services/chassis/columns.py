"""Column types and naming that every service's tables share."""

from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, MetaData
from sqlalchemy.types import TypeDecorator

from contracts.month import Month

TIME = DateTime(timezone=True)
MONEY = BigInteger
"""Every sum of money is a bigint of fen."""
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_metadata() -> MetaData:
    """A MetaData of its own for each service, so that all five live in one test process."""
    return MetaData(naming_convention=NAMING)


class MonthColumn(TypeDecorator[Month]):
    """A month stored as the integer 201609, which sorts and compares as months do."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> int | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Month → 201609; plain integers pass, so that SQL arithmetic can be bound."""
        return value.yyyymm if isinstance(value, Month) else value

    def process_result_value(self, value: int | None, dialect: Any) -> Month | None:  # noqa: ARG002  # SQLAlchemy's signature
        """201609 → Month."""
        return None if value is None else Month.from_number(value)
