"""责令限期缴纳社会保险费通知书, from preparation to settlement or lapse."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.chassis.columns import MONEY, TIME
from services.notices.tables.base import Base

_JSON: Any = JSONB(none_as_null=True)


class Order(Base, table=True):
    """One order; what stands from `order_no` to `digest` is frozen when it is issued.

    `months` are bill months as 201609. A prepared order has no figures: they follow from the arrears of the
    day. `withdrawn` is a prepared order whose months were paid before its release; nobody is shown it.
    """

    __tablename__ = "orders"

    id: UUID = Field(primary_key=True)
    employer_no: str = Field(index=True)
    state: str = Field(index=True)
    version: int = 0
    prepared_on: date
    months: list[int] = Field(sa_type=_JSON)
    order_no: str | None = Field(default=None, unique=True)
    employer_name: str = ""
    credit_code: str = ""
    address: str = ""
    agency_name: str = ""
    debts: list[dict[str, Any]] = Field(default_factory=list, sa_type=_JSON)
    principal: int = Field(default=0, sa_type=MONEY)
    fee: int = Field(default=0, sa_type=MONEY)
    fee_from: date | None = None
    words: dict[str, Any] | None = Field(default=None, sa_type=_JSON)
    issued_on: date | None = None
    issued_by: str | None = None
    digest: str = ""
    served_at: datetime | None = Field(default=None, sa_type=TIME)
    deadline: date | None = None
    paper_since: date | None = None
    settled_on: date | None = None
    lapsed_on: date | None = None


class Series(Base, table=True):
    """The last document number given by an agency in a year; its lock keeps the series free of gaps."""

    __tablename__ = "series"

    agency: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int
