"""HTTP of registry: the paths of contracts/http/registry.py and contracts/http/applications.py."""

from services.registry.api.accounts import passwords_router
from services.registry.api.accounts import router as accounts
from services.registry.api.applications import router as applications
from services.registry.api.employers import router as employers

ROUTERS = (employers, accounts, passwords_router, applications)
