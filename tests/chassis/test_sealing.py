"""The audit chain: whole under fifty acts at once on two replicas; whatever is done to a past row names it."""

from __future__ import annotations

import asyncio

import pytest

from services.chassis.sealing import seal
from services.chassis.tables import AuditMixin
from services.chassis.verifying import said, verify, verify_at
from tests.chassis.conftest import Probes
from tests.chassis.log import until
from tests.chassis.probe import AUDITOR, PREPARER, Probe


async def acts(probe: Probe, number: int) -> None:
    for turn in range(number):
        await probe.post("/tally", {"amount": 1, "employer_no": f"37060007{turn:02d}"})


async def test_laws_fifty_acts_at_once_on_two_replicas_leave_one_whole_chain(probes: Probes):
    database = probes.database()
    replicas = [await probes.start(database, runs=True) for _ in range(2)]
    one = {"amount": 1}
    await asyncio.gather(*(replicas[turn % 2].post("/tally", one) for turn in range(50)))
    await until(lambda: replicas[0].value("SELECT count(*) FROM audit_seals"), 50)
    answer = await replicas[1].get("/audit/verify", AUDITOR)
    assert answer.json() == {"checked": 50, "changed": []}
    assert (await replicas[1].get("/audit/verify", PREPARER)).status_code == 403
    assert {one.chassis.faults.get("sealer") for one in replicas} == {None}


CHANGED = {
    "tx": "tx = tx - 1",
    "at": "at = at + interval '1 microsecond'",
    "business_at": "business_at = business_at - interval '1 day'",
    "account": "account = 'somebody.else'",
    "roles": "roles = 'counter'",
    "channel": "channel = 'counter'",
    "employer_no": "employer_no = NULL, act = concat_ws(chr(31), employer_no, act)",
    "act": "act = act || ' '",
    "subject": "subject = ''",
    "before": "before = '{}'",
    "after": "after = '{}'",
    "id": "id = DEFAULT",
}
"""One change of each column, one of them so that all values together read as before."""
FORGED = """
    INSERT INTO audit (id, tx, at, business_at, account, roles, channel, act, subject) OVERRIDING SYSTEM VALUE
    SELECT {id}, {tx}, {at}, business_at, 'somebody.else', roles, channel, act, subject FROM audit WHERE id = 3
"""


async def sealed(probe: Probe) -> None:
    """Six acts, all sealed, and nothing to be named."""
    await acts(probe, 6)
    assert await seal(probe.chassis) == 6
    assert await verify(probe.chassis.sessions) == (6, [])


def test_laws_each_column_is_changed_in_turn():
    assert set(CHANGED) == set(AuditMixin.model_fields)


@pytest.mark.parametrize("column", CHANGED)
async def test_laws_a_change_of_any_column_names_the_row(probe: Probe, probes: Probes, column: str):
    await sealed(probe)
    probes.cluster.sql(f"UPDATE audit SET {CHANGED[column]} WHERE id = 2", probes.databases[-1])
    named = [2, 7] if column == "id" else [2]  # one is gone, one was put in
    assert await verify(probe.chassis.sessions) == (6, named)


async def test_laws_removed_and_swapped_rows_are_named(probe: Probe, probes: Probes):
    await sealed(probe)
    database = probes.databases[-1]
    probes.cluster.sql("DELETE FROM audit WHERE id = 5", database)
    assert await verify(probe.chassis.sessions) == (6, [5])
    swap = (
        "UPDATE audit a SET subject = b.subject, employer_no = b.employer_no, after = b.after FROM audit b "
    )
    probes.cluster.sql(f"{swap} WHERE a.id IN (2, 3) AND b.id = 5 - a.id", database)
    assert await verify(probe.chassis.sessions) == (6, [2, 3, 5])
    probes.cluster.sql("DELETE FROM audit WHERE id = 1; DELETE FROM audit_seals WHERE audit_id = 1", database)
    assert await verify(probe.chassis.sessions) == (5, [2, 3, 5])


async def test_laws_two_seals_that_change_places_are_named(probe: Probe, probes: Probes):
    await sealed(probe)
    move = "UPDATE audit_seals SET audit_id = {} WHERE audit_id = {}"
    steps = [move.format(99, 2), move.format(2, 4), move.format(4, 99)]
    probes.cluster.sql("; ".join(steps), probes.databases[-1])
    assert await verify(probe.chassis.sessions) == (6, [4, 2])


@pytest.mark.parametrize(
    ("tx", "at"),
    [("tx", "at"), ("txid_current()", "at - interval '2 hours'")],
    ids=["under its transaction", "under its time"],
)
async def test_laws_a_row_put_in_is_named_for_ever(probe: Probe, probes: Probes, tx: str, at: str):
    await sealed(probe)
    probes.cluster.sql(FORGED.format(id=-3, tx=tx, at=at), probes.databases[-1])
    sealed_with_the_rest = int(tx != "tx")
    if not sealed_with_the_rest:
        assert await verify(probe.chassis.sessions) == (6, [-3])
    assert await seal(probe.chassis) == sealed_with_the_rest
    assert await verify(probe.chassis.sessions) == (6 + sealed_with_the_rest, [-3])
    await acts(probe, 1)
    assert await seal(probe.chassis) == 1
    assert await verify(probe.chassis.sessions) == (7 + sealed_with_the_rest, [-3])


async def test_laws_the_command_says_what_it_found(probe: Probe, probes: Probes):
    await sealed(probe)
    dsn = probe.chassis.settings.dsn
    assert said("registry", *await verify_at(dsn)) == "registry: 6 rows, whole"
    probes.cluster.sql("DELETE FROM audit WHERE id IN (1, 4)", probes.databases[-1])
    assert said("registry", *await verify_at(dsn)) == "registry: 6 rows, CHANGED, REMOVED OR PUT IN: 1, 4"


async def test_laws_two_sealers_at_once_break_neither_chain_nor_process(probes: Probes):
    database = probes.database()
    replicas = [await probes.start(database) for _ in range(2)]
    await acts(replicas[0], 20)
    outcomes = await asyncio.gather(*(seal(one.chassis) for one in replicas), return_exceptions=True)
    assert sorted(outcomes, key=str) in ([0, 20], [20, 0])  # numbers, unless one failed
    assert await verify(replicas[0].chassis.sessions) == (20, [])
