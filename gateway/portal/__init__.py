"""The employers’ pages (网上服务系统)."""

from gateway.portal import (
    account,
    arrears,
    bases,
    bill,
    changes,
    decrease,
    deregistration,
    home,
    increase_form,
    increase_list,
    increase_sheet,
    materials,
    notices,
    payments,
    printing,
    reminders,
    roster,
    slips,
)

ROUTERS = (
    home.router,
    increase_form.router,
    increase_sheet.router,
    increase_list.router,
    decrease.router,
    bases.router,
    bill.router,
    slips.router,
    arrears.router,
    payments.router,
    roster.router,
    notices.router,
    reminders.router,
    printing.router,
    changes.router,
    deregistration.router,
    materials.router,
    account.router,
)
"""Paths with words before paths with placeholders: they are matched in this order."""
