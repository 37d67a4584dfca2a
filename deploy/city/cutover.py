"""The cut-over import: people insured before the system began, staged by one officer, released by another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from contracts.http.enrollment import ImportRow, ImportRows, ImportView, LimitsList, LimitsView, NewImport
from contracts.month import Month
from deploy.city.api import Api
from deploy.city.employers import Employer
from deploy.city.people import Person
from deploy.city.progress import Progress
from deploy.city.staff import settled
from services.enrollment.rules.base import contribution_base

PART_ROWS = 20_000
FIRST_MONTH, YEAR = Month(2015, 10), 2016
STAGING, DONE = "staging", "done"
UNKNOWN_EMPLOYER = "import.employer"
TRIES, PAUSE_SECONDS = 240, 0.5


@dataclass(frozen=True)
class Roster:
    """The people insured before, with bases under the limits in force."""

    city: Sequence[Employer]
    limits: LimitsView

    def rows(self) -> Iterator[ImportRow]:
        """Everybody but the newcomers."""
        return (self._row(employer, one) for employer in self.city for one in settled(employer))

    def parts(self) -> Iterator[tuple[ImportRow, ...]]:
        """The same in parts of the largest size that is taken."""
        rows = self.rows()
        while part := tuple(islice(rows, PART_ROWS)):
            yield part

    def _row(self, employer: Employer, one: Person) -> ImportRow:
        return ImportRow(
            employer_no=employer.number,
            name=one.name,
            id_number=one.id_number,
            household=one.household,
            home_address=one.address,
            phone=one.phone,
            rural_contract=one.rural_contract,
            hired_on=one.hired_on,
            from_month=max(FIRST_MONTH, Month.of(one.hired_on)),
            declared_wage=one.wage,
            base=contribution_base(one.wage, self.limits.floor, self.limits.ceiling).base,
        )


async def limits_in_force(officer: Api) -> LimitsView:
    """Those released for the year in which the city begins."""
    published = await officer.get("/limits", LimitsList)
    return next(row for row in published.rows if row.year == YEAR and row.released_by)


async def import_existing(roster: Roster, size: str, drafter: Api, releaser: Api, progress: Progress) -> None:
    """Announce the totals, stage the parts, release, and advance to the end; a repeat goes on."""
    persons = base_sum = 0
    for row in roster.rows():
        persons, base_sum = persons + 1, base_sum + row.base
    asked = NewImport(title=f"切换导入 {size}", persons=persons, base_sum=base_sum)
    view = await drafter.post("/imports", ImportView, asked, key=f"city/import/{size}")
    view = await drafter.get(f"/imports/{view.id}", ImportView)
    if view.state == STAGING:
        await _stage(view.id, roster, drafter, progress)
        await _await_employers(view.id, drafter)
        await releaser.post(f"/imports/{view.id}/release", ImportView, key=f"city/import/{size}")
    await _finish(view.id, releaser, progress)


async def _stage(import_id: UUID, roster: Roster, drafter: Api, progress: Progress) -> None:
    for part, rows in enumerate(roster.parts(), start=1):
        body = ImportRows(part=part, rows=rows)
        await drafter.post(f"/imports/{import_id}/rows", ImportView, body)
        progress.step("人员导入", len(rows))


async def _await_employers(import_id: UUID, drafter: Api) -> None:
    """Enrollment hears of new employers by events; until it has, the import says whom it does not know."""
    for _ in range(TRIES):
        view = await drafter.get(f"/imports/{import_id}", ImportView)
        if UNKNOWN_EMPLOYER not in {fault.code for fault in view.faults}:
            return
        await asyncio.sleep(PAUSE_SECONDS)
    raise TimeoutError("enrollment has not heard of all employers")


async def _finish(import_id: UUID, releaser: Api, progress: Progress) -> None:
    done = 0
    while True:
        view = await releaser.post(f"/imports/{import_id}/advance", ImportView)
        progress.step("人员生效", view.done_persons - done)
        done = view.done_persons
        if view.state == DONE:
            return
