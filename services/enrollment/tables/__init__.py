"""Tables of enrollment."""

from services.enrollment.tables.base import TABLES as TABLES, Base as Base, Outbox as Outbox
from services.enrollment.tables.people import (
    BillMonth as BillMonth,
    Employer as Employer,
    Person as Person,
    Relation as Relation,
    Series as Series,
)
