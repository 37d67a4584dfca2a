"""Tables of billing."""

from services.billing.tables.base import TABLES as TABLES
from services.billing.tables.base import Base as Base
from services.billing.tables.bills import (
    Bill as Bill,
)
from services.billing.tables.bills import (
    KindSumRow as KindSumRow,
)
from services.billing.tables.bills import (
    MonthlyRun as MonthlyRun,
)
from services.billing.tables.bills import (
    PersonLine as PersonLine,
)
from services.billing.tables.bills import (
    SetAside as SetAside,
)
from services.billing.tables.credits import Credit as Credit
from services.billing.tables.credits import FrozenBill as FrozenBill
from services.billing.tables.employers import Employer as Employer
from services.billing.tables.employers import InjuryRateRow as InjuryRateRow
from services.billing.tables.money import (
    AllocationRow as AllocationRow,
)
from services.billing.tables.money import (
    Debt as Debt,
)
from services.billing.tables.money import (
    Disposal as Disposal,
)
from services.billing.tables.money import (
    Payment as Payment,
)
from services.billing.tables.money import (
    Receipt as Receipt,
)
from services.billing.tables.money import (
    ReceiptCounter as ReceiptCounter,
)
from services.billing.tables.money import (
    SerialConflict as SerialConflict,
)
from services.billing.tables.money import (
    Slip as Slip,
)
from services.billing.tables.money import (
    SlipPart as SlipPart,
)
from services.billing.tables.money import (
    UntakenPayment as UntakenPayment,
)
from services.billing.tables.rates import RateRow as RateRow
from services.billing.tables.rates import RateSet as RateSet
from services.billing.tables.roster import LateIncrease as LateIncrease
from services.billing.tables.roster import RosterSpan as RosterSpan
from services.billing.tables.roster import Supplement as Supplement
