"""The audit chain: whole under fifty acts at once on two replicas; a changed or removed row is named."""

from __future__ import annotations

import asyncio

from services.chassis.sealing import seal, verify
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


async def test_laws_a_changed_and_a_removed_act_are_named(probe: Probe, probes: Probes):
    await acts(probe, 6)
    assert await seal(probe.chassis) == 6
    assert await verify(probe.chassis) == (6, [])
    database = probes.databases[-1]
    probes.cluster.sql("UPDATE audit SET account = 'somebody.else' WHERE id = 2", database)
    probes.cluster.sql("DELETE FROM audit WHERE id = 5", database)
    assert await verify(probe.chassis) == (6, [2, 5])


async def test_laws_two_sealers_at_once_break_neither_chain_nor_process(probes: Probes):
    database = probes.database()
    replicas = [await probes.start(database) for _ in range(2)]
    await acts(replicas[0], 20)
    outcomes = await asyncio.gather(*(seal(one.chassis) for one in replicas), return_exceptions=True)
    assert sorted(outcomes, key=str) in ([0, 20], [20, 0])  # numbers, unless one failed
    assert await verify(replicas[0].chassis) == (20, [])
