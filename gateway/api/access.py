"""Access of programs: a session by POST /api/v1/sessions, then a bearer token; the channel is `api`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from contracts.errors import chassis as codes
from contracts.identity import Caller
from contracts.values import Channel
from gateway.sessions import store
from gateway.sessions.visit import calls_of, settings_of
from services.chassis.calls import CallsAs
from services.chassis.http import chassis_of
from services.chassis.problems import Problem
from services.chassis.rendezvous import AFTER

SCHEME = "bearer "


def token_of(request: Request) -> str:
    """The bearer token; Problem NOT_LOGGED_IN without one."""
    header = request.headers.get("authorization", "")
    if not header.lower().startswith(SCHEME):
        raise Problem(codes.NOT_LOGGED_IN)
    return header[len(SCHEME) :]


async def caller_of(request: Request) -> Caller:
    """The caller of an API request, who has changed the initial password (clause 三)."""
    session = await store.find(chassis_of(request), token_of(request), settings_of(request).session_minutes)
    if session is None or session.must_change_password or session.must_enrol_totp:
        raise Problem(codes.NOT_LOGGED_IN)
    return store.caller_of(session, Channel.API)


ApiCaller = Annotated[Caller, Depends(caller_of)]


def for_employer(caller: Caller, employer_no: str) -> Caller:
    """The caller acting for an employer: its own specialist, or an officer at the counter; others FORBIDDEN.

    Which district an officer reaches is judged by the owner of the data.
    """
    if caller.employer_no == employer_no:
        return caller
    if not caller.is_officer:
        raise Problem(codes.FORBIDDEN)
    return caller.model_copy(update={"employer_no": employer_no, "channel": Channel.COUNTER})


def calls_as(request: Request, caller: Caller) -> CallsAs:
    """Calls in the caller's name; `After-Events` of the client is passed on."""
    return calls_of(request).as_(caller, after=request.headers.get(AFTER, ""))
