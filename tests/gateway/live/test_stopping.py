"""A gateway process that is told to stop does not wait for the pages that listen."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from gateway.sessions import store
from services.chassis import settings as chassis_settings
from tests.servers.house import BANK_KEYS, House, specialist

KEY = bytes(range(32))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def gateway(home: House) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A process of its own on the database of the house, without a broker."""
    given: chassis_settings.Settings = home.gateway.chassis.settings
    ring = json.dumps({"1": base64.b64encode(KEY).decode()})
    banks = {bank: {name: key.hex() for name, key in keys.items()} for bank, keys in BANK_KEYS.items()}
    environment = os.environ | {
        "SI_DSN": given.dsn,
        "SI_CLOCK_DSN": given.clock_dsn,
        "SI_CALLER_KEY": KEY.hex(),
        "SI_DATA_KEYS": ring,
        "SI_LOOKUP_KEYS": ring,
        "SI_BANK_KEYS": json.dumps(banks),
        "SI_SECURE_COOKIES": "false",
        "SI_KAFKA": f"127.0.0.1:{_free_port()}",
    }
    port = _free_port()
    command = [sys.executable, "-m", "services.chassis.serve", "gateway", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


async def test_live_streams_close_at_once_on_sigterm(
    home: House, gateway: tuple[subprocess.Popen[bytes], str]
):
    process, address = gateway
    token = await store.open_session(home.gateway.chassis, specialist("3706000001"))
    patient = httpx.AsyncHTTPTransport(retries=8)
    async with httpx.AsyncClient(
        base_url=address, cookies={"sid": token}, transport=patient, timeout=30
    ) as client:
        assert (await client.get("/log-in")).status_code == 200
        async with client.stream("GET", "/live") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = answer.aiter_lines()
            assert await anext(lines) == "retry: 2000"
            told = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert [line async for line in lines if line] == []
            assert time.monotonic() - told < 3
    assert process.wait(timeout=8) in {0, -signal.SIGTERM}
    assert time.monotonic() - told < 9
