"""Law 2: every "once" is a unique index, a conflict is success; law 4: the unknown is asked again by its key."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from services.chassis.calls import Calls
from services.chassis.intake import Intake
from services.chassis.problems import Problem
from services.chassis.work import new_id
from tests.chassis.conftest import Probes
from tests.chassis.probe import ADMIN, PREPARER, Amount, Probe, Tally, changed
from tests.chassis.records import record


async def test_law2_one_event_taken_by_two_replicas_at_once_has_one_effect(probes: Probes):
    database = probes.database()
    replicas = [await probes.start(database) for _ in range(2)]
    twice = record(changed("3706000001", 1), new_id())
    await asyncio.gather(*(Intake(one.chassis).take([twice]) for one in replicas for _ in range(5)))
    assert await replicas[0].effects() == [("3706000001", 1)]
    assert await replicas[0].value("SELECT count(*) FROM inbox") == 1


async def test_law2_one_event_twice_in_a_batch_has_one_effect(probe: Probe):
    twice = record(changed("3706000001", 1), new_id())
    await Intake(probe.chassis).take([twice, record(changed("3706000001", 2)), twice])
    assert await probe.effects() == [("3706000001", 1), ("3706000001", 2)]


async def test_law2_a_key_used_by_eight_at_once_acts_once_and_answers_all_alike(probes: Probes):
    database = probes.database()
    replicas = [await probes.start(database) for _ in range(2)]
    answers = await asyncio.gather(
        *(one.post("/tally", {"amount": 5}, key="k") for one in replicas for _ in range(4))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.text for answer in answers} == {'{"total":5}'}
    assert len({answer.headers["event-ids"] for answer in answers}) == 1
    assert await replicas[0].value("SELECT count(*) FROM outbox") == 1
    assert await replicas[0].value("SELECT count(*) FROM audit") == 1


async def test_law2_a_key_met_with_another_request_is_refused(probe: Probe):
    await probe.post("/tally", {"amount": 5}, key="k")
    other = await probe.post("/tally", {"amount": 6}, key="k")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency.key_reused")
    assert await probe.value("SELECT total FROM tallies") == 5


async def test_law2_a_key_belongs_to_one_caller_and_one_route(probe: Probe):
    for path, caller in (("/tally", PREPARER), ("/other", PREPARER), ("/tally", ADMIN)):
        answer = await probe.post(path, {"amount": 5}, caller, key="k")
        assert answer.status_code == 200
    assert await probe.value("SELECT total FROM tallies") == 15


async def test_law2_a_refusal_is_not_stored_and_leaves_nothing(probe: Probe):
    refused = await probe.post("/tally", {"amount": -1}, key="k")
    accepted = await probe.post("/tally", {"amount": 5}, key="k")
    assert (refused.status_code, accepted.status_code) == (409, 200)
    assert await probe.value("SELECT count(*) FROM outbox") == 1


class LosesAnswers(httpx.AsyncBaseTransport):
    """The request arrives and acts; the answer is lost as often as `lost` says."""

    def __init__(self, inner: httpx.ASGITransport, lost: int) -> None:
        self._inner, self.lost = inner, lost

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        if self.lost:
            self.lost -= 1
            raise httpx.ReadTimeout("no answer", request=request)
        return answer


async def test_law4_a_call_whose_answer_is_lost_is_asked_again_by_its_key(probe: Probe):
    transport = LosesAnswers(httpx.ASGITransport(app=probe.app), lost=1)
    calls = Calls(probe.chassis.settings, {"registry": transport})
    caller = calls.as_(PREPARER)
    with pytest.raises(Problem) as unknown:
        await caller.post("registry", "/tally", Tally, Amount(amount=5), key="k")
    again = await caller.post("registry", "/tally", Tally, Amount(amount=5), key="k")
    await calls.close()
    assert unknown.value.body.code == "unavailable"
    assert again.total == 5
    event_id = await probe.value("SELECT event_id FROM outbox")
    assert caller.after == f"registry.employers/{event_id}"
