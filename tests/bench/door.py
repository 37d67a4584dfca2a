"""The bank door: signed notifications made durable by one gateway process; bare: forged ones, nothing kept."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterable, Iterator

import asyncpg

from deploy.local.ports import HOST
from gateway.bank.signature import headers
from services.chassis.clocks import plain_dsn
from tests.bench.ground import BANK_KEY, Ground
from tests.bench.notes import notification
from tests.bench.results import Result, rate

CALLS, LEAST, CONNECTIONS, WARM_UP = 30_000, 3_000, 64, 1_000
PATH = "/bank/v1/notifications"


async def run(ground: Ground) -> Result:
    """Accepted a second, each in the database before its answer."""
    dsn, owner = ground.databases.fresh("gateway")
    clock, _ = ground.databases.fresh("business_clock")
    count = ground.many(CALLS)
    with ground.process("gateway", ground.environment(dsn, clock)) as port:
        await _volley(port, _posts(range(count, count + WARM_UP)))
        bare = await _volley(port, list(_posts(range(count), bytes(32))), b"401")
        taken = await _volley(port, list(_posts(range(count))))
    await _check(owner, count + WARM_UP)
    return rate("bank_door", count / taken, "notifications/s", count / bare, LEAST)


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
    waiting = iter(requests)
    started = time.perf_counter()
    await asyncio.gather(*(_connection(port, waiting, status) for _ in range(CONNECTIONS)))
    return time.perf_counter() - started


async def _connection(port: int, waiting: Iterator[bytes], status: bytes) -> None:
    """One kept connection: ask, read the whole answer, ask again."""
    reader, writer = await asyncio.open_connection(HOST, port)
    for request in waiting:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if head.split(b" ", 2)[1] != status:
            raise RuntimeError(head.decode())
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
    writer.close()
    await writer.wait_closed()


async def _check(dsn: str, count: int) -> None:
    """Every accepted notification is a row with its event."""
    connection = await asyncpg.connect(plain_dsn(dsn))
    stored = await connection.fetchval("SELECT count(*) FROM bank_payments")
    events = await connection.fetchval("SELECT count(*) FROM outbox WHERE type = 'PaymentNotified'")
    await connection.close()
    if (stored, events) != (count, count):
        raise RuntimeError(f"{count} accepted, {stored} stored, {events} events")
