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

_WIDE = ", ".join(
    f"count(*) FILTER (WHERE kinds & {bit} <> 0) AS n_{kind}, sum(base) FILTER (WHERE kinds & {bit} <> 0) AS b_{kind}, "
    f"sum(unit_{kind}) AS u_{kind}, sum(person_{kind}) AS p_{kind}"
    for kind, bit in KIND_BITS.items()
)
_TALL = ", ".join(f"('{kind}', n_{kind}, b_{kind}, u_{kind}, p_{kind})" for kind in Kind)
_CLEAR = (
    "DELETE FROM person_lines WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))",
    "DELETE FROM kind_sums WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))",
)
_SUMS = text(f"""
    INSERT INTO kind_sums (
        employer_no, month, contribution_month, sort, fee_from, kind, persons, base_sum, unit, person)
    SELECT employer_no, :month, contribution_month, sort, fee_from, v.kind, v.persons, v.base_sum, v.unit, v.person
    FROM (
        SELECT employer_no, contribution_month, sort, fee_from, {_WIDE} FROM person_lines
        WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))
        GROUP BY employer_no, contribution_month, sort, fee_from
    ) wide
    CROSS JOIN LATERAL (VALUES {_TALL}) v(kind, persons, base_sum, unit, person)
    WHERE v.persons > 0
""")  # noqa: S608  # built of our own names alone
_BILLS = text("""
    INSERT INTO bills (employer_no, month, sort, version, state, persons, unit, person, total, due_day, stale)
    SELECT e.employer_no, :month, 'ordinary', 1, 'assessed', coalesce(h.persons, 0), coalesce(s.unit, 0),
           coalesce(s.person, 0), coalesce(s.unit + s.person, 0), :due_day, false
    FROM unnest(CAST(:employers AS varchar[])) e(employer_no)
    LEFT JOIN (
        SELECT employer_no, sum(unit) AS unit, sum(person) AS person FROM kind_sums
        WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[])) GROUP BY employer_no
    ) s USING (employer_no)
    LEFT JOIN (
        SELECT employer_no, count(*) AS persons FROM person_lines
        WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[])) AND sort = 'ordinary'
        GROUP BY employer_no
    ) h USING (employer_no)
    LEFT JOIN bills b ON b.employer_no = e.employer_no AND b.month = :month AND b.sort = 'ordinary'
    WHERE s.employer_no IS NOT NULL OR b.employer_no IS NOT NULL
    ON CONFLICT (employer_no, month, sort) DO UPDATE
    SET version = bills.version + 1, state = 'assessed', persons = excluded.persons, unit = excluded.unit,
        person = excluded.person, total = excluded.total, stale = false, confirmed_at = NULL, confirmed_version = NULL
""")
_EVENTS = text("""
    INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body)
    SELECT CAST(uuid_extract_timestamp(f.event_id) AT TIME ZONE 'UTC' AS date), f.event_id, :topic, f.employer_no,
           'BillAssessed', f.employer_no || '/' || CAST(:month_text AS text), clock_timestamp(), f.body
    FROM (
        SELECT uuidv7() AS event_id, b.employer_no, jsonb_build_object(
            'version', b.version, 'employer_no', b.employer_no, 'month', CAST(:month_text AS text),
            'persons', b.persons, 'unit', b.unit, 'person', b.person, 'total', b.total,
            'kinds', coalesce(k.kinds, '[]'), 'provisional', false, 'due_day', b.due_day) AS body
        FROM unnest(CAST(:employers AS varchar[])) e(employer_no)
        JOIN bills b ON b.employer_no = e.employer_no AND b.month = :month AND b.sort = 'ordinary'
        LEFT JOIN (
            SELECT employer_no, jsonb_agg(jsonb_build_object('kind', kind, 'persons', persons, 'base_sum', base_sum,
                'unit', unit, 'person', person) ORDER BY array_position(CAST(:kinds AS varchar[]), kind)) AS kinds
            FROM (
                SELECT employer_no, kind, sum(persons) AS persons, sum(base_sum) AS base_sum, sum(unit) AS unit,
                       sum(person) AS person
                FROM kind_sums WHERE month = :month AND employer_no = ANY(CAST(:employers AS varchar[]))
                GROUP BY employer_no, kind
            ) by_kind GROUP BY employer_no
        ) k ON k.employer_no = b.employer_no
        ORDER BY b.employer_no
    ) f
""")
_TAKEN = text("""
    SELECT coalesce(bit_or(kinds), 0) FROM person_lines
    WHERE month = :month AND rate_set = :rate_set AND employer_no = ANY(CAST(:employers AS varchar[]))
""")


async def clear(work: UnitOfWork, month: Month, employer_nos: list[str]) -> None:
    """Forget the lines and sums of these bills, which are about to be priced anew."""
    for statement in _CLEAR:
        await work.session.execute(text(statement), {"month": month.yyyymm, "employers": employer_nos})


async def taken_kinds(work: UnitOfWork, month: Month, rate_set: int, employer_nos: list[str]) -> int:
    """Kinds that anybody priced by a rate version takes, as bits."""
    values = {"month": month.yyyymm, "rate_set": rate_set, "employers": employer_nos}
    return int(await work.session.scalar(_TAKEN, values) or 0)


async def add_up(work: UnitOfWork, month: Month, due_day: date, employer_nos: list[str]) -> None:
    """Sums per kind and the bills with a new version, and BillAssessed of each into the outbox.

    An employer with nobody gets no bill; one that has lost everybody keeps its row, at nought.
    """
    values = {"month": month.yyyymm, "employers": employer_nos}
    await work.session.execute(_SUMS, values)
    await work.session.execute(_BILLS, values | {"due_day": due_day})
    told = {"month_text": str(month), "kinds": [kind.value for kind in KINDS], "topic": BILLS}
    await work.session.execute(_EVENTS, values | told)
    work.wake_relay = True
