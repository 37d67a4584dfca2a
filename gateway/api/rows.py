"""All routes of the JSON API to the four owners."""

from gateway.api.accounts import ACCOUNTS
from gateway.api.applications import APPLICATIONS
from gateway.api.billing import BILLING
from gateway.api.calendar import CALENDAR
from gateway.api.changes import CHANGES
from gateway.api.deregistrations import DEREGISTRATIONS
from gateway.api.enrollment import ENROLLMENT
from gateway.api.guide import GUIDE
from gateway.api.materials import MATERIALS
from gateway.api.notices import NOTICES
from gateway.api.openings import OPENINGS
from gateway.api.register_imports import REGISTER_IMPORTS
from gateway.api.registry import REGISTRY
from gateway.api.templates import TEMPLATES

ROWS = (
    *REGISTRY,
    *ACCOUNTS,
    *APPLICATIONS,
    *CALENDAR,
    *CHANGES,
    *DEREGISTRATIONS,
    *GUIDE,
    *MATERIALS,
    *OPENINGS,
    *REGISTER_IMPORTS,
    *TEMPLATES,
    *ENROLLMENT,
    *BILLING,
    *NOTICES,
)
