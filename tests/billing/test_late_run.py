"""A run that comes after its window is the agency's own delay: nobody owes a fee for it (三(四), domain 1.5)."""

from __future__ import annotations

from datetime import date

from services.billing.commands.arrears import close_window
from services.billing.commands.run import run_month
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.billing.arrears_of_two_months import V1, last, owed, types
from tests.billing.facts import OCTOBER, employer, golden, specialist
from tests.servers.bare_service import BareService


async def _close(billing: BareService, day: date) -> None:
    await billing.at(day)
    async with work_scope(billing.chassis, SYSTEM, day=day) as work:
        assert await close_window(work, day)


async def test_1_5_the_bill_of_a_late_run_is_due_in_the_next_window_and_carries_no_fee_before(
    billing: BareService,
):
    """The clock jumps from 7 September to 20 October, or billing was down: October's run is made on the 20th."""
    await billing.take(employer(), *golden())
    before = await types(billing)
    await billing.at(date(2016, 10, 20))
    async with work_scope(billing.chassis, SYSTEM, day=OCTOBER.first_day) as work:
        assert await run_month(work, OCTOBER.first_day)
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert (bill["total"], bill["due_day"], bill["state"]) == (V1, "2016-11-10", "assessed")
    await _close(billing, date(2016, 10, 21))
    opened = (await types(billing))[len(before) :]
    assert opened == ["BillAssessed 10", "ArrearsOpened 09"]
    await _close(billing, date(2016, 11, 10))
    assert (await types(billing))[len(before) :] == opened
    await _close(billing, date(2016, 11, 11))
    told = await last(billing, "ArrearsOpened")
    assert (told["month"], told["principal"], told["fee_from"]) == ("2016-10", V1, "2016-11-11")
    months, _ = await owed(billing, "2016-11-11")
    assert months["2016-10"] == (V1, 4_31), "one day: 2.98 + 1.03 + 0.14 + 0.10 + 0.06"


async def test_1_5_the_bill_of_a_late_run_inside_its_window_is_due_in_it(billing: BareService):
    await billing.take(employer(), *golden())
    await billing.at(date(2016, 10, 9))
    async with work_scope(billing.chassis, SYSTEM, day=OCTOBER.first_day) as work:
        assert await run_month(work, OCTOBER.first_day)
    bill = (await billing.get("/bills/2016-10", specialist())).json()
    assert (bill["total"], bill["due_day"]) == (V1, "2016-10-10")
