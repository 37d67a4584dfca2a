"""The form of 注销登记, for the employer's page and the desk alike (A20)."""

from __future__ import annotations

from contracts.http.deregistrations import FileDeregistration
from gateway.forms import Entry

FIELDS = ("ground", "document", "reason")


def command(entry: Entry) -> FileDeregistration:
    """The command; Problem BAD_INPUT with every fault of the form."""
    texts = {name: entry.text(name) for name in FIELDS}
    return entry.build(FileDeregistration, {**texts, "ended_on": entry.day("ended_on")})
