"""What is known of the persons on a sheet, asked in two queries whatever its length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from contracts.values import Month
from services.chassis.work import UnitOfWork

_PERSONS = text(
    "SELECT p.id_number_blind AS blind, p.person_no, p.name, p.version, "
    "coalesce(bool_or(r.employer_no = :employer AND r.last_month IS NULL), false) AS here, "
    "coalesce(bool_or(r.employer_no <> :employer AND r.last_month IS NULL), false) AS elsewhere, "
    "max(r.last_month) FILTER (WHERE r.employer_no = :employer "
    "OR r.kinds && CAST(ARRAY['pension', 'gov_pension'] AS varchar[])) AS last_month "
    "FROM persons p LEFT JOIN relations r ON r.person_no = p.person_no "
    "WHERE p.id_number_blind = ANY(CAST(:blinds AS bytea[])) GROUP BY p.person_no"
)
_EARLIER = text(
    "SELECT DISTINCT ON (person_no) person_no, state, submission_no FROM increases "
    "WHERE employer_no = :employer AND person_no = ANY(CAST(:persons AS varchar[])) "
    "ORDER BY person_no, submitted_at DESC, submission_no DESC"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A person on record: insured here or elsewhere, the last month owed, and the latest submission here.

    `last_month` is that of a pension relation anywhere, or of any relation here (A10): it is owed once.

    `pending` means a submission that awaits the counter; `replaces` one that was void or returned.
    """

    person_no: str
    name: str
    version: int
    here: bool
    elsewhere: bool
    last_month: Month | None
    pending: bool = False
    replaces: str | None = None


async def known_persons(work: UnitOfWork, employer_no: str, blinds: Sequence[bytes]) -> dict[bytes, Known]:
    """Persons on record by the blind value of their number."""
    rows = (await work.session.execute(_PERSONS, {"employer": employer_no, "blinds": list(blinds)})).all()
    persons = [row.person_no for row in rows]
    earlier = {
        row.person_no: row
        for row in await work.session.execute(_EARLIER, {"employer": employer_no, "persons": persons})
    }
    found = {}
    for row in rows:
        before = earlier.get(row.person_no)
        state = before.state if before else ""
        found[row.blind] = Known(
            person_no=row.person_no,
            name=row.name,
            version=row.version,
            here=row.here,
            elsewhere=row.elsewhere,
            last_month=Month.from_number(row.last_month) if row.last_month else None,
            pending=state == "awaiting_counter",
            replaces=before.submission_no if before and state in ("voided", "returned") else None,
        )
    return found
