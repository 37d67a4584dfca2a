"""The form of a change of registration data, for the employer's page and the desk alike (协议 二.7)."""

from __future__ import annotations

from contracts.http.changes import FileChange, RegistrationItems
from contracts.http.registry import EmployerView
from gateway.forms import Entry

OWN = (
    "name", "address", "postcode", "legal_representative", "short_name", "business_address", "founded_on",
    "economic_type", "affiliation", "superior", "funding", "industry", "payment_way", "bank_name",
    "bank_account_name", "bank_account", "organisation_code",
)  # fmt: skip
AGENCY = ("district", "paying_agency", "injury_class", "injury_float_percent", "kinds")
_NUMBERS = ("injury_class", "injury_float_percent")


def filled(employer: EmployerView, today: str) -> Entry:
    """The form as the entry stands; the bank account is typed anew where it changes."""
    given = employer.model_dump(mode="json")
    cells = {name: given.get(name) or given["particulars"].get(name) or "" for name in OWN}
    rate = employer.injury_rates[-1]
    cells |= {"district": employer.district, "paying_agency": employer.paying_agency, "effective_on": today}
    cells |= {"injury_class": str(rate.injury_class), "injury_float_percent": str(rate.float_percent)}
    return Entry(cells, {"kinds": employer.kinds})


def command(entry: Entry, before: Entry, fields: tuple[str, ...]) -> FileChange:
    """The command with what differs from the form as it was shown; Problem BAD_INPUT with every fault."""
    typed = [name for name in fields if name != "kinds"]
    items = {name: entry.text(name) for name in typed if entry.text(name) != before.text(name)}
    numbers = {name: int(value) for name, value in items.items() if name in _NUMBERS and value.isdecimal()}
    kinds = entry.chosen("kinds") if "kinds" in fields else ()
    changed = {"kinds": kinds} if kinds and set(kinds) != set(before.chosen("kinds")) else {}
    asked = entry.build(RegistrationItems, {**items, **numbers, **changed})
    given = {"effective_on": entry.day("effective_on"), "reason": entry.text("reason"), "items": asked}
    return entry.build(FileChange, given)
