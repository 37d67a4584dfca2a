"""No order lapses over money that is on its way: the gateway is asked before the day's job (A24, O20 16)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from contracts.events.bank import PaymentNotified
from contracts.events.billing import PaymentSuspended
from services.chassis.clocks import at_midnight
from tests.notices.conftest import COLLECTION, ONE, TWO, opened, paid, registered, settled, specialist
from tests.servers.bare_service import BareService

LAST, NEXT = date(2016, 9, 20), date(2016, 9, 21)
PAYMENT = UUID(int=9)


async def served(notices: BareService) -> None:
    """Two employers, each with an order served on 12 September, whose term ends on the 20th."""
    await notices.take(registered(), registered(TWO), opened(), opened(TWO))
    rows = (await notices.get("/orders?state=prepared", COLLECTION)).json()["rows"]
    await notices.post("/orders/release", COLLECTION, {"ids": [row["id"] for row in rows]})
    await notices.run_days()
    for row in rows:
        await notices.post(f"/orders/{row['id']}/open", specialist(row["employer_no"]))


def told(day: date = LAST) -> PaymentNotified:
    return PaymentNotified(
        version=1,
        notification_id=PAYMENT,
        bank="ICBC",
        serial="A1",
        slip_no=f"{ONE}0000019",
        amount=864_129,
        paid_at=at_midnight(day),
        clearing_day=day,
    )


def suspended() -> PaymentSuspended:
    facts = told().model_dump(include={"amount", "paid_at", "slip_no", "bank", "serial"})
    return PaymentSuspended(version=1, employer_no=ONE, payment_id=PAYMENT, reason="wrong_sum", **facts)


async def states(notices: BareService) -> dict[str, str]:
    rows = await notices.rows("SELECT employer_no, state FROM orders")
    return {row["employer_no"]: row["state"] for row in rows}


async def close(notices: BareService, day: date = NEXT) -> None:
    await notices.at(day, hour=1)
    await notices.run_days()


async def test_A24_an_order_paid_on_its_last_day_does_not_lapse_while_billing_is_behind(notices: BareService):
    await served(notices)
    notices.banks.told.append(told())
    await close(notices)
    assert await states(notices) == {ONE: "served", TWO: "lapsed"}
    posted = paid(LAST, {"pension": 1}, {}, {}).model_copy(update={"payment_id": PAYMENT})
    await notices.take(posted, settled(on=LAST))
    await close(notices, date(2016, 9, 22))
    assert await states(notices) == {ONE: "settled", TWO: "lapsed"}
    assert [kind for kind, _ in await notices.events()].count("OrderLapsed") == 1


async def test_A24_money_in_suspense_is_on_its_way_no_longer(notices: BareService):
    await served(notices)
    notices.banks.told.append(told())
    await close(notices)
    assert (await states(notices))[ONE] == "served"
    await notices.take(suspended())
    await close(notices, date(2016, 9, 22))
    assert (await states(notices))[ONE] == "lapsed"
    other = paid(LAST, {"pension": 7}, {}, {}, employer_no=TWO).model_copy(update={"payment_id": PAYMENT})
    await notices.take(other, suspended())
    rows = await notices.rows("SELECT employer_no, version FROM payments")
    assert rows == [{"employer_no": TWO, "version": 1}]


async def test_A24_a_silent_gateway_holds_the_day_and_says_so(notices: BareService):
    await served(notices)
    notices.banks.down = True
    await close(notices)
    assert await states(notices) == {ONE: "served", TWO: "served"}
    (blocked,) = (await notices.client.get("/quiescence")).json()["blocked"]
    assert blocked["job"] == "lapse_orders"
    assert "网关未答复" in blocked["problem"]
    notices.banks.down = False
    await notices.run_days()
    assert await states(notices) == {ONE: "lapsed", TWO: "lapsed"}
