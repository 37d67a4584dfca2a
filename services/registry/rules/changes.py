"""Changes of registration data: which items the employer may file, what differs, from when (协议 二.7, domain 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.http.changes import ChangedItem, RegistrationItems
from contracts.month import Month
from services.registry.rules.kinds import as_text

AGENCY_ONLY = ("district", "paying_agency", "injury_class", "injury_float_percent", "kinds")
"""Items the agency determines; an employer brings its papers for them."""
AHEAD = timedelta(days=366)
"""How far ahead a change may be filed."""
_TAIL = 4


@dataclass(frozen=True, slots=True)
class Term:
    """The days between which a change may take effect."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """True for a day within."""
        return self.first <= day <= self.last


def term(registered_on: date, today: date) -> Term:
    """From registration to a year ahead: an office may have moved before it says so."""
    return Term(registered_on, today + AHEAD)


def named(items: RegistrationItems) -> dict[str, str]:
    """The items named, as text."""
    given = items.model_dump(mode="json", exclude_none=True)
    return {name: as_text(value) if name == "kinds" else str(value) for name, value in given.items()}


def not_own(items: Mapping[str, str]) -> tuple[str, ...]:
    """Named items that an employer may not file."""
    return tuple(name for name in AGENCY_ONLY if name in items)


def differences(now: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[ChangedItem, ...]:
    """What differs from the entry as it stands, item by item; a bank account shows its last digits only."""
    return tuple(
        ChangedItem(field=name, before=_shown(name, now.get(name, "")), after=_shown(name, value))
        for name, value in wanted.items()
        if value != now.get(name, "")
    )


def injury_month(effective_on: date) -> Month:
    """The first month of a new injury rate: the month its day lies in."""
    return Month.of(effective_on)


def kinds_may_begin(effective_on: date, today: date) -> bool:
    """Kinds change with a month that has not begun: what has begun may be billed and paid."""
    return effective_on.day == 1 and effective_on > today


def shown_account(account: str) -> str:
    """A bank account by its last digits."""
    return f"尾号{account[-_TAIL:]}" if account else ""


def _shown(name: str, value: str) -> str:
    return shown_account(value) if name == "bank_account" else value
