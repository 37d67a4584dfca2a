"""The service's own metadata, with the chassis tables on it."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from services.chassis.columns import new_metadata
from services.chassis.tables import tables_on


class Base(SQLModel, registry=registry(metadata=new_metadata())):
    """Base of every table of billing."""


TABLES = tables_on(Base)
