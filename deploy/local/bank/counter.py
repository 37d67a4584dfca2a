"""The bank's counter: what it has sent, what time it is, and its one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import jinja2
from starlette.responses import HTMLResponse, Response

from contracts.errors.code import ProblemBody
from contracts.http.bank import Accepted, Notification
from contracts.http.billing import SlipState
from deploy.local.bank.client import Client
from services.chassis.clocks import SHANGHAI, BusinessClock

HERE = Path(__file__).parent
STATES = {
    SlipState.VALID: "待缴",
    SlipState.PAID: "已缴",
    SlipState.VOIDED: "已作废",
    SlipState.EXPIRED: "已失效",
}
KEPT = 20
HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
    "cache-control": "no-store",
}


def yuan(fen: int) -> str:
    """A sum in yuan with its cents: 860258 is 8,602.58."""
    return f"{fen // 100:,}.{fen % 100:02}"


def until(moment: datetime) -> str:
    """The end of a slip's validity: midnight is the 24:00 of the day before it (A23)."""
    local = moment.astimezone(SHANGHAI)
    if local.time() == time.min:
        return f"{local - timedelta(days=1):%Y年%-m月%-d日} 24:00"
    return f"{local:%Y年%-m月%-d日 %H:%M}"


def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(HERE / "templates")
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    made.filters["yuan"] = yuan
    made.filters["until"] = until
    made.globals.update(STATES=STATES, SlipState=SlipState)
    return made


@dataclass
class Sent:
    """A notification as it went out, with its newest answer and how often it was sent."""

    notification: Notification
    answer: Accepted | ProblemBody
    times: int = 1

    @property
    def accepted(self) -> Accepted | None:
        """The acceptance, if there is one."""
        return self.answer if isinstance(self.answer, Accepted) else None


@dataclass
class Counter:
    """The bank's counter: its client, the business clock, and what it has sent since it was started."""

    client: Client
    clock: BusinessClock
    templates: jinja2.Environment = field(default_factory=_templates)
    sent: dict[str, Sent] = field(default_factory=dict)

    async def now(self) -> datetime:
        """Business time, to the second."""
        await self.clock.refresh()
        return self.clock.now().replace(microsecond=0)

    def remember(self, sent: Sent) -> None:
        """Keep it, and forget the oldest."""
        self.sent[sent.notification.serial] = sent
        for serial in list(self.sent)[:-KEPT]:
            del self.sent[serial]

    async def page(self, status: int = 200, **values: Any) -> Response:
        """The one page."""
        shown = {"slip_no": "", "slip": None, "problem": None, "result": None} | values
        text = self.templates.get_template("counter.html").render(
            bank=self.client.bank, now=await self.now(), sent=list(reversed(self.sent.values())), **shown
        )
        return HTMLResponse(text, status, HEADERS)
