"""The cut-over import of existing persons."""

from uuid import UUID

from pydantic import Field

from contracts.errors.code import Fault
from contracts.models import Command, View
from contracts.values import Count, Day, Due, EmployerNo, Line, Month


class ImportRow(Command):
    """One existing relation at cut-over (domain 1.5)."""

    employer_no: EmployerNo
    name: Line
    id_number: str = Field(max_length=18)
    household: str = Field(default="", max_length=60)
    home_address: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=20)
    rural_contract: bool = False
    hired_on: Day
    from_month: Month
    declared_wage: Due = Field(le=10**12)
    base: Due = Field(le=10**12)


class NewImport(Command):
    """A cut-over import with its control totals, staged by one officer."""

    title: Line
    persons: Count = Field(le=10_000_000)
    base_sum: Due = Field(le=10**16)


class ImportRows(Command):
    """A part of the import; the same part number again replaces nothing and is answered alike."""

    part: int = Field(ge=1, le=1_000_000)
    rows: tuple[ImportRow, ...] = Field(min_length=1, max_length=20_000)


class ImportView(View):
    """Where an import stands; it can be released when staged equals announced and no fault is open."""

    id: UUID
    title: Line
    state: str = Field(description="staging, released, done")
    persons: Count
    base_sum: Due
    staged_persons: Count
    staged_base_sum: Due
    done_persons: Count
    faults: tuple[Fault, ...]
    drafted_by: str
    released_by: str | None
