"""The officers’ pages (经办工作台)."""

from fastapi import APIRouter

from gateway.desk import (
    applications,
    arrears,
    audit,
    behalf,
    board,
    changes,
    confirming,
    counter,
    employers,
    forced,
    increase,
    materials,
    notices,
    officers,
    opening,
    orders,
    payments,
    policy,
    rates,
    suspense,
    tasks,
)

ROUTERS: tuple[APIRouter, ...] = (
    board.router,
    tasks.router,
    counter.router,
    applications.router,
    changes.router,
    materials.router,
    employers.router,
    opening.router,
    behalf.router,
    arrears.router,
    confirming.router,
    forced.router,
    increase.router,
    payments.router,
    suspense.router,
    orders.router,
    notices.router,
    policy.router,
    rates.router,
    officers.router,
    audit.router,
)
"""Every page of the desk; each router hangs on an entry of the menu."""
