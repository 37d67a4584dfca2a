"""The existing register, imported from files: one officer brings each with its totals, another releases it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from contracts.http.register_imports import (
    DistrictTotal,
    NewRegisterImport,
    RegisterImportState,
    RegisterImportView,
    RegisterRow,
)
from contracts.http.registry import RegisterEmployer
from deploy.city.api import Api
from deploy.city.employers import Employer
from deploy.city.progress import Progress

FILE_ROWS = 5_000
PAUSE_SECONDS = 0.5


async def import_register(
    city: Sequence[Employer], drafter: Api, releaser: Api, progress: Progress, units: int
) -> None:
    """Register all of them, file by file; `units` of progress for each. A repeat meets the same imports again."""
    for first in range(0, len(city), FILE_ROWS):
        part = city[first : first + FILE_ROWS]
        view = await drafter.post("/register-imports", RegisterImportView, _file(first, part))
        if view.faulty:
            raise ValueError(f"{view.faulty} employers of the city are not fit to be registered")
        if view.state is RegisterImportState.STAGED:
            key = f"city/register/{view.id}"
            await releaser.post(f"/register-imports/{view.id}/release", RegisterImportView, key=key)
        await _finish(view, drafter, progress, units)


def _file(first: int, part: Sequence[Employer]) -> NewRegisterImport:
    counted = Counter(employer.entry.district for employer in part)
    return NewRegisterImport(
        title=f"存量单位 {first + 1}—{first + len(part)}",
        total=len(part),
        districts=tuple(DistrictTotal(district=code, rows=rows) for code, rows in sorted(counted.items())),
        rows=tuple(_row(line, one.entry) for line, one in enumerate(part, start=2)),
    )


def _row(line: int, entry: RegisterEmployer) -> RegisterRow:
    return RegisterRow(
        row=line,
        employer_no=entry.employer_no or "",
        credit_code=entry.credit_code,
        name=entry.name,
        kind=entry.kind.value,
        scheme=entry.scheme.value,
        district=entry.district,
        address=entry.address,
        postcode=entry.postcode,
        legal_representative=entry.legal_representative,
        insured_from=str(entry.insured_from),
        injury_class=str(entry.injury_class),
    )


async def _finish(view: RegisterImportView, drafter: Api, progress: Progress, units: int) -> None:
    told = 0
    while True:
        view = await drafter.get(f"/register-imports/{view.id}", RegisterImportView)
        done = view.done + view.skipped
        progress.step("单位导入", (done - told) * units)
        told = done
        if view.state is RegisterImportState.DONE:
            return
        await asyncio.sleep(PAUSE_SECONDS)
