"""A service that is not ready: killed in the middle of an upload, or its database away; then everything once."""

from __future__ import annotations

import asyncio
from collections import Counter

import httpx
import pytest

from contracts.errors.code import ProblemBody
from contracts.http.enrollment import IncreaseResult, RawIncrease, RosterPage
from deploy.city.people import id_number
from gateway.api.routes import NewSession, Opened
from services.chassis.http import KEY
from tests.flows.flow import PASSWORD, City, Flow, types
from tests.flows.people import person
from tests.gateway.api.sheet import sheet

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]
ROWS, FIRST_PERSON = 300, 7_500_000
WAITING = "SELECT count(*) FROM pg_locks WHERE relation = 'outbox'::regclass AND NOT granted"
E2_OF_ALL = ROWS * 205_836


def everybody() -> list[RawIncrease]:
    """Three hundred persons with 5,431.37 each."""
    one = person(31, 1, "李秀英", "5431.37", rural=False, hired_on="2016-09-01")
    return [
        one.model_copy(update={"id_number": id_number(FIRST_PERSON + n), "phone": f"139{n:08}"})
        for n in range(ROWS)
    ]


async def bearer(city: City, flow: Flow) -> dict[str, str]:
    """A session for calls that are sent once, without patience."""
    assert flow.receipt is not None
    asked = NewSession(account=flow.receipt.account, password=PASSWORD)
    return {"authorization": f"Bearer {(await city.api().post('/sessions', Opened, asked)).token}"}


async def test_3_1_enrollment_is_killed_in_the_middle_of_a_sheet_and_each_row_is_enrolled_once(city: City):
    fleet, flow = city.fleet, await city.employer(31)
    await flow.told()
    await fleet.launch("enrollment")
    url, content = fleet.url("gateway"), sheet(everybody())
    headers = await bearer(city, flow) | {KEY: "sheet"}
    async with (
        httpx.AsyncClient(base_url=url, headers=headers, timeout=60.0, trust_env=False) as client,
        fleet.shared("enrollment", "outbox"),  # every row is written and no event yet
    ):
        asked = client.post(f"/api/v1{flow.path('increases/sheet')}", content=content)
        sending = asyncio.create_task(asked)
        await fleet.until("enrollment", WAITING, (), 1)
        await fleet.kill("enrollment")
        refused = await sending
    assert (refused.status_code, ProblemBody.model_validate_json(refused.content).code) == (
        503,
        "unavailable",
    )
    assert (
        await fleet.rows("enrollment", "SELECT 1 FROM increases WHERE employer_no = $1", flow.employer_no)
        == []
    )
    await fleet.start_all("enrollment")
    path = flow.path("increases/sheet")
    first, again = [await flow.api.upload(path, IncreaseResult, content, key="sheet") for _ in range(2)]
    assert (len(first.accepted), first) == (ROWS, again)
    told = Counter(kind for kind, _ in (await flow.told()).elements())
    assert told == {"EnrollmentStarted": ROWS, "SubmissionDecided": ROWS, "BillAssessed": 1}
    assert (await flow.api.get(flow.path("roster"), RosterPage)).total == ROWS
    bill = await flow.bill("2016-09")
    assert (bill.persons, bill.total) == (ROWS, E2_OF_ALL)


async def test_laws_6_a_service_whose_database_is_away_answers_503_and_catches_up(city: City):
    fleet, flow = city.fleet, await city.enrolled(32)
    headers = await bearer(city, flow)
    async with httpx.AsyncClient(headers=headers, timeout=60.0, trust_env=False) as client:
        async with fleet.away("billing"):
            for replica in fleet.replicas["billing"]:
                assert (await client.get(f"{replica.url}/health")).status_code == 503
            asked = await client.get(f"{fleet.url('gateway')}/api/v1{flow.path('bills/2016-09')}")
            assert (asked.status_code, asked.json()["code"]) == (503, "unavailable")
            sent = await flow.increase(person(32, 4, "孙丽", "5431.37", rural=False, hired_on="2016-09-02"))
            assert [row.state for row in sent.accepted] == ["confirmed_auto"]
        await fleet.ready()
    assert types(await flow.told()) == {"EnrollmentStarted": 1, "SubmissionDecided": 1, "BillAssessed": 1}
    bill = await flow.bill("2016-09")
    assert (bill.persons, bill.total) == (4, 860_258 + 205_836)
