"""When the window has closed: arrears wait for money that is on its way, and for nobody else's (A24)."""

from __future__ import annotations

from datetime import date, timedelta

from services.billing.commands.arrears import arrears_ready
from services.chassis.identity import SYSTEM
from services.chassis.work import work_scope
from tests.billing.money.conftest import (
    COUNTER,
    ONE,
    TWO,
    Standing,
    add_bill,
    add_employer,
    at,
    counted,
    notified,
)
from tests.servers.bare_service import BareService

ELEVENTH = date(2016, 9, 11)
TOTAL = 860_258
LAST_MINUTE = at(10, 23, 59)


async def types(service: BareService) -> list[str]:
    return [name for name, _ in await service.events()]


async def ready(service: BareService, number: str, day: date = ELEVENTH) -> bool:
    async with work_scope(service.chassis, SYSTEM) as work:
        return await arrears_ready(work, number, day)


async def close(service: BareService, day: date = ELEVENTH) -> None:
    await service.at(day, hour=1)
    await service.run_days()


async def test_A24_money_of_the_10th_that_comes_after_midnight_opens_no_arrears(confirmed: Standing):
    service = confirmed.service
    paid = notified(confirmed.slip_no, TOTAL, LAST_MINUTE)
    service.banks.told.append(paid)
    await add_employer(service, TWO)
    await add_bill(service, TWO)
    await close(service)
    assert await service.events() == [
        ("SlipIssued", f"{ONE}/slip/{confirmed.slip_no}"),
        ("ArrearsOpened", f"{TWO}/2016-09"),
    ]
    assert (await ready(service, ONE), await ready(service, TWO)) == (False, True)
    await service.take(paid)
    await close(service, ELEVENTH + timedelta(days=1))
    assert (await types(service))[2:] == [
        "PaymentPosted",
        "ReceiptIssued",
        "BillSettled",
        "SubmissionDecided",
    ]
    assert await ready(service, ONE)


async def test_A24_a_payment_told_for_another_day_holds_nothing(confirmed: Standing):
    service = confirmed.service
    service.banks.told.append(notified(confirmed.slip_no, TOTAL, at(11, 0, 0)))
    service.banks.told.append(notified(confirmed.slip_no, TOTAL, at(31, 23, 59, month=8), "A2"))
    await close(service)
    assert await types(service) == ["SlipIssued", "ArrearsOpened"]


async def test_A24_only_employers_about_to_lapse_are_asked_about(billing: BareService):
    await add_employer(billing)
    await close(billing)
    assert billing.banks.asked == []
    await add_bill(billing)
    await add_employer(billing, TWO)
    await close(billing, ELEVENTH + timedelta(days=1))
    (asked,) = billing.banks.asked
    assert asked.model_dump(mode="json") == {
        "employers": [ONE],
        "first_day": "2016-09-01",
        "last_day": "2016-09-10",
    }


async def test_A24_a_silent_gateway_holds_the_day_which_says_so_and_goes_on_by_itself(confirmed: Standing):
    service = confirmed.service
    service.banks.down = True
    await close(service)
    await service.run_days()
    assert await types(service) == ["SlipIssued"]
    (blocked,) = (await service.client.get("/quiescence")).json()["blocked"]
    assert (blocked["day"], blocked["job"]) == ("2016-09-11", "close_window")
    assert "网关未答复" in blocked["problem"]
    service.banks.down = False
    await service.run_days()
    assert await types(service) == ["SlipIssued", "ArrearsOpened"]
    assert (await service.client.get("/quiescence")).json()["blocked"] == []


async def test_A24_suspense_inside_the_window_holds_the_employer_and_outside_it_does_not(confirmed: Standing):
    service = confirmed.service
    await service.take(notified(confirmed.slip_no, TOTAL - 1, at(9)))
    await close(service)
    assert not await ready(service, ONE)
    assert "ArrearsOpened" not in await types(service)
    await service.take(notified(confirmed.slip_no, TOTAL, at(10), "A2"))
    assert await ready(service, ONE)


async def test_A24_arrears_name_the_payments_that_their_sums_leave_out(confirmed: Standing):
    service = confirmed.service
    await service.at(date(2016, 9, 9))
    before = await service.post("/counter-payments", COUNTER, counted(300_000, "2016-09-09"))
    await service.at(ELEVENTH, hour=1)
    same_day = await service.post("/counter-payments", COUNTER, counted(200_000, "2016-09-11", "P2"))
    assert (before.status_code, same_day.status_code) == (200, 200)
    await service.run_days()
    (row,) = await service.rows("SELECT body FROM outbox WHERE type = 'ArrearsOpened'")
    assert (row["body"]["principal"], row["body"]["deducted"]) == (560_258, [before.json()["payment_id"]])
    paid = await service.rows("SELECT body FROM outbox WHERE type = 'PaymentPosted' ORDER BY id")
    parts = [part for one in paid for part in one["body"]["allocations"]]
    assert {(part["bill_month"], part["fee_from"]) for part in parts} == {("2016-09", "2016-09-11")}
