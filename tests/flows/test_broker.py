"""The broker loses everything while everything runs: all services agree again, and every event is accounted for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from contracts.events.catalogue import TOPICS
from contracts.http.bank import Accepted
from deploy.local.supervisor import AGREE_SECONDS
from services.chassis.calls import Calls
from services.chassis.clocks import SHANGHAI
from services.chassis.recovery import replay, republish
from services.chassis.serve import PROCESSES
from tests.flows.fleet import Fleet
from tests.flows.flow import City, types
from tests.flows.paying import Payers, notify
from tests.flows.people import staff
from tests.flows.slips import BILL, issue_slips

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]
FIRST, LAST, COUNT, ENOUGH, LATER = "3706800000", "3706899999", 300, 20, 100
PUBLISHED = "SELECT DISTINCT event_id FROM outbox WHERE topic = $1"
TAKEN = "SELECT event_id FROM inbox WHERE topic = $1"
SETTLED = {"PaymentPosted": 1, "ReceiptIssued": 1, "BillSettled": 1, "SubmissionDecided": 1}


async def test_1_the_broker_is_emptied_while_everything_runs_and_no_event_is_unaccounted_for(city: City):
    fleet, bank = city.fleet, city.banks[1]
    settled, starting = await city.enrolled(81), await city.employer(82)
    slip = await settled.confirm("2016-09")
    for flow in (settled, starting):
        await flow.told()
    paying, payers = await issue_slips(fleet, COUNT, FIRST), Payers(fleet, FIRST, LAST)
    mark = await topic_of_its_own(fleet)
    stream = asyncio.create_task(notify(bank, paying[:-LATER]))
    await payers.until_posted(ENOUGH)
    emptied = asyncio.create_task(asyncio.to_thread(fleet.broker.empty))
    answers = await settled.pay(slip.slip_no, datetime(2016, 9, 7, 15, tzinfo=SHANGHAI), times=2)
    started = await starting.increase(*staff(82))
    await emptied
    answers += [*await stream, *await notify(bank, paying[-LATER:])]
    assert len(started.accepted) == 3
    assert [one for one in answers if not isinstance(one, Accepted)] == []
    assert mark not in await topics(fleet)
    await compare_and_replay(fleet)
    assert await unheard(fleet) == {}
    assert types(await settled.told()) == {"PaymentNotified": 1, **SETTLED}
    assert types(await starting.told()) == {"EnrollmentStarted": 3, "SubmissionDecided": 3, "BillAssessed": 1}
    assert (await starting.bill("2016-09")).total == BILL
    assert await payers.posted() == (COUNT, COUNT * BILL)
    once = (COUNT, COUNT)
    assert await payers.told("gateway") == {"PaymentNotified": once}
    assert await payers.told("billing") == {"SlipIssued": once, **dict.fromkeys(SETTLED, once)}


KEPT = "SELECT name, version FROM employers WHERE employer_no = $1"
STANDING = "SELECT * FROM bill_standings WHERE employer_no = $1 AND confirmed"
DROP = "UPDATE employers SET name = '', version = 0 WHERE employer_no = $1 RETURNING employer_no"


async def test_2_a_dropped_copy_fills_from_its_owner_and_who_knows_the_state_does_nothing(city: City):
    fleet, flow = city.fleet, await city.enrolled(83)
    slip = await flow.confirm("2016-09")
    await flow.told()
    standing = await fleet.rows("registry", STANDING, flow.employer_no)
    (kept,) = await fleet.rows("notices", KEPT, flow.employer_no)
    assert len(await fleet.rows("notices", DROP, flow.employer_no)) == 1
    calls = Calls(fleet.settings("notices"))
    await republish(calls)
    await calls.close()
    for early in city.early:
        assert "EmployerChanged" in types(await early.told())
    told = types(await flow.told())
    assert told == {"EmployerChanged": 1, "EnrollmentStarted": 3, "BillAssessed": 1}
    assert await fleet.rows("notices", KEPT, flow.employer_no) == [kept]
    assert await fleet.rows("registry", STANDING, flow.employer_no) == standing
    assert len(standing) == 1
    bill = await flow.bill("2016-09")
    assert (bill.state, bill.total) == ("confirmed", BILL)
    answers = await flow.pay(slip.slip_no, datetime(2016, 9, 7, 16, tzinfo=SHANGHAI))
    assert [one for one in answers if not isinstance(one, Accepted)] == []
    assert types(await flow.told()) == {"PaymentNotified": 1, **SETTLED}


async def compare_and_replay(fleet: Fleet) -> None:
    """What the run command does once its broker is back; once is enough, for nobody carries a place over."""
    calls = Calls(fleet.settings("notices"))
    await fleet.ready()
    await replay(calls)
    await calls.close()
    await fleet.rest(AGREE_SECONDS)


async def unheard(fleet: Fleet) -> dict[tuple[str, str], set[UUID]]:
    """By topic and subscriber: ids that the one side of the topic holds and the other does not."""
    found = {}
    for process in PROCESSES:
        for topic in await subscribed(fleet, process):
            published = await ids(fleet, TOPICS[topic][0], PUBLISHED, topic)
            if differing := published ^ await ids(fleet, process, TAKEN, topic):
                found[topic, process] = differing
    return found


async def subscribed(fleet: Fleet, process: str) -> Sequence[str]:
    return (await fleet.quiescence(process)).subscribes


async def ids(fleet: Fleet, process: str, query: str, topic: str) -> set[UUID]:
    return {row["event_id"] for row in await fleet.rows(process, query, topic)}


async def topic_of_its_own(fleet: Fleet) -> str:
    """A topic that nobody makes anew."""
    admin = AIOKafkaAdminClient(bootstrap_servers=fleet.broker.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic("mark", 1, 1)])
    await admin.close()
    assert "mark" in await topics(fleet)
    return "mark"


async def topics(fleet: Fleet) -> list[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=fleet.broker.bootstrap)
    await admin.start()
    found: list[str] = await admin.list_topics()
    await admin.close()
    return found
