"""The whole system as `make run` starts it: a load is interrupted, everything is killed, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from contracts.errors.code import ProblemBody
from contracts.http.bank import SlipQuestion
from deploy.city.api import Api
from deploy.city.employers import Employer
from deploy.local import record
from deploy.local.bank.client import Client
from deploy.local.bank.settings import Settings as BankSettings
from deploy.local.data import Data
from deploy.local.databases import PROCESSES
from deploy.local.places import ROOT
from deploy.local.plan import recovery
from deploy.local.status import report
from tests.servers.stack import stack
from tests.servers.town import Town, progress, town

pytestmark = [pytest.mark.timeout(400), pytest.mark.slow]
EMPLOYERS, PERSONS, PAYERS = 30, 300, 10
IMPORTED = 80
"""Hundredths of the load at which all employers are there, and not yet all persons in force."""
STARTED = "SELECT count(*) FROM outbox WHERE type = 'EnrollmentStarted'"
STARTED_SUBJECTS = "SELECT count(DISTINCT subject) FROM outbox WHERE type = 'EnrollmentStarted'"
POSTED = "SELECT count(*) FROM payments WHERE state = 'posted'"


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    with stack(tmp_path_factory.mktemp("stack") / ".local") as running:
        async with town(running) as made:
            yield made


async def sums(place: Town) -> dict[str, int]:
    """What must be there once."""
    return {
        "employers": await place.count("registry", "SELECT count(*) FROM employers"),
        "registered": await place.count(
            "registry", "SELECT count(*) FROM outbox WHERE type = 'EmployerRegistered'"
        ),
        "opened": await place.count("registry", "SELECT count(*) FROM outbox WHERE type = 'ServiceOpened'"),
        "persons": await place.count("enrollment", "SELECT count(*) FROM persons"),
        "relations": await place.count("enrollment", "SELECT count(*) FROM relations"),
        "started": await place.count("enrollment", STARTED),
        "started subjects": await place.count("enrollment", STARTED_SUBJECTS),
        "roster": await place.count("billing", "SELECT count(*) FROM roster"),
        "notices": await place.count("notices", "SELECT count(*) FROM notices"),
        "applications": await place.count("registry", "SELECT count(*) FROM applications"),
        "finished": await place.count("registry", "SELECT count(*) FROM applications WHERE state = 'done'"),
        "approvers": await place.count("registry", "SELECT count(*) FROM approvers"),
        "changes": await place.count("registry", "SELECT count(*) FROM registration_changes"),
        "requests": await place.count("registry", "SELECT count(*) FROM material_requests"),
        "handed in": await place.count("registry", "SELECT count(*) FROM material_files"),
    }


async def test_1_a_city_interrupted_in_the_middle_is_taken_up_and_nothing_is_doubled(place: Town) -> None:
    loader = await place.loader()
    async for hundredths in progress(loader):
        if hundredths >= IMPORTED:
            loader.terminate()
    assert await loader.wait() != 0
    assert await place.count("registry", "SELECT count(*) FROM employers") == EMPLOYERS
    assert await place.count("enrollment", STARTED) < PERSONS
    again = await place.loader()
    told = [hundredths async for hundredths in progress(again)]
    assert (await again.wait(), told[-1]) == (0, 100)
    await place.rest()
    assert await sums(place) == {
        "employers": EMPLOYERS,
        "registered": EMPLOYERS,
        "opened": EMPLOYERS,
        "persons": PERSONS,
        "relations": PERSONS,
        "started": PERSONS,
        "started subjects": PERSONS,
        "roster": PERSONS,
        "notices": 1,
        "applications": 5,
        "finished": 3,
        "approvers": 1,
        "changes": 2,
        "requests": 5,
        "handed in": 1,
    }


def _people(place: Town, start: int, count: int) -> tuple[Sequence[Employer], Sequence[Employer]]:
    """Payers, and others who enroll: a newcomer that comes before the money is posted voids the slip it was paid by."""
    ordinary = [it for it in place.city if not it.golden]
    return ordinary[start : start + count], ordinary[start + count : start + 2 * count]


async def _work(place: Town, payer: Employer, pays: Api, hirer: Employer, hires: Api) -> None:
    """Confirm and pay at one employer, enroll at another; whoever has fallen is asked again."""
    await place.pay(await place.confirm(payer, pays))
    await place.enroll(hirer, hires)


async def _kill_all(place: Town, killed: dict[str, int]) -> None:
    """SIGKILL each process as soon as one more payment has been posted; the killed pids are noted."""
    for name in PROCESSES:
        before, killed[name] = await place.count("billing", POSTED), place.pid(name)
        os.kill(killed[name], signal.SIGKILL)
        while await place.count("billing", POSTED) == before < PAYERS:  # noqa: ASYNC110  # another process posts
            await asyncio.sleep(0.1)


async def money(place: Town) -> dict[str, int]:
    """What the payments of the payers have become."""
    return {
        "notified": await place.count("gateway", "SELECT count(*) FROM bank_payments"),
        "told": await place.count("gateway", "SELECT count(*) FROM outbox WHERE type = 'PaymentNotified'"),
        "posted": await place.count("billing", POSTED),
        "receipts": await place.count("billing", "SELECT count(DISTINCT payment_id) FROM receipts"),
        "receipt rows": await place.count("billing", "SELECT count(*) FROM receipts"),
        "settled": await place.count("billing", "SELECT count(*) FROM outbox WHERE type = 'BillSettled'"),
        "enrolled": await place.count("enrollment", STARTED) - PERSONS,
        "roster": await place.count("billing", "SELECT count(*) FROM roster") - PERSONS,
    }


async def test_2_every_process_is_killed_under_load_and_nothing_is_lost_or_doubled(place: Town) -> None:
    payers, hirers = _people(place, 0, PAYERS)
    pays = [await place.specialist(it) for it in payers]
    hires = [await place.specialist(it) for it in hirers]
    work = [_work(place, *four) for four in zip(payers, pays, hirers, hires, strict=True)]
    killed: dict[str, int] = {}
    await asyncio.gather(*work, _kill_all(place, killed))
    await place.rest()
    assert [name for name in PROCESSES if place.pid(name) == killed[name]] == []
    assert await money(place) == {
        "notified": PAYERS,
        "told": PAYERS,
        "posted": PAYERS,
        "receipts": PAYERS,
        "receipt rows": PAYERS,
        "settled": PAYERS,
        "enrolled": PAYERS,
        "roster": PAYERS,
    }
    paid = await place.count("gateway", "SELECT sum(amount) FROM bank_payments")
    assert paid == await place.count("billing", "SELECT sum(unit + person + fee) FROM allocations") > 0


async def test_3_a_killed_postgresql_is_started_again_and_every_service_goes_on_by_itself(
    place: Town,
) -> None:
    before = {name: place.pid(name) for name in PROCESSES}
    postmaster = int((place.stack.cluster.data / "postmaster.pid").read_text().split()[0])
    psutil.Process(postmaster).kill()
    (payer,), (hirer,) = _people(place, 2 * PAYERS, 1)
    await _work(place, payer, await place.specialist(payer), hirer, await place.specialist(hirer))
    await place.rest()
    assert {name: place.pid(name) for name in PROCESSES} == before
    assert await place.count("billing", POSTED) == PAYERS + 1


COPIED = "SELECT count(*), sum(version) FROM employers WHERE name <> ''"
BILLED = "SELECT count(*), sum(version), sum(total) FROM bills"


async def test_4_what_a_service_has_lost_of_its_neighbours_comes_back_by_republish(place: Town) -> None:
    kept, billed = await place.rows("notices", COPIED), await place.rows("billing", BILLED)
    await place.rows("notices", "UPDATE employers SET name = '', version = 0")
    children = record.read(place.stack.local / "run.json")
    program = recovery("republish", Data(place.stack.local, place.stack.cluster), children.ports)
    done = await asyncio.create_subprocess_exec(*program.command, cwd=ROOT, env=program.environment())
    assert await done.wait() == 0
    await place.rest()
    assert await place.rows("notices", COPIED) == kept
    assert await place.rows("billing", BILLED) == billed


MEASURED = {
    "si_failing", "si_part_deaths", "si_http_requests", "si_http_request_seconds",
    "si_outbox_unsent", "si_outbox_oldest_seconds",
    "si_outbox_buckets", "si_outbox_relayed", "si_inbox_consumed", "si_inbox_repeated", "si_event_lag_seconds",
    "si_consumer_lag_records", "si_consumer_retries", "si_dead_letters_open", "si_dead_letters_parked",
    "si_day_jobs_waiting", "si_day_jobs_blocked", "si_audit_unsealed", "si_audit_unsealed_seconds",
}  # fmt: skip


async def test_5_every_process_is_measured_and_a_forged_bank_call_raises_an_alarm(place: Town) -> None:
    for program in place.watch.programs:
        scraped = await place.client.get(f"{program.url}/metrics")
        named = {family.name for family in text_string_to_metric_families(scraped.text)}
        assert (program.name, MEASURED - named) == (program.name, set())
    forger = Client(BankSettings(gateway_url=place.stack.gateway, bank_keys={"ICBC": {"k1": bytes(32)}}))
    answer = await forger.query(SlipQuestion(slip_no="37060001230000018"))
    await forger.close()
    assert isinstance(answer, ProblemBody)
    assert answer.code == "bank.bad_signature"
    lines = await report(
        record.read(place.stack.local / "run.json"), Data(place.stack.local, place.stack.cluster)
    )
    assert [line for line in lines if "ALARM" in line] == [
        "  ALARM gateway: 1 bank calls with a bad signature"
    ]
