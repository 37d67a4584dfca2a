"""What a supervisor is to bring up: programs that stay, and errands that run once."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deploy.local import table
from deploy.local.data import Data, Migrate
from deploy.local.databases import PROCESSES
from deploy.local.ports import free_ports
from deploy.local.program import Program
from deploy.local.secrets import Secrets, kept

WANTED = {"gateway": table.GATEWAY_PORT, "bank": table.BANK_PORT}
SIZES = ("none", "small", "large")


@dataclass(frozen=True)
class Plan:
    """Programs in order of start (the broker first), and errands; an absent errand is None."""

    programs: Sequence[Program]
    migrate: Migrate
    processes: Sequence[str] = PROCESSES
    first_officer: Program | None = None
    recovery: Program | None = None
    city: Program | None = None
    size: str = "none"
    secrets: Secrets | None = None

    @property
    def front(self) -> Program:
        """The program whose address is the portal's."""
        return next(program for program in self.programs if program.front)


def recovery(how: str, data: Data, ports: Mapping[str, int]) -> Program:
    """`replay` or `republish` among the processes on these ports."""
    secrets = kept(data.local / "secrets.json")
    given = table.settings("gateway", data.cluster, secrets, ports, data.files)
    return _module("recovery", "services.chassis.recovery", given, how)


def _module(name: str, module: str, settings: Mapping[str, str], *arguments: str) -> Program:
    return Program(name, (sys.executable, "-m", module, *arguments), 0, settings)


class UnknownSizeError(ValueError):
    """CITY names a size there is none of."""


def city_size() -> str:
    """CITY of the environment; UnknownSizeError."""
    size = os.environ.get("CITY") or "small"
    if size not in SIZES:
        raise UnknownSizeError(f"CITY is one of {', '.join(SIZES)}, not {size}")
    return size


def real(data: Data, wanted: Mapping[str, int] = WANTED) -> tuple[Plan, list[str]]:
    """The plan of the whole system, on the ports wanted where they are free, and what is to be said about them."""
    from services.chassis.migrate import upgrade  # noqa: PLC0415  # alembic is slow to import and not always needed

    secrets = kept(data.local / "secrets.json")
    ports = free_ports(table.names(), wanted)
    busy = [name for name, port in wanted.items() if name in ports and ports[name] != port]
    own = {
        name: table.settings(name, data.cluster, secrets, ports, data.files)
        for name in ("registry", "gateway")
    }
    first = {"SI_FIRST_PASSWORD": secrets.first_password}
    city = city_size() if importlib.util.find_spec("deploy.city") else "none"
    gateway = f"http://127.0.0.1:{ports['gateway']}"
    login = first | {
        "SI_FIRST_ACCOUNT": secrets.first_account,
        "SI_CLOCK_DSN": own["gateway"]["SI_CLOCK_DSN"],
    }
    plan = Plan(
        programs=table.programs(data.cluster, secrets, ports, data.files),
        migrate=upgrade,
        first_officer=_module(
            "first-officer",
            "services.registry.bootstrap",
            own["registry"] | first,
            "--account",
            secrets.first_account,
        ),
        recovery=recovery("replay", data, ports),
        city=_module("city", "deploy.city", login, "load", "--gateway", gateway, "--size", city),
        size=city,
        secrets=secrets,
    )
    return plan, [f"port {wanted[name]} is busy, {name} takes {ports[name]}" for name in busy]
