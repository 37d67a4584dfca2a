"""Kind sums and bills aggregated from person lines, and the facts that tell of them, all in SQL."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from contracts.events.billing import BILLS
from contracts.month import Month
from contracts.values import Kind
from services.billing.rules.price import KINDS
from services.billing.sql.pricing import KIND_BITS
from services.chassis.work import UnitOfWork

_WIDE = ", ".join(f"sum(unit_{kind}) AS u_{kind}, sum(person_{kind}) AS p_{kind}" for kind in Kind)
_TALL = ", ".join(f"('{kind}', {bit}, u_{kind}, p_{kind})" for kind, bit in KIND_BITS.items())
_UNIT = " + ".join(f"u_{kind}" for kind in Kind)
_PERSON = " + ".join(f"p_{kind}" for kind in Kind)
_CLEAR = (
    "DELETE FROM person_lines WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))",
    "DELETE FROM kind_sums WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))",
)
# One pass over the lines, grouped by who takes which kinds: few groups an employer, and no filter per kind.
_KIND_SUMS = f"""
    WITH wide AS MATERIALIZED (
        SELECT employer_no, contribution_month, sort, fee_from, kinds, count(*) AS persons, sum(base) AS base_sum,
               {_WIDE}
        FROM person_lines WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))
        GROUP BY employer_no, contribution_month, sort, fee_from, kinds
    ), tall AS (
        INSERT INTO kind_sums (
            employer_no, month, contribution_month, sort, fee_from, kind, persons, base_sum, unit, person)
        SELECT employer_no, :month, contribution_month, sort, fee_from, v.kind, sum(persons), sum(base_sum),
               sum(v.unit), sum(v.person)
        FROM wide CROSS JOIN LATERAL (VALUES {_TALL}) v(kind, bit, unit, person)
        WHERE kinds & v.bit <> 0
        GROUP BY employer_no, contribution_month, sort, fee_from, v.kind
    )
"""  # noqa: S608  # built of our own names alone
_SUMS_AND_BILLS = text(f"""
    {_KIND_SUMS}
    INSERT INTO bills (employer_no, month, sort, version, state, persons, unit, person, total, due_day, stale)
    SELECT employer_no, :month, 'ordinary', 1, 'assessed', coalesce(sum(persons) FILTER (WHERE sort = 'ordinary'), 0),
           sum({_UNIT}), sum({_PERSON}), sum({_UNIT} + {_PERSON}), :due_day, false
    FROM wide GROUP BY employer_no
    ON CONFLICT (employer_no, month, sort) DO UPDATE
    SET version = bills.version + 1, assessed_version = bills.version + 1,
        state = CASE WHEN bills.state IN ('arrears', 'settled') THEN bills.state ELSE 'assessed' END,
        persons = excluded.persons, unit = excluded.unit,
        person = excluded.person, total = excluded.total, stale = false,
        confirmed_at = CASE WHEN bills.state = 'settled' THEN bills.confirmed_at END,
        confirmed_version = CASE WHEN bills.state = 'settled' THEN bills.confirmed_version END
""")  # noqa: S608  # built of our own names alone
_SUMS = text(f"{_KIND_SUMS} SELECT count(*) FROM wide")  # noqa: S608  # as above
_ROOM = text("SELECT set_config('work_mem', '64MB', true)")
_EMPTIED = text("""
    UPDATE bills b
    SET version = version + 1, assessed_version = version + 1, state = 'assessed', persons = 0, unit = 0, person = 0,
        total = 0, stale = false,
        confirmed_at = NULL, confirmed_version = NULL
    WHERE month = :month AND sort = 'ordinary' AND employer_no = ANY(CAST(:employers AS varchar[]))
      AND NOT EXISTS (SELECT FROM kind_sums k WHERE k.employer_no = b.employer_no AND k.month = b.month)
""")
# Bills and sums are looked up employer by employer: right after the insert no statistics could choose a join,
# and PostgreSQL would tell of every bill the month has so far, to keep those of the chunk.
_EVENTS = text("""
    INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body)
    SELECT CAST(uuid_extract_timestamp(f.event_id) AT TIME ZONE 'UTC' AS date), f.event_id, :topic, f.employer_no,
           'BillAssessed', f.employer_no || '/' || CAST(:month_text AS text), clock_timestamp(), f.body
    FROM (
        SELECT uuidv7() AS event_id, b.employer_no, json_build_object(
            'version', b.assessed_version, 'employer_no', b.employer_no, 'month', CAST(:month_text AS text),
            'persons', b.persons, 'unit', b.unit, 'person', b.person, 'total', b.total,
            'kinds', k.kinds, 'provisional', false, 'due_day', b.due_day) AS body
        FROM unnest(CAST(:employers AS varchar[])) e(employer_no)
        CROSS JOIN LATERAL (
            SELECT * FROM bills o
            WHERE o.employer_no = e.employer_no AND o.month = :month AND o.sort = 'ordinary' LIMIT 1
        ) b
        CROSS JOIN LATERAL (
            SELECT coalesce(json_agg(json_build_object(
                'kind', kind, 'persons', persons, 'base_sum', base_sum, 'unit', unit, 'person', person
                ) ORDER BY array_position(CAST(:kinds AS varchar[]), kind)), '[]') AS kinds
            FROM (
                SELECT kind, sum(persons) AS persons, sum(base_sum) AS base_sum, sum(unit) AS unit,
                       sum(person) AS person
                FROM kind_sums s WHERE s.employer_no = b.employer_no AND s.month = b.month GROUP BY kind
            ) by_kind
        ) k
    ) f
""")


async def clear(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    """Forget the lines and sums of these bills, which are about to be priced anew."""
    for statement in _CLEAR:
        await work.session.execute(text(statement), {"month": month.yyyymm, "employers": employer_nos})


async def add_up_kinds(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    """Sums per kind alone, of lines that stand ahead of their bill (A8)."""
    await work.session.execute(_SUMS, {"month": month.yyyymm, "employers": employer_nos})


async def add_up(work: UnitOfWork, month: Month, due_day: date, employer_nos: list[str]) -> None:
    """Sums per kind and the bills with a new version, and BillAssessed of each into the outbox.

    An employer with nobody gets no bill; one that has lost everybody keeps its row, at nought.
    """
    values = {"month": month.yyyymm, "employers": employer_nos}
    await work.session.execute(_ROOM)
    await work.session.execute(_SUMS_AND_BILLS, values | {"due_day": due_day})
    await work.session.execute(_EMPTIED, values)
    await tell_assessed(work, month, employer_nos)


async def tell_assessed(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    """BillAssessed of these bills as they stand, into the outbox."""
    values = {"month": month.yyyymm, "employers": employer_nos}
    told = {"month_text": str(month), "kinds": [kind.value for kind in KINDS], "topic": BILLS}
    await work.session.execute(_EVENTS, values | told)
    work.wake_relay = True
