"""Law 6: content failures are parked after three tries, in order, and nothing that arrives vanishes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts.events.billing import BillAssessed, BillConfirmed
from contracts.month import Month
from services.chassis.consumers import Received
from services.chassis.intake import Intake
from services.chassis.replay import replay_parked
from services.chassis.work import new_id
from tests.chassis.conftest import Probes
from tests.chassis.probe import ADMIN, MOMENT, PREPARER, Probe, changed, requested
from tests.chassis.records import record

if TYPE_CHECKING:
    from services.chassis.reading import Record

ONE, TWO = "3706000001", "3706000002"
SEPTEMBER = Month(2016, 9)
OPEN = "SELECT subject FROM dead_letters WHERE resolved_at IS NULL ORDER BY id"


def refuses(*versions: int) -> Callable[[Received[Any]], Awaitable[None]]:
    """A gate at which events of these versions fail by their content."""

    async def gate(received: Received[Any]) -> None:
        if received.event.version in versions:
            raise ValueError("content")

    return gate


def confirmed(version: int) -> BillConfirmed:
    return BillConfirmed(
        employer_no=ONE, version=version, month=SEPTEMBER, persons=3, total=860_258, confirmed_at=MOMENT
    )


def assessed(version: int) -> BillAssessed:
    """The whole state of the subject that `confirmed` tells one thing of."""
    return BillAssessed(
        employer_no=ONE, version=version, month=SEPTEMBER, persons=3, unit=627_187, person=233_071, total=860_258,
        kinds=(), due_day=date(2016, 9, 10),
    )  # fmt: skip


async def test_law6_a_content_failure_is_parked_after_three_tries_and_the_others_pass(probe: Probe):
    probe.hearing.gate = refuses(2)
    await Intake(probe.chassis).take(
        [record(changed(ONE, 1)), record(changed(TWO, 2)), record(changed(ONE, 3))]
    )
    assert await probe.effects() == [(ONE, 1), (ONE, 3)]
    assert await probe.rows("SELECT subject, type, tries, error FROM dead_letters") == [
        (f"{TWO}/specialist", "SpecialistChanged", 3, "ValueError: content")
    ]
    assert await probe.value("SELECT count(*) FROM inbox") == 3


async def test_law6_later_ones_of_a_parked_subject_queue_behind_it_and_replay_runs_in_order(probe: Probe):
    probe.hearing.gate = refuses(1)
    intake = Intake(probe.chassis)
    await intake.take([record(changed(ONE, 1))])
    await intake.take([record(changed(ONE, 2)), record(requested(ONE, 9, "7")), record(changed(TWO, 5))])
    assert await probe.effects() == [(ONE, 9), (TWO, 5)]
    assert await probe.rows(OPEN) == [(f"{ONE}/specialist",)] * 2
    assert "behind" in await probe.value("SELECT error FROM dead_letters ORDER BY id DESC LIMIT 1")


async def test_law6_replay_refuses_the_later_before_the_earlier(probe: Probe):
    probe.hearing.gate = refuses(1)
    await Intake(probe.chassis).take([record(changed(ONE, 1)), record(changed(ONE, 2))])
    first, second = [no for (no,) in await probe.rows("SELECT id FROM dead_letters ORDER BY id")]
    assert "earlier" in await replay_parked(probe.chassis, second)
    assert await replay_parked(probe.chassis, first) == "ValueError: content"
    assert await probe.effects() == []
    probe.hearing.gate = None
    assert [await replay_parked(probe.chassis, no) for no in (first, second, first)] == ["", "", ""]
    assert await probe.effects() == [(ONE, 1), (ONE, 2)]
    assert await probe.rows(OPEN) == []


async def test_law6_the_full_state_passes_by_what_is_parked(probes: Probes):
    probe = await probes.start(hears=(BillConfirmed, BillAssessed))
    probe.hearing.gate = refuses(1)
    intake = Intake(probe.chassis)
    await intake.take([record(confirmed(1))])
    await intake.take([record(confirmed(2))])
    assert await probe.effects() == []
    await intake.take([record(assessed(3))])
    assert await probe.effects() == [(ONE, 3)]
    assert await probe.rows(OPEN) == [(f"{ONE}/2016-09",)] * 2


async def test_law6_the_desk_replays_a_parked_message_and_the_audit_says_who(probe: Probe):
    probe.hearing.gate = refuses(1)
    await Intake(probe.chassis).take([record(changed(ONE, 1))])
    listed = (await probe.get("/dead-letters", ADMIN)).json()
    assert [(row["subject"], row["error"]) for row in listed] == [
        (f"{ONE}/specialist", "ValueError: content")
    ]
    path = f"/dead-letters/{listed[0]['id']}/replay"
    assert (await probe.post(path, {}, PREPARER)).status_code == 403
    assert (await probe.post(path, {}, ADMIN)).json() == {"error": "ValueError: content"}
    probe.hearing.gate = None
    assert (await probe.post(path, {}, ADMIN)).json() == {"error": ""}
    assert await probe.effects() == [(ONE, 1)]
    assert await probe.rows("SELECT act, account FROM audit") == [("dead_letter.replayed", "guan.li")] * 2


def headless(event: Record) -> Record:
    return _with_headers(event, tuple(pair for pair in event.headers if pair[0] != "ce_type"))


def _with_headers(event: Record, headers: Any) -> Record:
    return replace(event, headers=headers)


UNREADABLE = {
    "bad JSON": record(changed(ONE, 1), body=b"{"),
    "no body": _with_headers(record(changed(ONE, 1), body=b""), record(changed(ONE, 1)).headers),
    "a field of the wrong kind": record(changed(ONE, 1), body=b'{"version": true}'),
    "bad id": record(changed(ONE, 1), ce_id=b"not an id"),
    "an id of no day": record(changed(ONE, 1), ce_id=b"ffffffff-ffff-7fff-bfff-ffffffffffff"),
    "a header that is not UTF-8": record(changed(ONE, 1), ce_source=b"\xff\xfe"),
    "a header with a zero byte": record(changed(ONE, 1), ce_subject=b"3706000001\x00"),
    "a header without value": _with_headers(record(changed(ONE, 1)), (("ce_id", None),)),
    "no type": headless(record(changed(ONE, 1))),
    "no headers": _with_headers(record(changed(ONE, 1)), ()),
}


@pytest.mark.parametrize("bad", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_law6_what_cannot_be_read_is_parked_as_it_came(probe: Probe, bad: Record):
    await Intake(probe.chassis).take([record(changed(TWO, 1)), bad, record(changed(TWO, 2))])
    assert await probe.effects() == [(TWO, 1), (TWO, 2)]
    rows = await probe.rows("SELECT key, value, tries, error FROM dead_letters")
    assert [(key, value, tries) for key, value, tries, _ in rows] == [(bad.key, bad.value, 1)]
    assert rows[0][3]


async def test_law6_an_unreadable_message_replayed_stays_and_says_why(probe: Probe):
    await Intake(probe.chassis).take([UNREADABLE["a header that is not UTF-8"]])
    number = await probe.value("SELECT id FROM dead_letters")
    assert "UnicodeDecodeError" in await replay_parked(probe.chassis, number)
    assert await probe.value("SELECT count(*) FROM dead_letters WHERE resolved_at IS NULL") == 1


async def test_law6_a_type_of_the_future_is_passed_over_and_noted_in_the_inbox(probe: Probe):
    unknown = new_id()
    await Intake(probe.chassis).take(
        [record(changed(ONE, 1), unknown, ce_type=b"EmployerMerged"), record(changed(ONE, 2))]
    )
    assert await probe.effects() == [(ONE, 2)]
    assert await probe.value("SELECT count(*) FROM inbox WHERE event_id = :id", id=unknown) == 1
    assert await probe.value("SELECT count(*) FROM dead_letters") == 0


async def test_law6_infrastructure_parks_nothing_and_the_message_comes_again(probe: Probe):
    async def gate(_: Received[Any]) -> None:
        raise ConnectionResetError

    probe.hearing.gate = gate
    taken, intake = record(changed(ONE, 1)), Intake(probe.chassis)
    for _ in range(5):
        with pytest.raises(ConnectionResetError):
            await intake.take([taken])
    assert await probe.rows("SELECT event_id FROM inbox") == []
    assert await probe.rows(OPEN) == []
    probe.hearing.gate = None
    await intake.take([taken])
    assert await probe.effects() == [(ONE, 1)]
