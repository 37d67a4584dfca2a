"""`stub_stack.py FOLDER HOME`: the run command with real PostgreSQL and broker and two stub processes."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from deploy.local import broker  # noqa: E402  # the path comes first: this file is run, not imported
from deploy.local.data import Data  # noqa: E402
from deploy.local.plan import Plan  # noqa: E402
from deploy.local.ports import free_ports  # noqa: E402
from deploy.local.postgres import Cluster  # noqa: E402
from deploy.local.program import Program  # noqa: E402
from deploy.local.run import run  # noqa: E402
from deploy.local.secrets import kept  # noqa: E402

STUB = ROOT / "tests" / "servers" / "stub_process.py"


def stub(name: str, port: int) -> Program:
    """A process that is always well."""
    command = (sys.executable, str(STUB), str(port), name)
    return Program(name, command, port, drains=True, front=name == "gateway")


def plan(data: Data) -> tuple[Plan, list[str]]:
    """Broker, billing, gateway."""
    kept(data.local / "secrets.json")
    ports = free_ports(["broker", "billing", "gateway"], {})
    first = Program("broker", tuple(broker.command(ports["broker"])), ports["broker"], health="")
    stubs = [stub(name, ports[name]) for name in ("billing", "gateway")]
    recovery = Program("recovery", (sys.executable, "-c", ""), 0)
    return Plan([first, *stubs], lambda _process, _dsn: None, recovery=recovery), ["port 8016 is busy"]


if __name__ == "__main__":
    home = Cluster(Path(sys.argv[2]), durable=False)
    sys.exit(asyncio.run(run(Data(Path(sys.argv[1]), home), plan, plain=True)))
