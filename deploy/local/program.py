"""What the supervisor starts: a command, its settings, and how one sees that it is up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.local.ports import HOST


@dataclass(frozen=True)
class Program:
    """One process of the stack."""

    name: str
    command: tuple[str, ...]
    port: int
    settings: Mapping[str, str] = field(default_factory=dict)
    health: str = "/health"
    """Path that answers 200 when ready; empty: listening is enough."""
    drains: bool = False
    """Whether it says at /quiescence what it still has to do."""
    front: bool = False
    """Takes work from outside and so stops first."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.port}"

    def environment(self) -> dict[str, str]:
        """The supervisor's environment with this program's settings instead of any others."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("SI_")}
        return plain | {"PYTHONUNBUFFERED": "1"} | dict(self.settings)
