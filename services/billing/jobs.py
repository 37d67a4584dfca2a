"""Day jobs of billing, in the order in which a day runs them."""

from __future__ import annotations

from datetime import date

from contracts.month import Month
from services.billing.commands.arrears import close_window
from services.billing.commands.expiry import expire_slips
from services.billing.commands.frozen import forget_settled
from services.billing.commands.retry import retry_set_aside
from services.billing.commands.run import run_month
from services.billing.commands.stale import price_stale, sweep_stale
from services.billing.commands.untaken import note_untaken
from services.billing.sql import lines
from services.chassis.days import Jobs
from services.chassis.work import UnitOfWork

jobs = Jobs()


@jobs.daily("open_partitions")
async def open_partitions(work: UnitOfWork, day: date) -> bool:
    """Make room for the lines of this month and the next, before anybody needs it."""
    for month in (Month.of(day), Month.of(day).plus(1)):
        await lines.open_month(work, month)
    return True


jobs.sweep(sweep_stale)
jobs.daily("stale_bills")(price_stale)
jobs.daily("frozen_bills")(forget_settled)
jobs.daily("expired_slips")(expire_slips)
jobs.daily("close_window", ready=note_untaken)(close_window)
jobs.daily("monthly_run")(run_month)
jobs.daily("set_aside")(retry_set_aside)
