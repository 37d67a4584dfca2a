"""The server's side of a connection: every answer whole, in its order, and in one write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from services.chassis.wire import OneWrite

HOST = "127.0.0.1"
ASKED = b"GET /%s HTTP/1.1\r\nhost: x\r\n\r\n"
LAST = b"GET /%s HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
LONG = "z" * 3_000_000


async def _plain(request: Request) -> Response:
    return PlainTextResponse(LONG if request.url.path == "/long" else request.url.path)


async def _parts(_: Request) -> Response:
    async def pieces() -> AsyncIterator[str]:
        for piece in ("one", "two", "three"):
            yield piece
            await asyncio.sleep(0)

    return StreamingResponse(pieces(), media_type="text/plain")


APP = Starlette(routes=[Route("/parts", _parts), Route("/{rest:path}", _plain)])


class Counting(OneWrite):
    """Counts what reaches the real transport."""

    writes: list[int]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Stand between the gathering and the real transport."""
        super().connection_made(_counted(transport, self.writes))


def _counted(transport: asyncio.BaseTransport, writes: list[int]) -> asyncio.BaseTransport:
    class Counted:
        def __getattr__(self, name: str) -> Any:
            return getattr(transport, name)

        def write(self, data: bytes) -> None:
            writes.append(len(data))
            cast("asyncio.Transport", transport).write(data)

    return cast("asyncio.BaseTransport", Counted())


@asynccontextmanager
async def _asked(requests: bytes) -> AsyncIterator[tuple[asyncio.StreamReader, list[int]]]:
    """What a real connection answers to these bytes, and the sizes of the server's writes."""
    config = uvicorn.Config(APP, log_config=None, access_log=False)
    config.load()
    state, writes = ServerState(), list[int]()

    def protocol() -> Counting:
        made = Counting(config, state, {})
        made.writes = writes
        return made

    server = await asyncio.get_running_loop().create_server(protocol, HOST, 0)
    reader, writer = await asyncio.open_connection(HOST, server.sockets[0].getsockname()[1])
    writer.write(requests)
    yield reader, writes
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()


async def test_an_answer_leaves_in_one_write():
    async with _asked(ASKED % b"first") as (reader, writes):
        assert (await reader.readuntil(b"/first")).startswith(b"HTTP/1.1 200 OK\r\n")
        assert len(writes) == 1


async def test_an_answer_is_whole_before_the_connection_closes():
    async with _asked(LAST % b"long") as (reader, _):
        answer = await reader.read()
        assert answer.endswith(b"\r\n\r\n" + LONG.encode())


async def test_answers_to_requests_sent_together_come_in_their_order():
    async with _asked(ASKED % b"first" + ASKED % b"second" + LAST % b"third") as (reader, _):
        answer = await reader.read()
        assert answer.count(b"HTTP/1.1 200 OK") == 3
        assert answer.index(b"/first") < answer.index(b"/second") < answer.index(b"/third")


async def test_pieces_of_a_stream_leave_as_they_are_made():
    async with _asked(LAST % b"parts") as (reader, writes):
        answer = await reader.read()
        assert answer.endswith(b"3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n")
        assert len(writes) > 1
