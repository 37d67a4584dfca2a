"""HTTP of notices: the paths of contracts/http/notices.py."""

from services.notices.api.board import router as board
from services.notices.api.orders import router as orders
from services.notices.api.reminders import router as reminders

ROUTERS = (board, orders, reminders)
"""All routers, in the order in which paths are matched."""
