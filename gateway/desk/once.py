"""A paper with a secret that is printed once: it travels sealed in the officer's page and is stored nowhere."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from pydantic import AwareDatetime, ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import chassis as codes
from contracts.errors import gateway as refusals
from contracts.http.applications import AccountReceipt
from contracts.http.registry import OpeningReceipt
from contracts.models import View
from gateway.sessions.visit import Visit
from services.chassis.clocks import wall_now
from services.chassis.problems import Problem
from services.chassis.work import work_scope

GOOD_FOR = timedelta(minutes=15)
ROUTE: Final = "account slip"
Receipt = OpeningReceipt | AccountReceipt


class _Ticket(View):
    """The receipt, for one officer and a short while."""

    purpose: Literal["account slip"] = ROUTE
    officer: str
    at: AwareDatetime
    receipt: Receipt


def seal(visit: Visit, receipt: Receipt) -> str:
    """The receipt as text that only this system can read."""
    ticket = _Ticket(officer=visit.session.account, at=wall_now(), receipt=receipt)
    return base64.urlsafe_b64encode(visit.chassis.vault.seal(ticket.model_dump_json())).decode()


async def redeem(visit: Visit, sealed: str) -> Receipt:
    """The receipt, once; Problem where it was printed before, is too old, forged or another officer's."""
    ticket = _open(visit, sealed)
    if ticket.officer != visit.session.account or wall_now() - ticket.at > GOOD_FOR:
        raise Problem(refusals.SLIP_PRINTED)
    kept = visit.chassis.service.tables.idempotency_keys
    row = insert(kept).values(
        account=ticket.officer,
        route=ROUTE,
        key=hashlib.sha256(sealed.encode()).hexdigest(),
        request_hash=b"",
        status=200,
        answer=b"",
        headers={},
        at=wall_now(),
    )
    async with work_scope(visit.chassis, visit.caller) as work:
        taken = await work.session.execute(row.on_conflict_do_nothing().returning(col(kept.key)))
        if taken.scalar() is None:
            raise Problem(refusals.SLIP_PRINTED)
        work.audit("account_slip_printed", ticket.receipt.account, employer_no=ticket.receipt.employer_no)
    return ticket.receipt


def _open(visit: Visit, sealed: str) -> _Ticket:
    try:
        return _Ticket.model_validate_json(visit.chassis.vault.open(base64.urlsafe_b64decode(sealed)))
    except (InvalidTag, ValidationError, ValueError, IndexError, KeyError) as error:
        raise Problem(codes.BAD_INPUT) from error
