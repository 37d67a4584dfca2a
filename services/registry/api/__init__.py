"""HTTP of registry: the paths of contracts/http registry, accounts, applications, changes, materials and templates."""

from services.registry.api.accounts import passwords_router
from services.registry.api.accounts import router as accounts
from services.registry.api.applications import router as applications
from services.registry.api.calendar import router as calendar
from services.registry.api.changes import router as changes
from services.registry.api.deregistrations import router as deregistrations
from services.registry.api.employers import router as employers
from services.registry.api.guide import router as guide
from services.registry.api.materials import router as materials
from services.registry.api.openings import router as openings
from services.registry.api.register_imports import router as register_imports
from services.registry.api.templates import router as templates

ROUTERS = (
    employers,
    accounts,
    passwords_router,
    applications,
    calendar,
    changes,
    deregistrations,
    guide,
    materials,
    openings,
    register_imports,
    templates,
)
