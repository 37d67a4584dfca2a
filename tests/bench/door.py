"""The bank door: signed notifications made durable by one gateway process; bare: forged ones, nothing kept.

Client, gateway, database and broker share the machine: what client and gateway take of it stands in lines of its own.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterable, Iterator
from typing import cast

import asyncpg
import psutil

from deploy.local.ports import HOST
from gateway.bank.signature import headers
from services.chassis.clocks import plain_dsn
from tests.bench.ground import BANK_KEY, Ground
from tests.bench.notes import notification
from tests.bench.results import Result, cost, rate

CALLS, LEAST, CONNECTIONS, WARM_UP = 30_000, 3_000, 64, 1_000
PATH = "/bank/v1/notifications"
HEAD_END, LENGTH = b"\r\n\r\n", b"content-length: "


async def run(ground: Ground) -> list[Result]:
    """Accepted a second, each in the database before its answer."""
    dsn, owner = ground.databases.fresh("gateway")
    clock, _ = ground.databases.fresh("business_clock")
    count = ground.many(CALLS)
    with ground.process("gateway", ground.environment(dsn, clock)) as port:
        await _volley(port, list(_posts(range(count, count + WARM_UP))))
        bare = await _volley(port, list(_posts(range(count), bytes(32))), b"401")
        posts, before = list(_posts(range(count))), _spent()
        taken = await _volley(port, posts)
        client, gateway = (now - then for now, then in zip(_spent(), before, strict=True))
    await _check(owner, count + WARM_UP)
    return [
        rate("bank_door", count / taken, "notifications/s", count / bare, LEAST),
        cost("bank_door_gateway", gateway / count, taken / count),
        cost("bank_door_client", client / count, taken / count),
    ]


def _spent() -> tuple[float, float]:
    """Seconds on a core so far: of the client, which is this process, and of the gateway."""
    gateway = next(it for it in psutil.Process().children() if "services.chassis.serve" in it.cmdline())
    used = gateway.cpu_times()
    return time.process_time(), used.user + used.system


def _posts(numbers: Iterable[int], key: bytes = BANK_KEY) -> Iterator[bytes]:
    """Whole requests, signed beforehand, for the bank's own work is not measured."""
    stamp = int(time.time())
    for number in numbers:
        body = notification(number).model_dump_json().encode()
        signed = headers("ICBC", "k1", key, path=PATH, body=body, stamp=stamp, nonce=secrets.token_hex(8))
        lines = [f"POST {PATH} HTTP/1.1", f"host: {HOST}", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in signed.items()]
        yield "\r\n".join([*lines, "", ""]).encode() + body


async def _volley(port: int, requests: Iterable[bytes], status: bytes = b"200") -> float:
    waiting, loop = iter(requests), asyncio.get_running_loop()
    started = time.perf_counter()
    opened = [
        await loop.create_connection(lambda: _Connection(waiting, status, loop.create_future()), HOST, port)
        for _ in range(CONNECTIONS)
    ]
    await asyncio.gather(*(connection.ended for _, connection in opened))
    return time.perf_counter() - started


class _Connection(asyncio.Protocol):
    """One kept connection: ask, read the whole answer, ask again; streams would cost the client half as much again."""

    def __init__(self, waiting: Iterator[bytes], status: bytes, ended: asyncio.Future[None]) -> None:
        self._waiting, self.ended = waiting, ended
        self._begin, self._read = b"HTTP/1.1 " + status, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(HEAD_END)
        if not end or len(body) < int(head.partition(LENGTH)[2].partition(b"\r\n")[0]):
            return
        if not head.startswith(self._begin):
            self._transport.close()
            self.ended.set_exception(RuntimeError(self._read.decode()))
            return
        self._read = b""
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(error or RuntimeError("the gateway hung up"))

    def _ask(self) -> None:
        if request := next(self._waiting, None):
            self._transport.write(request)
        else:
            self.ended.set_result(None)
            self._transport.close()


async def _check(dsn: str, count: int) -> None:
    """Every accepted notification is a row with its event."""
    connection = await asyncpg.connect(plain_dsn(dsn))
    stored = await connection.fetchval("SELECT count(*) FROM bank_payments")
    events = await connection.fetchval("SELECT count(*) FROM outbox WHERE type = 'PaymentNotified'")
    await connection.close()
    if (stored, events) != (count, count):
        raise RuntimeError(f"{count} accepted, {stored} stored, {events} events")
