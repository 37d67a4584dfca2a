"""Copies of bills' and relations' standings, by version, whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text

from contracts.events.billing import ArrearsOpened, ArrearsSettled, BillAssessed, BillConfirmed, BillEvent
from contracts.events.enrollment import EnrollmentEnded, EnrollmentStarted, KindsChanged, RelationEvent
from services.chassis.consumers import Received
from services.chassis.work import UnitOfWork

# A confirmation stands until its bill is assessed anew; a settled month stays settled (A22, A11).
_BILL = text("""
    INSERT INTO bill_standings AS held (employer_no, month, total, total_version, confirmed, confirmed_version,
                                        settled, in_arrears, arrears_version)
    VALUES (:employer_no, :month, :total, :total_version, :confirmed, :confirmed_version, :settled, :in_arrears,
            :arrears_version)
    ON CONFLICT (employer_no, month) DO UPDATE SET
        total = CASE WHEN excluded.total_version > held.total_version THEN excluded.total ELSE held.total END,
        total_version = greatest(excluded.total_version, held.total_version),
        confirmed = greatest(excluded.confirmed_version, held.confirmed_version)
                    > greatest(excluded.total_version, held.total_version),
        confirmed_version = greatest(excluded.confirmed_version, held.confirmed_version),
        settled = held.settled OR excluded.settled,
        in_arrears = CASE WHEN excluded.arrears_version > held.arrears_version
                     THEN excluded.in_arrears ELSE held.in_arrears END,
        arrears_version = greatest(excluded.arrears_version, held.arrears_version)
""")
_RELATION = text("""
    INSERT INTO insured_relations AS held (enrollment_id, employer_no, version, last_month, imported, newest_fact)
    VALUES (:enrollment_id, :employer_no, :version, :last_month, :imported, :newest_fact)
    ON CONFLICT (enrollment_id) DO UPDATE SET
        last_month = CASE WHEN excluded.version > held.version THEN excluded.last_month ELSE held.last_month END,
        imported = held.imported OR excluded.imported,
        newest_fact = greatest(excluded.newest_fact, held.newest_fact),
        version = greatest(excluded.version, held.version)
""")


async def keep_bills(work: UnitOfWork, received: Sequence[Received[BillEvent]]) -> None:
    """Note how far each month is."""
    rows = sorted(
        (_bill(item.event) for item in received), key=lambda row: (row["employer_no"], row["month"])
    )
    await work.session.execute(_BILL, rows)


async def keep_relations(work: UnitOfWork, received: Sequence[Received[RelationEvent]]) -> None:
    """Note until when each relation lasts."""
    rows = [_relation(item.event, work.today) for item in received]
    await work.session.execute(_RELATION, sorted(rows, key=lambda row: str(row["enrollment_id"])))


def _bill(event: BillEvent) -> dict[str, Any]:
    assessed, confirmed = isinstance(event, BillAssessed), isinstance(event, BillConfirmed)
    about_arrears = isinstance(event, ArrearsOpened | ArrearsSettled)
    return {
        "employer_no": event.employer_no,
        "month": event.month.yyyymm,
        "total": event.total if isinstance(event, BillAssessed) else 0,
        "total_version": event.version if assessed else 0,
        "confirmed": confirmed,
        "confirmed_version": event.version if confirmed else 0,
        "settled": not (assessed or confirmed or isinstance(event, ArrearsOpened)),
        "in_arrears": isinstance(event, ArrearsOpened),
        "arrears_version": event.version if about_arrears else 0,
    }


def _relation(event: RelationEvent, today: date) -> dict[str, Any]:
    return {
        "enrollment_id": event.enrollment_id,
        "employer_no": event.employer_no,
        "version": event.version,
        "last_month": event.last_month.yyyymm if event.last_month else None,
        "imported": event.imported,
        "newest_fact": _may_add(event, today),
    }


def _may_add(event: RelationEvent, today: date) -> date | None:
    """The day of a fact that may bring a supplement or a difference; no decrease or cut-over does."""
    if event.imported or isinstance(event, EnrollmentEnded | KindsChanged):
        return None
    return event.confirmed_on if isinstance(event, EnrollmentStarted) else today
