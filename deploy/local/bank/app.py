"""The simulator's pages: query a slip, pay it at a chosen time, send the same notification again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import httpx
from fastapi import APIRouter, FastAPI, Form, Request
from pydantic import ValidationError
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

import gateway
from contracts.errors.code import ProblemBody
from contracts.http.bank import Notification, SlipQuestion
from deploy.local.bank.client import Client
from deploy.local.bank.counter import HERE, Counter, Sent
from deploy.local.bank.settings import Settings
from services.chassis.clocks import SHANGHAI, BusinessClock

PAYER_ACCOUNT = "1606020109000000001"
BAD_TIME = ProblemBody(
    type="about:blank", title="input", status=422, code="input", detail="请填写交易时间", field="paid_at"
)
FORGOTTEN = ProblemBody(
    type="about:blank", title="gone", status=404, code="gone", detail="没有这笔流水，模拟银行重启后不保留流水"
)
router = APIRouter()


def _counter(request: Request) -> Counter:
    found: Counter = request.app.state.counter
    return found


def _faults(error: ValidationError) -> ProblemBody:
    names = {
        "slip_no": "缴费单号应为17位数字，以3706开头",
        "paid_at": "请填写交易时间",
        "amount": "金额应大于零",
    }
    field_name = str(error.errors()[0]["loc"][0])
    return ProblemBody(
        type="about:blank",
        title="input",
        status=422,
        code="input",
        detail=names.get(field_name, "填写有误"),
        todo="请核对后重新填写",
        field=field_name,
    )


@router.get("/")
async def counter(request: Request) -> Response:
    """The empty counter."""
    return await _counter(request).page()


@router.post("/query")
async def query(request: Request, slip_no: Annotated[str, Form()] = "") -> Response:
    """Ask what a slip costs."""
    desk = _counter(request)
    try:
        question = SlipQuestion(slip_no=slip_no.strip())
    except ValidationError as error:
        return await desk.page(422, slip_no=slip_no, problem=_faults(error))
    answer = await desk.client.query(question)
    if isinstance(answer, ProblemBody):
        return await desk.page(answer.status, slip_no=question.slip_no, problem=answer)
    return await desk.page(slip_no=question.slip_no, slip=answer)


def _moment(text: str, now: datetime) -> datetime:
    """The transaction time of the form, which is Shanghai's; the business time where none was chosen."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI) if text else now


@router.post("/pay")
async def pay(
    request: Request,
    slip_no: Annotated[str, Form()] = "",
    amount: Annotated[int, Form()] = 0,
    payer_name: Annotated[str, Form()] = "",
    paid_at: Annotated[str, Form()] = "",
) -> Response:
    """Pay: a signed notification with a fresh serial."""
    desk = _counter(request)
    now = await desk.now()
    try:
        moment = _moment(paid_at, now)
        notification = Notification(
            serial=desk.client.serial(now),
            slip_no=slip_no.strip(),
            amount=amount,
            paid_at=moment,
            clearing_day=moment.date(),
            payer_account=PAYER_ACCOUNT,
            payer_name=payer_name,
        )
    except ValidationError as error:
        return await desk.page(422, slip_no=slip_no, problem=_faults(error))
    except ValueError:
        return await desk.page(422, slip_no=slip_no, problem=BAD_TIME)
    desk.remember(Sent(notification, await desk.client.notify(notification)))
    return await desk.page(slip_no=slip_no, result=desk.sent[notification.serial])


@router.post("/again")
async def again(request: Request, serial: Annotated[str, Form()] = "") -> Response:
    """Send a notification again: the same serial, the same content, signed anew."""
    desk = _counter(request)
    known = desk.sent.get(serial)
    if known is None:
        return await desk.page(404, problem=FORGOTTEN)
    repeated = Sent(known.notification, await desk.client.notify(known.notification), known.times + 1)
    desk.remember(repeated)
    return await desk.page(slip_no=known.notification.slip_no, result=repeated)


def create_app(
    settings: Settings | None = None, transport: httpx.AsyncBaseTransport | None = None
) -> FastAPI:
    """The simulator; `transport` reaches a gateway that lives in the same test process."""
    chosen = settings or Settings()
    desk = Counter(Client(chosen, transport), BusinessClock(chosen.clock_dsn))

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        yield
        await desk.client.close()
        await desk.clock.close()

    app = FastAPI(title="bank simulator", lifespan=closing, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.counter = desk
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(gateway.__file__).with_name("static")), name="static")
    app.mount("/own", StaticFiles(directory=HERE / "own"), name="own")
    return app
