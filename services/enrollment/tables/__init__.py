"""Tables of enrollment."""

from services.enrollment.tables.base import TABLES as TABLES
from services.enrollment.tables.base import Base as Base
from services.enrollment.tables.declarations import BaseRound as BaseRound
from services.enrollment.tables.declarations import DeclaredBase as DeclaredBase
from services.enrollment.tables.imports import (
    Import as Import,
)
from services.enrollment.tables.imports import (
    ImportPart as ImportPart,
)
from services.enrollment.tables.imports import (
    ImportRow as ImportRow,
)
from services.enrollment.tables.people import (
    BillMonth as BillMonth,
)
from services.enrollment.tables.people import (
    Employer as Employer,
)
from services.enrollment.tables.people import (
    Person as Person,
)
from services.enrollment.tables.people import (
    Relation as Relation,
)
from services.enrollment.tables.people import (
    Series as Series,
)
from services.enrollment.tables.policy import BaseLimits as BaseLimits
from services.enrollment.tables.policy import WorkingDay as WorkingDay
from services.enrollment.tables.policy import WorkingYear as WorkingYear
from services.enrollment.tables.submissions import Decrease as Decrease
from services.enrollment.tables.submissions import Increase as Increase
