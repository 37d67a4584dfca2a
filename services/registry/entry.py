"""The register entry as the outside sees it: event state and view, from an employer's rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts.events.registry import EmployerState, InjuryRate
from contracts.http.registry import EmployerView
from services.registry.rules.districts import district_on
from services.registry.tables import Employer, InjuryRateRow


def _rates(rows: Sequence[InjuryRateRow]) -> tuple[InjuryRate, ...]:
    ordered = sorted(rows, key=lambda row: row.from_month)
    return tuple(InjuryRate(**row.model_dump(exclude={"employer_no"})) for row in ordered)


def state_of(employer: Employer, rates: Sequence[InjuryRateRow]) -> dict[str, Any]:
    """The fields of every EmployerState event, validated."""
    return dict(EmployerState(**employer.model_dump(), injury_rates=_rates(rates)))


def view_of(
    employer: Employer, rates: Sequence[InjuryRateRow], day: date, warnings: tuple[str, ...] = ()
) -> EmployerView:
    """The entry with the names that districts and agencies have on that day."""
    district, agency = district_on(employer.district, day), district_on(employer.paying_agency, day)
    return EmployerView(
        **employer.model_dump(),
        injury_rates=_rates(rates),
        district_name=district.name if district else employer.district,
        agency_name=agency.agency_name if agency else employer.paying_agency,
        warnings=warnings,
    )
