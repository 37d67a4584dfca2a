"""Day jobs of notices."""

from __future__ import annotations

from datetime import date

from services.chassis.days import Jobs
from services.chassis.work import UnitOfWork
from services.notices.commands import lapse, reminders
from services.notices.commands.untold import note_untold

jobs = Jobs()


@jobs.daily("lapse_orders", ready=note_untold)
async def lapse_orders(work: UnitOfWork, day: date) -> bool:
    """Orders past their deadline lapse at 00:00 of the next day (O20 16)."""
    return await lapse.lapse_orders(work, day)


@jobs.daily("name_paper_tasks")
async def name_paper_tasks(work: UnitOfWork, day: date) -> bool:
    """Orders unopened for three working days are to be served on paper (A31)."""
    return await lapse.name_paper_tasks(work, day)


@jobs.daily("send_reminders")
async def send_reminders(work: UnitOfWork, day: date) -> bool:  # noqa: ARG001  # the work's day is this one
    """What is due is reminded of, step by step, until it is done (clause 三, A6)."""
    return await reminders.remind(work)
