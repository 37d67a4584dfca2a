"""A small gateway at a real address: it says which payments the banks have told, to the system alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from contracts.events.bank import PaymentNotified, employer_of_slip
from contracts.http.bank import ToldPayment, ToldPayments, WindowMoney
from services.chassis.clocks import SHANGHAI
from services.chassis.identity import require, verify

PATH = "/bank/told"


@dataclass
class StubGateway:
    """What banks told; while `down` it ends every connection unanswered."""

    key: bytes
    url: str = ""
    told: list[PaymentNotified] = field(default_factory=list)
    asked: list[WindowMoney] = field(default_factory=list)
    down: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        try:
            start, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            body = await reader.readexactly(int(headers["content-length"]))
            if not self.down:
                require(verify(self.key, "POST", PATH, headers))
                assert start == f"POST {PATH} HTTP/1.1"
                said = self._answer(WindowMoney.model_validate_json(body)).model_dump_json().encode()
                writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n")
                writer.write(
                    b"content-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(said) + said
                )
                await writer.drain()
        finally:
            writer.close()

    def _answer(self, asked: WindowMoney) -> ToldPayments:
        self.asked.append(asked)
        return ToldPayments(
            rows=tuple(
                ToldPayment(
                    payment_id=one.notification_id,
                    bank=one.bank,
                    serial=one.serial,
                    slip_no=one.slip_no,
                    paid_at=one.paid_at,
                )
                for one in self.told
                if employer_of_slip(one.slip_no) in asked.employers
                and asked.first_day <= one.paid_at.astimezone(SHANGHAI).date() <= asked.last_day
            )
        )


@asynccontextmanager
async def stub_gateway(key: bytes) -> AsyncIterator[StubGateway]:
    """The stub on a free port."""
    stub = StubGateway(key)
    server = await asyncio.start_server(stub.serve, "127.0.0.1")
    stub.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield stub
