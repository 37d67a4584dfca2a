"""Live pages: an event marks its employer's part, open streams hear of it, and a page asks until it has seen it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime

import pytest
from starlette.requests import Request
from starlette.responses import StreamingResponse

from contracts.events.billing import BillSettled, PaymentPosted
from contracts.events.notices import NoticePosted
from contracts.month import Month
from contracts.values import Channel
from gateway.live import hub as hubs
from gateway.live import stream
from gateway.live.follow import states_of
from gateway.sessions import visit as visits
from services.chassis.clocks import SHANGHAI
from services.chassis.work import new_id
from tests.servers.house import House

AT = datetime(2016, 9, 9, 10, tzinfo=SHANGHAI)


def settled(employer_no: str = "3706000001", version: int = 3) -> BillSettled:
    return BillSettled(
        version=version,
        employer_no=employer_no,
        month=Month(2016, 9),
        total=860258,
        paid_at=AT,
        settled_on=date(2016, 9, 9),
    )


def posted() -> PaymentPosted:
    return PaymentPosted(
        version=1,
        employer_no="3706000001",
        payment_id=new_id(),
        channel=Channel.BANK,
        amount=860258,
        paid_at=AT,
        slip_no="37060001230000018",
        bank="ICBC",
        serial="S1",
        allocations=(),
    )


def on_board() -> NoticePosted:
    return NoticePosted(version=1, notice_id=new_id(), title="延时服务", posted_at=AT)


@asynccontextmanager
async def listening(home: House) -> AsyncIterator[None]:
    """The replica's ear, as its lifespan runs it."""
    async with hubs.live_pages(home.gateway.app):
        yield


async def opened(
    home: House, token: str, headers: dict[str, str] | None = None, version: str = ""
) -> AsyncIterator[str]:
    """What a browser's stream brings, line group by line group."""
    raw = [
        (name.encode(), value.encode())
        for name, value in {"cookie": f"sid={token}", **(headers or {})}.items()
    ]
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/live",
        "query_string": b"",
        "headers": raw,
        "app": home.gateway.app,
    }
    found = await visits.open_visit(Request(scope))
    assert found is not None
    answer = await stream.live(found, version)
    assert isinstance(answer, StreamingResponse)
    async for said in answer.body_iterator:
        yield str(said)


async def next_said(source: AsyncIterator[str]) -> str:
    """What it says next; signs of life say nothing."""
    async with asyncio.timeout(5):
        said = await anext(source)
        while said.startswith(":"):
            said = await anext(source)
    return said


async def state(home: House, no: str) -> tuple[int, set[str]]:
    rows = await home.gateway.rows("SELECT version, facts FROM live_states WHERE employer_no = :no", no=no)
    return (rows[0]["version"], set(rows[0]["facts"])) if rows else (0, set())


async def test_live_an_event_marks_its_employer_once(home: House):
    identity = new_id()
    await home.gateway.take(settled(), ids=(identity,))
    await home.gateway.take(settled(), ids=(identity,))
    await home.gateway.take(posted(), settled("3706000002"), on_board())
    assert await state(home, "3706000001") == (2, {"bill"})
    assert await state(home, "3706000002") == (1, {"bill"})
    assert await state(home, "*") == (1, {"board"})


async def test_live_no_figure_and_nothing_personal_is_kept(home: House):
    await home.gateway.take(posted())
    assert "860258" not in str(await home.gateway.rows("SELECT facts FROM live_states"))


async def test_live_an_open_page_hears_of_its_payment_and_of_no_strangers(home: House):
    person, other = await home.specialist(), await home.specialist("3706000002")
    async with listening(home):
        own = opened(home, person.client.cookies["sid"], version="0.0")
        foreign = opened(home, other.client.cookies["sid"], version="0.0")
        assert [await next_said(own), await next_said(foreign)] == [stream.RETRY, stream.RETRY]
        waiting = asyncio.create_task(next_said(foreign))
        heard = asyncio.create_task(next_said(own))
        await home.gateway.take(settled())
        assert await heard == "id: 1.0\nevent: parts\ndata: bill\n\n"
        await home.gateway.take(on_board())
        assert await waiting == "id: 0.1\nevent: parts\ndata: board\n\n"
        await own.aclose()  # type: ignore[attr-defined]  # an async generator
        await foreign.aclose()  # type: ignore[attr-defined]  # an async generator
    assert home.gateway.app.state.hub.open_streams == 0


async def test_live_a_reconnect_resumes_by_version(home: House):
    person = await home.specialist()
    token = person.client.cookies["sid"]
    await home.gateway.take(settled())
    missed = opened(home, token, {"last-event-id": "0.0"})
    assert [await next_said(missed), await next_said(missed)] == [
        stream.RETRY,
        "id: 1.0\nevent: parts\ndata: bill\n\n",
    ]
    home.gateway.app.state.hub.close()
    current = opened(home, token, version="1.0")
    assert [said async for said in current] == [stream.RETRY]


async def test_live_a_stream_ends_with_its_session(home: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stream, "PULSE_SECONDS", 0.01)
    person = await home.specialist()
    source = opened(home, person.client.cookies["sid"])
    assert await next_said(source) == stream.RETRY
    await person.send("/log-out")
    async with asyncio.timeout(5):
        assert [said async for said in source if not said.startswith(":")] == []


async def test_live_a_page_asks_its_owner_for_what_woke_it(home: House):
    identity = new_id()
    await home.gateway.take(settled(), ids=(identity,))
    person = await home.specialist()
    page = await person.get("/bill/2016-09")
    assert 'data-live="1.0"' in page.text
    assert 'hx-trigger="live-bill from:body"' in page.text
    assert f"billing.bills/{identity}" in page.headers["set-cookie"]


async def test_live_a_payment_told_while_the_page_looks_is_not_missed(
    home: House, monkeypatch: pytest.MonkeyPatch
):
    person = await home.specialist()
    looking, looked = asyncio.Event(), asyncio.Event()

    async def look(visit: visits.Visit) -> tuple[str, dict[str, str]]:
        found = await states_of(visit)
        looking.set()
        await looked.wait()
        return found

    monkeypatch.setattr("gateway.live.stream.states_of", look)
    page = opened(home, person.client.cookies["sid"])
    assert await next_said(page) == stream.RETRY
    heard = asyncio.create_task(next_said(page))
    await looking.wait()
    await home.gateway.take(settled())
    home.gateway.app.state.hub.ring("3706000001")
    looked.set()
    assert await heard == "id: 1.0\nevent: parts\ndata: bill\n\n"
    await page.aclose()  # type: ignore[attr-defined]  # an async generator
