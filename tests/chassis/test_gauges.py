"""What a scrape says is measured when it is asked: also of a part that stands still."""

from __future__ import annotations

from datetime import date

from prometheus_client.parser import text_string_to_metric_families

from services.chassis.clocks import SHANGHAI, wall_now
from services.chassis.days import Jobs
from services.chassis.policy import MissingPolicy
from services.chassis.work import UnitOfWork
from tests.chassis.conftest import Probes
from tests.chassis.probe import Probe
from tests.servers.postgres import Databases

PARKED = (
    "INSERT INTO dead_letters (topic, type, subject, headers, error, tries, parked_at, resolved_at) "
    "SELECT 'registry.employers', '', '', '[]', 'ValueError', 3, now(), CASE WHEN n > 2 THEN now() END "
    "FROM generate_series(1, 3) n"
)


async def scraped(probe: Probe) -> dict[str, float]:
    """Samples by name, with the part where one is named."""
    families = text_string_to_metric_families((await probe.get("/metrics")).text)
    samples = (sample for family in families for sample in family.samples)
    return {".".join([it.name, *it.labels.values()]): it.value for it in samples}


async def test_what_waits_stands_in_the_next_scrape(probe: Probe, probes: Probes):
    database = probes.databases[-1]
    for _ in range(2):
        await probe.post("/tally", {"amount": 1})
    probes.cluster.sql("UPDATE outbox SET time = now() - interval '90 seconds'", database)
    probes.cluster.sql("UPDATE audit SET at = now() - interval '70 seconds'", database)
    probes.cluster.sql(PARKED, database)
    found = await scraped(probe)
    assert (found["si_outbox_unsent"], found["si_audit_unsealed"], found["si_dead_letters_open"]) == (2, 2, 2)
    assert 90 <= found["si_outbox_oldest_seconds"] < 120
    assert 70 <= found["si_audit_unsealed_seconds"] < 100
    assert found["si_failing.broker"] == 1
    assert found["si_consumer_lag_records"] == 0
    probes.cluster.sql("DELETE FROM outbox_unsent", database)
    found = await scraped(probe)
    assert (found["si_outbox_unsent"], found["si_outbox_oldest_seconds"]) == (0, 0)


async def test_day_jobs_that_wait_are_counted_by_days_and_blocked_ones_named(probes: Probes):
    jobs = Jobs()

    @jobs.daily("bills")
    async def bills(work: UnitOfWork, day: date) -> bool:
        raise MissingPolicy("费率", "2016-09")

    @jobs.daily("orders")
    async def orders(work: UnitOfWork, day: date) -> bool:
        return True

    probe = await probes.start(jobs=jobs)
    today = wall_now().astimezone(SHANGHAI).date()
    probes.cluster.sql(
        f"INSERT INTO days (day, job, chunks, problem, done_at) VALUES "
        f"('{today}'::date - 3, 'bills', 1, '', now()), ('{today}'::date - 2, 'bills', 0, '缺少费率', NULL), "
        f"('{today}', 'orders', 1, '', now())",
        probes.databases[-1],
    )
    found = await scraped(probe)
    assert (found["si_day_jobs_waiting"], found["si_day_jobs_blocked"]) == (3, 1)


async def test_without_its_database_a_process_says_so(probes: Probes, databases: Databases):
    probe = await probes.start()
    probes.cluster.sql(f"ALTER DATABASE {probes.databases[-1]} RENAME TO gone_{probes.databases[-1]}")
    await probe.chassis.engine.dispose()
    found = await scraped(probe)
    probes.cluster.sql(f"ALTER DATABASE gone_{probes.databases[-1]} RENAME TO {probes.databases[-1]}")
    assert found["si_failing.database"] == 1
