"""The roster and persons' names."""

from uuid import UUID

from pydantic import Field

from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import Day, Due, Kind, Line, Month, PersonNo


class RosterRow(View):
    """One insured person of an employer."""

    enrollment_id: UUID
    person_no: PersonNo
    name: Line
    id_number_masked: str
    phone_masked: str
    hired_on: Day
    from_month: Month
    last_month: Month | None
    declared_wage: Due
    base: Due
    kinds: tuple[Kind, ...]
    rural_contract: bool


class RosterPage(Page):
    """The roster, sorted by pinyin key."""

    rows: tuple[RosterRow, ...]


class PersonNos(Command):
    """Numbers whose names a page needs."""

    person_nos: tuple[PersonNo, ...] = Field(max_length=5_000)


class PersonName(View):
    """A name with its masked number."""

    person_no: PersonNo
    name: Line
    id_number_masked: str


class PersonNames(View):
    """Names a caller may see; others are left out."""

    rows: tuple[PersonName, ...]
