"""`clauses.toml` as values."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

BUILT, NOT_YET = "built", "not built yet"
HUMAN = "human duty, shown on page "


class Entry(BaseModel):
    """One rule of a numbered sentence: its words, its reading, and where it stands in the product."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    quote: str = Field(min_length=6, max_length=24)
    domain: str = Field(min_length=1, description="row of domain.md, with the readings it takes")
    stands: str = Field(pattern=rf"^({BUILT}|{NOT_YET}|{HUMAN}/.*)$")
    rule: tuple[str, ...] = Field(default=(), description="path::name of a function, class or constant")
    pages: tuple[str, ...] = Field(default=(), description="paths of the gateway")
    tests: tuple[str, ...] = Field(default=(), description="path::name")

    @property
    def all_pages(self) -> tuple[str, ...]:
        """The pages named, with the one on which a human duty is shown."""
        shown = (self.stands.removeprefix(HUMAN),) if self.stands.startswith(HUMAN) else ()
        return (*shown, *self.pages)


def load(path: Path) -> tuple[Entry, ...]:
    """The entries in their order; pydantic.ValidationError for one of another form."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Entry, ...]).validate_python(found["sentence"])
