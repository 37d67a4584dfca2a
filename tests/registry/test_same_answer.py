"""A stranger, a locked or superseded account, a wrong password: the same answer after the same work (domain 1.5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from contracts.http.registry import LogIn
from services.chassis.identity import SYSTEM
from services.registry import hashing
from tests.registry.conftest import SECURITY
from tests.registry.test_accounts import with_totp
from tests.registry.test_applications import ALL_SIX, CHANGE, NO, finished, opened
from tests.servers.bare_service import BareService
from tests.servers.callers import specialist

WRONG = "not-the-password"


class Work:
    """What a log-in costs: hashes verified, statements sent; columns that are null are left out of an INSERT."""

    def __init__(self) -> None:
        self.verified: list[str] = []
        self.statements: list[str] = []


@contextmanager
def watched(registry: BareService, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Count the real work of what happens inside."""
    work, real = Work(), hashing._matches  # the one place where a hash is verified

    def count(stored: str, password: str) -> bool:
        work.verified.append(stored.rpartition("$")[0].rpartition("$")[0])
        return real(stored, password)

    def said(*call: Any) -> None:
        work.statements.append(str(call[2]).partition(" (")[0])

    engine = registry.chassis.engine.sync_engine
    event.listen(engine, "before_cursor_execute", said)
    monkeypatch.setattr(hashing, "_matches", count)
    try:
        yield work
    finally:
        monkeypatch.undo()
        event.remove(engine, "before_cursor_execute", said)


async def refused(
    registry: BareService, monkeypatch: pytest.MonkeyPatch, account: str, password: str, address: str
) -> tuple[Work, tuple[int, bytes]]:
    """The work and the answer of one try, from an address of its own."""
    with watched(registry, monkeypatch) as work:
        answer = await registry.post(
            "/log-in", SYSTEM, LogIn(account=account, password=password, address=address)
        )
    return work, (answer.status_code, answer.content)


async def test_1_5_who_is_refused_cannot_tell_why(registry: BareService, monkeypatch: pytest.MonkeyPatch):
    first = await opened(registry)
    second = (await finished(registry, CHANGE, ALL_SIX))["initial_password"]
    tried = {"stranger": ("3706999999", WRONG), "superseded": (NO, first), "wrong": (f"{NO}-2", WRONG)}
    found = {
        why: await refused(registry, monkeypatch, *who, f"10.0.0.{place}")
        for place, (why, who) in enumerate(tried.items())
    }
    await registry.post(f"/accounts/{NO}-2/lock", SECURITY)
    found["locked"] = await refused(registry, monkeypatch, f"{NO}-2", second, "10.0.0.9")
    answers = {answer for _, answer in found.values()}
    assert len(answers) == 1
    ((status, body),) = answers
    assert (status, b"log_in.refused" in body) == (401, True)
    assert {why: len(work.verified) for why, (work, _) in found.items()} == dict.fromkeys(found, 1)
    (cost,) = {work.verified[0] for work, _ in found.values()}
    assert cost == "$argon2id$v=19$m=19456,t=2,p=1"
    expected = found["stranger"][0].statements
    assert len(expected) > 4
    assert [why for why, (work, _) in found.items() if work.statements != expected] == []


async def test_1_5_who_must_wait_or_lacks_the_code_hears_the_same(
    registry: BareService, monkeypatch: pytest.MonkeyPatch
):
    first = await opened(registry)
    stranger = await refused(registry, monkeypatch, "3706999999", WRONG, "10.0.0.1")
    for _ in range(10):
        await registry.post("/log-in", SYSTEM, LogIn(account=NO, password=WRONG, address="10.0.0.2"))
    waiting = await refused(registry, monkeypatch, NO, first, "10.0.0.3")
    assert waiting[1] == stranger[1]
    assert len(waiting[0].verified) == 1


async def test_1_5_without_its_code_a_right_password_says_nothing(
    registry: BareService, monkeypatch: pytest.MonkeyPatch
):
    first = await opened(registry)
    stranger = await refused(registry, monkeypatch, "3706999999", WRONG, "10.0.0.1")
    await with_totp(registry, specialist(NO))
    codeless = await refused(registry, monkeypatch, NO, first, "10.0.0.2")
    assert codeless[1] == stranger[1]
    assert len(codeless[0].verified) == 1
