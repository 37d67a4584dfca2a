"""The bank's simulator through the real bank door: what a clerk clicks becomes a signed call and a stored payment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime

import httpx
import pytest
from fastapi import FastAPI

from contracts.http.billing import SlipForBank, SlipQuery, SlipState
from deploy.local.bank import create_app
from deploy.local.bank.settings import Settings as BankSettings
from gateway.app import create
from gateway.settings import Settings
from services.chassis.clocks import SHANGHAI
from services.chassis.settings import Settings as ChassisSettings
from tests.servers.bare_service import BareService, bare_service
from tests.servers.postgres import Databases

SLIP = "37060001230000018"
KEYS = {"ICBC": {"k1": bytes(range(32))}}


@dataclass
class Billing:
    """Answers the door's question for a slip, as billing does."""

    state: SlipState = SlipState.VALID
    asked: list[SlipQuery] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/slips/query")
        async def query(question: SlipQuery) -> SlipForBank:
            self.asked.append(question)
            return SlipForBank(
                slip_no=question.slip_no,
                employer_no="3706000123",
                employer_name="烟台海源机械有限公司",
                amount=860258,
                valid_until=datetime(2016, 9, 11, tzinfo=SHANGHAI),
                state=self.state,
            )

        return app


@dataclass
class Stage:
    gateway: BareService
    bank: httpx.AsyncClient
    billing: Billing

    async def payments(self) -> list[tuple[str, int]]:
        rows = await self.gateway.rows("SELECT slip_no, amount FROM bank_payments")
        return [(row["slip_no"], row["amount"]) for row in rows]


@pytest.fixture
async def stage(databases: Databases) -> AsyncIterator[Stage]:
    billing = Billing()
    transports: dict[str, httpx.AsyncBaseTransport] = {"billing": httpx.ASGITransport(billing.app())}

    def made(settings: ChassisSettings) -> FastAPI:
        return create(Settings(**settings.model_dump(), bank_keys=KEYS), transports)

    async with bare_service(databases, "gateway", made, date(2016, 9, 9)) as service:
        settings = BankSettings(bank_keys=KEYS, clock_dsn=service.clock.owner)
        app = create_app(settings, httpx.ASGITransport(service.app))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bank") as client:
            yield Stage(service, client, billing)
        await app.state.counter.client.close()
        await app.state.counter.clock.close()
        await service.app.state.calls.close()


async def pay(stage: Stage, **given: str) -> httpx.Response:
    form = {
        "slip_no": SLIP,
        "amount": "860258",
        "payer_name": "烟台海源机械有限公司",
        "paid_at": "2016-09-09T10:05:00",
    }
    return await stage.bank.post("/pay", data=form | given)


async def test_a_query_is_signed_and_shows_what_the_slip_costs(stage: Stage) -> None:
    page = await stage.bank.post("/query", data={"slip_no": f" {SLIP} "})
    assert page.status_code == 200
    assert "烟台海源机械有限公司（3706000123）" in page.text
    assert "¥ 8,602.58" in page.text
    assert "2016年9月10日 24:00" in page.text
    assert [(it.bank, it.slip_no) for it in stage.billing.asked] == [("ICBC", SLIP)]


async def test_a_slip_that_cannot_settle_anything_says_where_the_money_would_go(stage: Stage) -> None:
    stage.billing.state = SlipState.VOIDED
    page = await stage.bank.post("/query", data={"slip_no": SLIP})
    assert "该缴费单已作废" in page.text
    assert "挂账" in page.text


async def test_a_payment_is_stored_with_its_event_and_a_repeat_gets_the_first_answer(stage: Stage) -> None:
    first = await pay(stage)
    assert "已扣款，社保系统已受理" in first.text
    rows = await stage.gateway.rows(
        "SELECT serial, notification_id, paid_at, clearing_day FROM bank_payments"
    )
    assert len(rows) == 1
    assert rows[0]["serial"].startswith("ICBC20160909")
    assert rows[0]["paid_at"] == datetime(2016, 9, 9, 10, 5, tzinfo=SHANGHAI)
    assert rows[0]["clearing_day"] == date(2016, 9, 9)
    again = await stage.bank.post("/again", data={"serial": rows[0]["serial"]})
    assert "已重发，社保系统已受理" in again.text
    assert str(rows[0]["notification_id"]) in again.text
    assert await stage.payments() == [(SLIP, 860258)]
    assert [kind for kind, _ in await stage.gateway.events()] == ["PaymentNotified"]


async def test_what_the_form_lacks_is_said_and_nothing_is_sent(stage: Stage) -> None:
    wrong = await stage.bank.post("/query", data={"slip_no": "123"})
    assert wrong.status_code == 422
    assert "缴费单号应为17位数字" in wrong.text
    assert (await pay(stage, paid_at="gestern")).status_code == 422
    assert (await pay(stage, amount="0")).status_code == 422
    assert (await stage.bank.post("/again", data={"serial": "ICBC1"})).status_code == 404
    assert await stage.payments() == []
    assert stage.billing.asked == []


async def test_a_bank_whose_key_is_not_known_is_refused(stage: Stage) -> None:
    stranger = BankSettings(bank_keys={"ICBC": {"k1": bytes(32)}}, clock_dsn=stage.gateway.clock.owner)
    app = create_app(stranger, httpx.ASGITransport(stage.gateway.app))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bank") as client:
        answer = await client.post("/query", data={"slip_no": SLIP})
    assert answer.status_code == 401
    assert stage.billing.asked == []
    await app.state.counter.client.close()
    await app.state.counter.clock.close()
