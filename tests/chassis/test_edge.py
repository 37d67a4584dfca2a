"""The edge of a process: signed callers, RFC 9457 problems, answers that have seen one's own writes."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import pytest

from contracts.identity import Caller
from contracts.values import Role
from services.chassis.identity import sign
from services.chassis.intake import Intake
from services.chassis.logs import JsonFormatter
from services.chassis.work import new_id
from tests.chassis.conftest import Probes
from tests.chassis.probe import ADMIN, KEY, PREPARER, Probe, changed
from tests.chassis.records import TOPIC, record

SYSTEM_LIKE = Caller(account="3706000001", roles=frozenset({Role.SYSTEM_ADMIN}), district="370600")


def forged(change: str) -> dict[str, str]:
    """Headers of a caller who may, spoilt in one respect."""
    headers = sign(KEY, "GET", "/dead-letters", ADMIN)
    stale = sign(KEY, "GET", "/dead-letters", ADMIN)
    spoilt: dict[str, dict[str, str]] = {
        "none": {"caller": "", "caller-time": "", "caller-signature": ""},
        "another caller": {"caller": sign(KEY, "GET", "/dead-letters", SYSTEM_LIKE)["caller"]},
        "another key": sign(bytes(32), "GET", "/dead-letters", ADMIN),
        "another path": sign(KEY, "GET", "/effects", ADMIN),
        "another query": sign(KEY, "GET", "/dead-letters?all=1", ADMIN),
        "another method": sign(KEY, "POST", "/dead-letters", ADMIN),
        "another time": {"caller-time": str(int(stale["caller-time"]) - 10)},
        "no time": {"caller-time": "now"},
    }
    return headers | spoilt[change]


CHANGES = (
    "none", "another caller", "another key", "another path", "another query", "another method", "another time",
    "no time",
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
async def test_laws_a_forged_caller_is_nobody(probe: Probe, change: str):
    answer = await probe.client.get("/dead-letters", headers=forged(change))
    assert (answer.status_code, answer.json()["code"]) == (401, "identity.missing")
    assert (await probe.get("/dead-letters", ADMIN)).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (290, 200), (310, 401), (-310, 401)])
async def test_laws_a_stale_caller_is_nobody(
    probe: Probe, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int
):
    moment = time.time()
    with monkeypatch.context() as then:
        then.setattr(time, "time", lambda: moment - seconds)
        headers = sign(KEY, "GET", "/dead-letters", ADMIN)
    assert (await probe.client.get("/dead-letters", headers=headers)).status_code == status


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/tally", {"amount": "5"}, 422, "input.invalid"),
        ("POST", "/tally", {"amount": True}, 422, "input.invalid"),
        ("POST", "/tally", {"amount": -1}, 409, "conflict"),
        ("GET", "/rates", None, 409, "policy.missing"),
        ("GET", "/nowhere", None, 404, "not_found"),
        ("DELETE", "/tally", None, 405, "input.invalid"),
    ],
)
async def test_refusals_are_problems(probe: Probe, method: str, path: str, body: Any, status: int, code: str):
    answer = await probe.client.request(method, path, json=body, headers=sign(KEY, method, path, PREPARER))
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["type"] == f"urn:problem:{code}"
    assert problem["detail"]
    assert problem["todo"]


async def test_refusals_a_missing_policy_names_what_is_missing(probe: Probe):
    assert (await probe.get("/rates")).json()["detail"] == "缺少费率（2016-10）的政策数据"


async def test_refusals_a_database_that_is_away_is_said_so(probes: Probes):
    probe = await probes.start()
    database = probes.databases[-1]
    await asyncio.to_thread(probes.cluster.sql, f"ALTER DATABASE {database} RENAME TO {database}_away")
    answer = await probe.get("/effects")
    await asyncio.to_thread(probes.cluster.sql, f"ALTER DATABASE {database}_away RENAME TO {database}")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert (await probe.get("/effects")).status_code == 200


async def test_own_writes_are_waited_for(probe: Probe):
    event_id = new_id()
    after = f"{TOPIC}/{event_id}"
    asked = asyncio.create_task(probe.get("/effects", after=after))
    await Intake(probe.chassis).take([record(changed("3706000001", 1), event_id)])
    answer = await asked
    assert (answer.json(), answer.headers["caught-up"]) == ({"total": 1}, "yes")


async def test_own_writes_that_do_not_come_within_a_second_are_said_to_lack(probe: Probe):
    started = time.perf_counter()
    answer = await probe.get("/effects", after=f"{TOPIC}/{new_id()}")
    assert answer.headers["caught-up"] == "no"
    assert 0.9 < time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "after", [f"billing.bills/{new_id()}", f"{TOPIC}/rubbish", f"{TOPIC}/{'f' * 32}", "///"]
)
async def test_own_writes_what_cannot_come_is_not_waited_for(probe: Probe, after: str):
    answer = await probe.get("/effects", after=after)
    assert (answer.status_code, answer.headers["caught-up"]) == (200, "yes")


def test_logs_an_exception_gives_its_place_and_never_its_values():
    number = "370602197503129912"
    with pytest.raises(ValueError, match=number) as raised:
        int(f"number {number}")
    info = (raised.type, raised.value, raised.tb)
    line = JsonFormatter("probe").format(logging.LogRecord("l", 40, "f", 1, "fails", None, info))
    assert "ValueError" in line
    assert "test_edge.py" in line
    assert number not in line
