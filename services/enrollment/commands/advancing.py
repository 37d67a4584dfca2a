"""A released import becomes persons, relations and facts, set-wise, one restartable piece per transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text

from contracts.errors import enrollment as codes
from contracts.http.enrollment import ImportView
from contracts.models import View
from contracts.values import Month
from services.chassis.clocks import wall_now
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, day_of, new_id
from services.enrollment.queries.imports import DONE, RELEASED, found, view

PIECE = 20_000
_TAKE = text(
    "CREATE TEMPORARY TABLE piece ON COMMIT DROP AS SELECT row_number() OVER () AS place, c.* FROM ("
    "SELECT r.*, e.scheme, e.kinds FROM import_rows r JOIN employers e USING (employer_no) "
    "WHERE r.import_id = :import ORDER BY r.employer_no, r.part, r.row LIMIT :piece) AS c"
)
_LOCK_EMPLOYERS = text(
    "SELECT count(*) FROM (SELECT 1 FROM employers WHERE employer_no IN (SELECT employer_no FROM piece) "
    "ORDER BY employer_no FOR UPDATE) AS locked"
)
_PERSONS = text(
    "INSERT INTO persons (person_no, name, name_key, id_kind, id_number, id_number_blind, blind_version, "
    "id_number_masked, sex, born_on, household, household_address, home_address, phone, phone_masked) "
    "SELECT lpad(nextval('person_numbers')::text, 10, '0'), name, name_key, id_kind, id_number, "
    "id_number_blind, blind_version, id_number_masked, sex, born_on, household, '', home_address, phone, "
    "phone_masked FROM (SELECT * FROM piece ORDER BY id_number_blind) AS p ON CONFLICT DO NOTHING"
)
_LOCK_PERSONS = text(
    "CREATE TEMPORARY TABLE held ON COMMIT DROP AS SELECT p.person_no, p.version, p.id_number_blind "
    "FROM persons p JOIN piece USING (id_number_blind) ORDER BY p.person_no FOR UPDATE OF p"
)
_FREE = text("DELETE FROM held h USING relations r WHERE r.person_no = h.person_no AND r.last_month IS NULL")
_VERSIONS = text("UPDATE persons p SET version = h.version + 1 FROM held h WHERE p.person_no = h.person_no")
_RELATIONS = text(
    "INSERT INTO relations (enrollment_id, person_no, employer_no, version, scheme, kinds, rural_contract, "
    "hired_on, from_month, declared_wage, base, base_from, confirmed_on, imported) "
    "SELECT u.enrollment_id, h.person_no, c.employer_no, h.version + 1, c.scheme, c.kinds, c.rural_contract, "
    "c.hired_on, c.from_month, c.declared_wage, c.base, greatest(c.from_month, :january), :today, true "
    "FROM piece c JOIN held h USING (id_number_blind) "
    "JOIN unnest(CAST(:enrollments AS uuid[])) WITH ORDINALITY AS u(enrollment_id, place) USING (place)"
)
_FACTS = text(
    "INSERT INTO outbox (day, event_id, topic, key, type, subject, time, body) "
    "SELECT v.day, v.event_id, 'enrollment.roster', r.employer_no, 'EnrollmentStarted', "
    "r.employer_no || '/' || r.enrollment_id, :now, json_build_object("
    "'version', r.version, 'employer_no', r.employer_no, 'enrollment_id', r.enrollment_id, "
    "'person_no', r.person_no, 'scheme', r.scheme, 'kinds', to_json(r.kinds), "
    "'rural_contract', r.rural_contract, 'hired_on', r.hired_on, "
    "'from_month', to_char(to_date(r.from_month::text, 'YYYYMM'), 'YYYY-MM'), 'last_month', null, "
    "'declared_wage', r.declared_wage, 'base', r.base, "
    "'base_from', to_char(to_date(r.base_from::text, 'YYYYMM'), 'YYYY-MM'), 'imported', true, "
    "'submission_no', 'Q' || c.part || '-' || c.row, 'confirmation', 'cut_over', "
    "'confirmed_on', r.confirmed_on, 'limit_day', null, 'late', false) "
    "FROM piece c JOIN held h USING (id_number_blind) "
    "JOIN unnest(CAST(:enrollments AS uuid[])) WITH ORDINALITY AS u(enrollment_id, place) USING (place) "
    "JOIN unnest(CAST(:events AS uuid[]), CAST(:days AS date[])) WITH ORDINALITY "
    "AS v(event_id, day, place) USING (place) "
    "JOIN relations r ON r.enrollment_id = u.enrollment_id ORDER BY c.place"
)
_CLEAR = text(
    "DELETE FROM import_rows i USING piece c WHERE i.import_id = c.import_id AND i.part = c.part AND i.row = c.row"
)
_HELD = text("SELECT count(*) FROM held")
_TAKEN = text("SELECT count(*) FROM piece")


class Advanced(View):
    """What a piece leaves in the audit."""

    imported: int
    skipped: int


async def advance(work: UnitOfWork, import_id: UUID) -> ImportView:
    """Do the next piece of a released import; a finished one is answered alike. Problem IMPORT_STATE while staged."""
    row = await found(work, import_id, lock=True)
    if row.state == DONE:
        return await view(work, row)
    if row.state != RELEASED:
        raise Problem(codes.IMPORT_STATE)
    taken, imported = await _piece(work, import_id)
    row.done_persons += imported
    row.skipped_persons += taken - imported
    if taken < PIECE:
        row.state = DONE
    work.wake_relay = True
    advanced = Advanced(imported=imported, skipped=taken - imported)
    work.audit("import_advanced", f"imports/{import_id}", after=advanced)
    return await view(work, row)


async def _piece(work: UnitOfWork, import_id: UUID) -> tuple[int, int]:
    """Rows taken and persons imported.

    Employers, then persons, are locked in order; a person insured by now is left out and counted.
    """
    run = work.session.execute
    await run(_TAKE, {"import": import_id, "piece": PIECE})
    taken: int = (await run(_TAKEN)).scalar_one()
    for statement in (_LOCK_EMPLOYERS, _PERSONS, _LOCK_PERSONS, _FREE, _VERSIONS):
        await run(statement)
    imported: int = (await run(_HELD)).scalar_one()
    enrollments = {"enrollments": [new_id() for _ in range(taken)]}
    await run(_RELATIONS, {**enrollments, "today": work.today, "january": _january(work)})
    await run(_FACTS, {**enrollments, **_ids(taken), "now": wall_now()})
    await run(_CLEAR)
    return taken, imported


def _january(work: UnitOfWork) -> int:
    """A base holds from its year's January on."""
    return Month(work.today.year, 1).yyyymm


def _ids(count: int) -> dict[str, Any]:
    events = [new_id() for _ in range(count)]
    return {"events": events, "days": [day_of(event) for event in events]}
