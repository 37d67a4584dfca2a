"""Rates, their release, and estimates by them."""

from uuid import UUID

from pydantic import Field

from contracts.models import Command, View
from contracts.values import Due, Kind, Line, Month, Ppm, Scheme


class KindRate(Command):
    """Unit and person rate of one kind; `fixed_*` is a flat sum in fen a month instead (大额医疗)."""

    kind: Kind
    unit: Ppm = 0
    person: Ppm = 0
    fixed_unit: Due = 0
    fixed_person: Due = 0


class NewRates(Command):
    """Rates of one scheme from a month on, drafted by one officer and released by another (1.5, 3.1)."""

    scheme: Scheme
    effective_from: Month
    until: Month | None = Field(default=None, description="last month; none: until replaced")
    rates: tuple[KindRate, ...] = Field(min_length=1)
    document_no: Line


class RatesView(View):
    """Rates with their release state."""

    id: UUID
    scheme: Scheme
    effective_from: Month
    until: Month | None
    rates: tuple[KindRate, ...]
    document_no: Line
    drafted_by: str
    released_by: str | None


class RatesList(View):
    """All rates, newest first."""

    rows: tuple[RatesView, ...]


class EstimateRow(Command):
    """A supplied row to be priced by the one pricing statement."""

    ref: str = Field(max_length=60)
    base: Due
    scheme: Scheme
    kinds: tuple[Kind, ...]
    rural_contract: bool = False


class Estimate(Command):
    """Rows to price for a month, without storing anything."""

    month: Month
    rows: tuple[EstimateRow, ...] = Field(min_length=1, max_length=20_000)


class EstimatedRow(View):
    """Both parts of one supplied row, fen."""

    ref: str
    unit: Due
    person: Due


class Estimated(View):
    """The estimate, and the sum it would add to the bill."""

    month: Month
    rows: tuple[EstimatedRow, ...]
    unit: Due
    person: Due
