"""Tables of notices."""

from services.notices.tables.base import TABLES as TABLES
from services.notices.tables.base import Base as Base
from services.notices.tables.board import Notice as Notice
from services.notices.tables.board import NoticeRead as NoticeRead
from services.notices.tables.board import Result as Result
from services.notices.tables.copies import Arrears as Arrears
from services.notices.tables.copies import Employer as Employer
from services.notices.tables.copies import Payment as Payment
from services.notices.tables.copies import UntoldPayment as UntoldPayment
from services.notices.tables.copies import WorkingDay as WorkingDay
from services.notices.tables.copies import WorkingYear as WorkingYear
from services.notices.tables.orders import Order as Order
from services.notices.tables.orders import Series as Series
from services.notices.tables.reminders import Duty as Duty
from services.notices.tables.reminders import Reminder as Reminder
