"""Roster facts applied by version, set-wise, whatever the order in which they come (architecture, Events)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.events.enrollment import EnrollmentStarted, RelationEvent
from contracts.values import Kind
from services.billing.commands import reprice
from services.billing.commands.employers import OPEN_END
from services.billing.tables import Employer, LateIncrease
from services.chassis.consumers import Received
from services.chassis.work import UnitOfWork

_SWITCHES = ", ".join(Kind)
_COLUMNS = (
    "enrollment_id, from_month, to_month, version, employer_no, person_no, scheme, relation_from, relation_to,"
    f" imported, base, rural, {_SWITCHES}"
)
_FACT = (
    "enrollment_id uuid, from_month integer, to_month integer, version integer, employer_no varchar, person_no varchar,"
    " scheme varchar, relation_from integer, relation_to integer, imported boolean, base bigint, rural smallint, "
    + ", ".join(f"{kind} smallint" for kind in Kind)
)
# A fact says what holds from its base month on, and the higher version wins there: so a fact stands only where
# no higher version starts as early. Set and result are the same in any order of arrival. The relation's own
# months are those of its highest version.
_APPLY = text(f"""
    WITH fact AS MATERIALIZED (
        SELECT {_COLUMNS} FROM jsonb_to_recordset(CAST(:facts AS jsonb)) AS f({_FACT})
    ), known AS (
        DELETE FROM roster r USING (SELECT DISTINCT enrollment_id FROM fact) f
        WHERE r.enrollment_id = f.enrollment_id RETURNING r.*
    ), every AS (
        SELECT DISTINCT ON (enrollment_id, version) *
        FROM (SELECT {_COLUMNS} FROM known UNION ALL SELECT {_COLUMNS} FROM fact) both_sides
        ORDER BY enrollment_id, version
    ), ranked AS (
        SELECT *, max(version) OVER (PARTITION BY enrollment_id ORDER BY from_month, version DESC
                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
        FROM every
    ), spans AS (
        SELECT *, lead(from_month) OVER w AS next, last_value(relation_from) OVER relation AS first_month,
               last_value(relation_to) OVER relation AS last_month, last_value(imported) OVER relation AS taken_over
        FROM ranked WHERE before IS NULL OR before < version
        WINDOW w AS (PARTITION BY enrollment_id ORDER BY from_month),
               relation AS (PARTITION BY enrollment_id ORDER BY version
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    )
    INSERT INTO roster ({_COLUMNS})
    SELECT enrollment_id, from_month,
           least(last_month, coalesce(CASE WHEN next % 100 = 1 THEN next - 89 ELSE next - 1 END, {OPEN_END.yyyymm})),
           version, employer_no, person_no, scheme, first_month, last_month, taken_over, base, rural, {_SWITCHES}
    FROM spans
""")  # noqa: S608  # built of our own names alone

_KNOWN = text("""
    SELECT enrollment_id, version FROM roster
    JOIN unnest(CAST(:ids AS uuid[]), CAST(:versions AS integer[])) AS told(enrollment_id, version)
         USING (enrollment_id, version)
""")


async def keep_relations(work: UnitOfWork, received: Sequence[Received[RelationEvent]]) -> None:
    """Apply facts about relations, then price or supplement what they change."""
    events = await _unknown(work, [item.event for item in received])
    employer_nos = sorted({event.employer_no for event in events})
    if not events:
        return
    await name_employers(work, employer_nos)
    await reprice.lock(work, employer_nos)
    await work.session.execute(_APPLY, {"facts": json.dumps([_fact(event) for event in events])})
    await reprice.after_facts(work, employer_nos, sorted({str(event.enrollment_id) for event in events}))


async def _unknown(work: UnitOfWork, events: Sequence[RelationEvent]) -> list[RelationEvent]:
    """Facts that the roster does not hold at their version: one told again prices nothing, and undoes no confirmation.

    A start that was late says it only once and may come after the end of the same version, so that it is taken.
    """
    asked = {
        "ids": [event.enrollment_id for event in events],
        "versions": [event.version for event in events],
    }
    known = {tuple(row) for row in await work.session.execute(_KNOWN, asked)}
    await _keep_limits(work, [event for event in events if isinstance(event, EnrollmentStarted)])
    return [event for event in events if (event.enrollment_id, event.version) not in known]


async def name_employers(work: UnitOfWork, employer_nos: Sequence[str]) -> None:
    """An employer that registry has not told yet gets a row of version 0."""
    rows = [{"employer_no": number} for number in employer_nos]
    if rows:
        await work.session.execute(insert(Employer).values(rows).on_conflict_do_nothing())


async def _keep_limits(work: UnitOfWork, started: Sequence[EnrollmentStarted]) -> None:
    """The limit day of late increases, kept apart: no later fact repeats it."""
    rows = [
        {"enrollment_id": event.enrollment_id, "limit_day": event.limit_day or event.hired_on}
        for event in started
        if event.late
    ]
    if rows:
        statement = insert(LateIncrease).values(rows)
        await work.session.execute(
            statement.on_conflict_do_nothing(index_elements=[col(LateIncrease.enrollment_id)])
        )


def _fact(event: RelationEvent) -> dict[str, Any]:
    last = event.last_month or OPEN_END
    return {
        "enrollment_id": str(event.enrollment_id),
        "from_month": event.base_from.yyyymm,
        "to_month": last.yyyymm,
        "version": event.version,
        "employer_no": event.employer_no,
        "person_no": event.person_no,
        "scheme": event.scheme.value,
        "relation_from": event.from_month.yyyymm,
        "relation_to": last.yyyymm,
        "imported": event.imported,
        "base": event.base,
        "rural": int(event.rural_contract),
        **{kind.value: int(kind in event.kinds) for kind in Kind},
    }
