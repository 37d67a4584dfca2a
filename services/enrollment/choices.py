"""The lists and columns a clerk chooses from, told to the pages by their owner."""

from collections.abc import Iterable

from contracts.http.enrollment import Choice, Choices, Column
from services.enrollment.rules.fields import DOCUMENT_NAMES, FORM_NAMES, HOUSEHOLD_NAMES
from services.enrollment.rules.reasons import DECREASE_REASONS, INCREASE_REASON_NAMES
from services.enrollment.rules.rows import BLANKS, COLUMNS, REQUIRED

_LISTS: dict[str, Iterable[str]] = {
    "id_kind": DOCUMENT_NAMES.values(),
    "household": HOUSEHOLD_NAMES.values(),
    "employment_form": FORM_NAMES.values(),
    "reason": INCREASE_REASON_NAMES.values(),
    "rural_contract": ("是", "否"),
}


def choices() -> Choices:
    """The columns of the increase sheet in order, and the reasons of 减员."""
    return Choices(
        columns=tuple(
            Column(
                field=field,
                heading=heading,
                required=field in REQUIRED,
                choices=tuple(_LISTS.get(field, ())),
                blank=BLANKS.get(field, ""),
            )
            for field, heading in COLUMNS.items()
        ),
        decrease_reasons=tuple(
            Choice(
                code=reason.code,
                name=reason.name,
                extra_date=reason.extra_date.value,
                note_required=reason.note_required,
            )
            for reason in DECREASE_REASONS
        ),
    )
