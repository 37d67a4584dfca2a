"""登录安全: where the account is logged in, who tried to, one-time codes (domain 1.5)."""

from __future__ import annotations

from typing import Annotated

import segno
from fastapi import APIRouter, Form
from markupsafe import Markup
from pydantic import ValidationError
from starlette.responses import Response

from contracts.errors import registry as refusals
from contracts.errors.code import ProblemBody
from contracts.http.accounts import LogInLog, TotpCode, TotpOffer, TotpState
from gateway.parts import part
from gateway.sessions import store
from gateway.sessions.visit import SECURITY, PageRoute, Visit, Visitor, settings_of
from services.chassis.problems import Problem

router = APIRouter(route_class=PageRoute, include_in_schema=False)
Code = Annotated[str, Form(max_length=16)]
Shown = Annotated[str, Form(max_length=500)]
LATEST = 10


@router.get(SECURITY)
async def security(visit: Visitor) -> Response:
    """Open sessions, latest tries, one-time codes."""
    return await _page(visit)


@router.post(f"{SECURITY}/sessions/{{session_id}}/end")
async def end(visit: Visitor, session_id: str) -> Response:
    """End one of one's own sessions."""
    await store.end_one(visit.chassis, visit.caller, session_id)
    return visit.go(f"{SECURITY}?said=session_ended")


@router.post(f"{SECURITY}/totp")
async def offer(visit: Visitor) -> Response:
    """A new secret as QR code and text."""
    made = await visit.calls.post("registry", "/totp", TotpOffer)
    return _offer_page(visit, made)


@router.post(f"{SECURITY}/totp/confirm")
async def confirm(visit: Visitor, code: Code = "", secret: Shown = "", uri: Shown = "") -> Response:
    """The first code; log-in asks for one from now on. A wrong one shows the same secret again."""
    try:
        await visit.calls.post("registry", "/totp/confirm", TotpState, _code(code))
    except Problem as problem:
        return _offer_page(visit, TotpOffer(secret=secret, uri=uri), problem.body)
    await store.totp_enrolled(visit.chassis, visit.token)
    return visit.go(f"{SECURITY}?said=totp_on")


@router.post(f"{SECURITY}/totp/off")
async def off(visit: Visitor, code: Code = "") -> Response:
    """No codes any more."""
    try:
        await visit.calls.post("registry", "/totp/off", TotpState, _code(code))
    except Problem as problem:
        return await _page(visit, problem.body)
    return visit.go(f"{SECURITY}?said=totp_off")


def _code(typed: str) -> TotpCode:
    try:
        return TotpCode(code=typed.strip())
    except ValidationError as error:
        raise Problem(refusals.TOTP_WRONG, field="code") from error


def _offer_page(visit: Visit, made: TotpOffer, problem: ProblemBody | None = None) -> Response:
    drawn = segno.make(made.uri, error="m").svg_inline(scale=4, border=2)
    return visit.page(
        "totp.html",
        problem.status if problem else 200,
        offer=made,
        qr=Markup(drawn),  # noqa: S704  # drawn by the library from modules, not from text
        problem=problem,
    )


async def _page(visit: Visit, problem: ProblemBody | None = None) -> Response:
    account, minutes = visit.session.account, settings_of(visit.request).session_minutes
    tries = await part(
        visit.calls.get("registry", f"/accounts/{account}/log-ins", LogInLog, {"size": LATEST})
    )
    return visit.page(
        "security.html",
        problem.status if problem else 200,
        open_sessions=await store.open_of(visit.chassis, account, minutes),
        minutes=minutes,
        tries=tries.value,
        totp=(await part(visit.calls.get("registry", "/totp", TotpState))).value,
        problem=problem,
    )
