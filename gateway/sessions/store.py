"""Sessions in the gateway's database: opened at log-in, seen with each request, ended or left to lapse."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import select, text
from sqlmodel import col

from contracts.errors import chassis as codes
from contracts.http.registry import LoggedIn
from contracts.identity import Caller
from contracts.values import Channel, Role
from gateway.tables import Session
from services.chassis.clocks import wall_now
from services.chassis.identity import SYSTEM
from services.chassis.problems import Problem
from services.chassis.runtime import Chassis
from services.chassis.work import work_scope

COOKIE = "sid"
_SEEN = text("UPDATE sessions SET seen_at = :now WHERE token_hash = :hash AND seen_at < :before")
SEEN_EVERY = timedelta(seconds=30)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def csrf_of(token: str) -> str:
    """The token a form must carry: derived from the cookie, so that it needs no store."""
    return hmac.new(token.encode(), b"csrf", "sha256").hexdigest()


def caller_of(session: Session, channel: Channel | None = None) -> Caller:
    """The identity a session stands for; what an officer does at the desk is done at the counter (协议 五)."""
    own = Channel.COUNTER if session.district else Channel.PORTAL
    return Caller(
        account=session.account,
        roles=frozenset(Role(role) for role in session.roles),
        employer_no=session.employer_no,
        district=session.district,
        channel=channel or own,
        name=session.display_name if session.district else "",
    )


async def open_session(
    chassis: Chassis, who: LoggedIn, *, address: str = "", must_enrol_totp: bool = False
) -> str:
    """Open a session; returns the cookie's value, which is stored nowhere."""
    token, now = secrets.token_urlsafe(32), wall_now()
    row = Session(
        token_hash=_hash(token),
        account=who.account,
        display_name=who.display_name,
        roles=sorted(who.roles),
        employer_no=who.employer_no,
        employer_name=who.employer_name,
        district=who.district,
        district_name=who.district_name,
        must_change_password=who.must_change_password,
        must_enrol_totp=must_enrol_totp,
        address=address,
        opened_at=now,
        seen_at=now,
    )
    async with work_scope(chassis, SYSTEM) as work:
        work.session.add(row)
    return token


async def find(chassis: Chassis, token: str, minutes: int) -> Session | None:
    """The live session of a cookie; none where it is unknown, ended or idle too long."""
    now = wall_now()
    async with chassis.sessions() as database:
        row = await database.get(Session, _hash(token))
    if row is None or row.ended_at is not None or row.seen_at < now - timedelta(minutes=minutes):
        return None
    if row.seen_at < now - SEEN_EVERY:
        async with work_scope(chassis, SYSTEM) as work:
            await work.session.execute(
                _SEEN, {"now": now, "hash": row.token_hash, "before": now - SEEN_EVERY}
            )
    return row


async def lives(chassis: Chassis, token: str, minutes: int) -> bool:
    """Whether a cookie still stands for a session; an open page that only listens does not prolong it."""
    async with chassis.sessions() as database:
        row = await database.get(Session, _hash(token))
    return row is not None and row.ended_at is None and row.seen_at >= wall_now() - timedelta(minutes=minutes)


async def end(chassis: Chassis, token: str) -> None:
    """End a session for good."""
    async with work_scope(chassis, SYSTEM) as work:
        if row := await work.session.get(Session, _hash(token)):
            row.ended_at = wall_now()


async def password_changed(chassis: Chassis, token: str, account: str) -> None:
    """The account has a new password: its other sessions end, this one may go on."""
    query = text(
        "UPDATE sessions SET ended_at = :now "
        "WHERE account = :account AND token_hash <> :hash AND ended_at IS NULL"
    )
    async with work_scope(chassis, SYSTEM) as work:
        await work.session.execute(query, {"now": wall_now(), "account": account, "hash": _hash(token)})
        if row := await work.session.get(Session, _hash(token)):
            row.must_change_password = False


async def open_of(chassis: Chassis, account: str, minutes: int) -> list[Session]:
    """The live sessions of an account, the latest first."""
    query = (
        select(Session)
        .where(
            col(Session.account) == account,
            col(Session.ended_at).is_(None),
            col(Session.seen_at) >= wall_now() - timedelta(minutes=minutes),
        )
        .order_by(col(Session.opened_at).desc())
    )
    async with chassis.sessions() as database:
        return list(await database.scalars(query))


async def end_one(chassis: Chassis, caller: Caller, session_id: str) -> None:
    """End one of the caller's own sessions by its id; one of somebody else is not found and stays."""
    query = text(
        "UPDATE sessions SET ended_at = :now "
        "WHERE account = :account AND encode(token_hash, 'hex') = :id AND ended_at IS NULL RETURNING 1"
    )
    async with work_scope(chassis, caller) as work:
        found = await work.session.execute(
            query, {"now": wall_now(), "account": caller.account, "id": session_id}
        )
        if found.scalar() is None:
            raise Problem(codes.NOT_FOUND)
        work.audit("session_ended", caller.account)


async def totp_enrolled(chassis: Chassis, token: str) -> None:
    """The account has one-time codes now; the session may go on."""
    async with work_scope(chassis, SYSTEM) as work:
        if row := await work.session.get(Session, _hash(token)):
            row.must_enrol_totp = False
