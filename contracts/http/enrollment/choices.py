"""Lists a clerk chooses from, and what the first page shows."""

from pydantic import Field

from contracts.http.enrollment.decreases import DecreaseView
from contracts.http.enrollment.increases import IncreaseView
from contracts.models import View
from contracts.values import Count, Line


class ToDo(View):
    """What an employer's first page shows of enrollment."""

    active_persons: Count
    started_this_month: Count
    ended_this_month: Count
    awaiting_counter: tuple[IncreaseView, ...]
    queued_decreases: tuple[DecreaseView, ...]
    unprinted: Count


class Choice(View):
    """One entry of a list a clerk chooses from."""

    code: str
    name: Line
    extra_date: str = Field(default="", description="name of the further date it demands (A13)")
    note_required: bool = False


class Column(View):
    """A column of the increase sheet: field of RawIncrease, heading, whether it must be filled, its list."""

    field: str
    heading: Line
    required: bool
    choices: tuple[str, ...] = ()
    blank: str = Field(default="", description="what an empty cell stands for, where it stands for anything")


class Choices(View):
    """Lists and columns as enrollment's rules know them."""

    columns: tuple[Column, ...]
    decrease_reasons: tuple[Choice, ...]
