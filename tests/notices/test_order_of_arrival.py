"""Facts of one employer in any order, in any batches, once or often, give the same notices."""

import random
from datetime import date
from typing import Any
from uuid import UUID

from contracts.events.base import Event
from contracts.month import Month
from contracts.values import Outcome, Role
from services.chassis.work import new_id
from tests.notices.conftest import (
    bill_settled,
    decided,
    officer,
    opened,
    paid,
    registered,
    settled,
    specialist,
)
from tests.servers.bare_service import BareService

AUGUST = Month(2016, 8)
CITY = officer(Role.COLLECTION, district="370600")
EMPLOYERS = [f"37060002{n:02d}" for n in range(24)]


def history(number: str) -> list[Event]:
    """August in arrears, told twice, paid in part; September paid with its fee; a submission decided twice."""
    return [
        registered(number),
        registered(number, version=2, name="烟台海风重工有限公司"),
        opened(number, AUGUST, version=2, on=date(2016, 8, 15), fee_from=date(2016, 8, 15)),
        opened(number, AUGUST, version=3, on=date(2016, 8, 11), fee_from=date(2016, 8, 11)),
        paid(date(2016, 9, 15), {"pension": 100_000}, {}, {}, employer_no=number, month=AUGUST),
        opened(number, version=5),
        bill_settled(date(2016, 9, 19), employer_no=number),
        settled(number),
        decided("ZY1", Outcome.WAITING, employer_no=number),
        decided("ZY1", Outcome.ACCEPTED, version=2, employer_no=number),
    ]


async def deliver(notices: BareService, chance: random.Random, number: str) -> None:
    """Shuffled, some sent twice under their id and some told anew under another, in batches of one to four."""
    sent: list[tuple[Event, UUID]] = [(event, new_id()) for event in history(number)]
    sent += chance.sample(sent, 3) + [(event, new_id()) for event, _ in chance.sample(sent, 3)]
    chance.shuffle(sent)
    while sent:
        size = chance.randint(1, 4)
        batch, sent = sent[:size], sent[size:]
        await notices.take(*(event for event, _ in batch), ids=tuple(identity for _, identity in batch))


async def seen(notices: BareService, number: str) -> dict[str, Any]:
    """What the district and the employer see, without the ids drawn by chance."""
    orders = (await notices.get("/orders?state=prepared&size=1000", CITY)).json()["rows"]
    results = (await notices.get("/results", specialist(number))).json()["rows"]
    own = [order for order in orders if order["employer_no"] == number]
    return {
        "orders": [
            (order["employer_name"], order["months"], order["principal"], order["fee"]) for order in own
        ],
        "results": [(result["submission_no"], result["outcome"], result["read"]) for result in results],
    }


async def test_laws_any_order_and_any_repetition_gives_the_same_notices(notices: BareService):
    chance = random.Random(2016)
    await notices.at(date(2016, 9, 20))
    for number in EMPLOYERS:
        await deliver(notices, chance, number)
    for number in EMPLOYERS:
        assert await seen(notices, number) == {
            "orders": [("烟台海风重工有限公司", ["2016-08"], 760_258, 17_385)],
            "results": [("ZY1", "accepted", False)],
        }
    assert await notices.rows("SELECT count(*) AS parked FROM dead_letters") == [{"parked": 0}]
    assert await notices.events() == []
