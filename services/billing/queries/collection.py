"""征缴看板: how far a month's collection has come, by district."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from contracts.errors import chassis as common
from contracts.http.billing import Collection, CollectionDay, DistrictCollection
from contracts.identity import WHOLE_CITY
from contracts.month import Month
from services.billing.rules.agencies import district_name
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork

_MINE = "(:district = '' OR e.district = :district)"
_DISTRICTS = text(f"""
    SELECT e.district, count(*) AS employers,
        count(*) FILTER (WHERE b.confirmed_at IS NOT NULL) AS confirmed,
        count(*) FILTER (WHERE b.settled_on IS NOT NULL) AS paid_employers,
        coalesce(sum(b.total), 0)::bigint AS due, coalesce(sum(d.paid), 0)::bigint AS paid
    FROM bills b JOIN employers e USING (employer_no)
    LEFT JOIN (SELECT employer_no, sum(unit_paid + person_paid) AS paid FROM debts
               WHERE bill_month = :month GROUP BY employer_no) d USING (employer_no)
    WHERE b.month = :month AND {_MINE} GROUP BY e.district ORDER BY e.district
""")  # noqa: S608  # built of our own names alone
_DAYS = text(f"""
    SELECT b.settled_on AS day, count(*) AS employers_paid FROM bills b JOIN employers e USING (employer_no)
    WHERE b.month = :month AND b.settled_on IS NOT NULL AND {_MINE} GROUP BY b.settled_on ORDER BY b.settled_on
""")  # noqa: S608  # as above
_ARREARS = text(f"""
    SELECT count(DISTINCT b.employer_no) FROM bills b JOIN employers e USING (employer_no)
    WHERE b.state = 'arrears' AND {_MINE}
""")  # noqa: S608  # as above
_SUSPENSE = text(f"""
    SELECT count(*) AS payments,
        coalesce(sum(CASE p.state WHEN 'suspended' THEN p.amount ELSE p.rest END), 0)::bigint AS total
    FROM payments p LEFT JOIN employers e USING (employer_no) WHERE (p.state = 'suspended' OR p.rest > 0) AND {_MINE}
""")  # noqa: S608  # as above


async def collection(work: UnitOfWork, month: Month) -> Collection:
    """The board of a month for the officer's district; Problem FORBIDDEN for others.

    Arrears and suspense are counted as they stand now, whatever month they came from.
    """
    if not (work.caller.is_officer or work.caller.is_system):
        raise Problem(common.FORBIDDEN)
    whole = work.caller.is_system or work.caller.district == WHOLE_CITY
    values: dict[str, Any] = {"district": "" if whole else work.caller.district}
    rows = (await work.session.execute(_DISTRICTS, values | {"month": month.yyyymm})).all()
    days = await work.session.execute(_DAYS, values | {"month": month.yyyymm})
    suspense = (await work.session.execute(_SUSPENSE, values)).one()
    return Collection(
        month=month,
        employers=sum(row.employers for row in rows),
        employers_confirmed=sum(row.confirmed for row in rows),
        employers_paid=sum(row.paid_employers for row in rows),
        due=sum(row.due for row in rows),
        paid=sum(row.paid for row in rows),
        arrears_employers=await work.session.scalar(_ARREARS, values) or 0,
        suspense_count=suspense.payments,
        suspense_sum=suspense.total,
        days=tuple(CollectionDay(day=row.day, employers_paid=row.employers_paid) for row in days),
        districts=tuple(_district(row) for row in rows if row.district),
    )


def _district(row: Any) -> DistrictCollection:
    return DistrictCollection(
        district=row.district,
        district_name=district_name(row.district),
        employers=row.employers,
        employers_paid=row.paid_employers,
        due=row.due,
        paid=row.paid,
    )
