"""HTTP of enrollment: the paths of contracts/http/enrollment."""

from services.enrollment.api.bases import router as bases
from services.enrollment.api.decreases import router as decreases
from services.enrollment.api.imports import router as imports
from services.enrollment.api.increases import router as increases
from services.enrollment.api.limits import router as limits
from services.enrollment.api.roster import router as roster

ROUTERS = (increases, roster, decreases, bases, limits, imports)
