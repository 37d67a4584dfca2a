"""What the office has in hand stands in the next scrape."""

from __future__ import annotations

from datetime import date

from prometheus_client.parser import text_string_to_metric_families

from contracts.http.registry import LogIn
from contracts.values import Role
from services.chassis.identity import SYSTEM
from tests.registry.conftest import SECURITY, officer
from tests.registry.test_applications import NO, RESET, opened, received
from tests.servers.bare_service import BareService

ASKED = {"employer_nos": [NO], "what": "2016年8月工资发放表", "deadline": "2016-09-14"}
GROUND = "工资表载明6,000.00元，申报2,500.00元"


async def scraped(registry: BareService) -> dict[str, float]:
    """Samples by name, with their code where they have one."""
    families = text_string_to_metric_families((await registry.client.get("/metrics")).text)
    samples = (sample for family in families for sample in family.samples)
    return {".".join([it.name, *it.labels.values()]): it.value for it in samples}


async def test_issue_3_open_and_overdue_cases_locked_accounts_and_idle_employers(registry: BareService):
    await opened(registry)
    await received(registry, RESET)
    auditor = officer(Role.AUDITOR, account="ji.he")
    await registry.post("/material-requests", auditor, ASKED | {"sort": "materials"})
    await registry.post("/material-requests", auditor, ASKED | {"sort": "correction", "ground": GROUND})
    names = ("applications", "material_requests", "corrections")
    before = await scraped(registry)
    assert [before[f"si_{name}_open"] for name in names] == [1, 1, 1]
    assert [before[f"si_{name}_overdue"] for name in names] == [0, 0, 0]
    assert (before["si_accounts_locked"], before["si_employers_idle"]) == (0, 1)
    await registry.at(date(2016, 9, 15))
    await registry.post(f"/accounts/{NO}/lock", SECURITY)
    after = await scraped(registry)
    assert [after[f"si_{name}_overdue"] for name in names] == [1, 1, 1]
    assert (after["si_accounts_locked"], after["si_answers_to_judge"]) == (1, 0)


async def test_issue_3_refused_tries_are_counted_by_code(registry: BareService):
    first = await opened(registry)
    for password in ("wrong", "wrong again", first):
        await registry.post("/log-in", SYSTEM, LogIn(account=NO, password=password, address="10.0.0.7"))
    await registry.get("/applications", officer(Role.FINANCE))
    found = await scraped(registry)
    assert (found["si_refused_total.log_in.refused"], found["si_refused_total.identity.forbidden"]) == (2, 1)
    assert found["si_employers_idle"] == 0
