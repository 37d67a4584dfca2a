"""GET /live: a stream that names the parts of the page that are new; the page asks for them."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from gateway.live.follow import states_of
from gateway.live.hub import Hub
from gateway.sessions import store
from gateway.sessions.visit import PageRoute, Visit, Visitor, settings_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PULSE_SECONDS = 15.0
RETRY = "retry: 2000\n\n"
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


def hub_of(request: Request) -> Hub:
    """The replica's hub."""
    found: Hub = request.app.state.hub
    return found


@router.get("/live")
async def live(visit: Visitor, version: str = "") -> Response:
    """The stream; `last-event-id` resumes after a break, `version` is the page's own when it was made."""
    known = visit.request.headers.get("last-event-id", "") or version
    return StreamingResponse(_stream(visit, known), media_type="text/event-stream", headers=HEADERS)


async def _stream(visit: Visit, known: str) -> AsyncIterator[str]:
    """Say what is new until the page closes, the session ends, or this replica stops."""
    hub = hub_of(visit.request)
    with hub.joined(visit.session.employer_no or "") as news:
        yield RETRY
        told = news.next()
        current, seen = await states_of(visit)
        if known not in ("", current):
            yield _say(current, sorted(seen))
        known = current
        while await _goes_on(visit, hub):
            await told.wait(PULSE_SECONDS)
            if not await _goes_on(visit, hub):
                return
            told = news.next()
            current, facts = await states_of(visit)
            changed = sorted(name for name, after in facts.items() if seen.get(name) != after)
            yield _say(current, changed) if current != known else ": still here\n\n"
            known, seen = current, facts


def _say(version: str, parts: list[str]) -> str:
    return f"id: {version}\nevent: parts\ndata: {' '.join(parts)}\n\n"


async def _goes_on(visit: Visit, hub: Hub) -> bool:
    return not hub.closed and await store.lives(
        visit.chassis, visit.token, settings_of(visit.request).session_minutes
    )
