"""The table of programs: broker, five processes, and the bank's simulator."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.local import broker
from deploy.local.databases import CLOCK, PROCESSES, app_role
from deploy.local.ports import HOST
from deploy.local.postgres import Cluster
from deploy.local.program import Program
from deploy.local.secrets import Secrets

GATEWAY_PORT, BANK_PORT = 8016, 8018
BANK_APP = "deploy.local.bank"


def common(secrets: Secrets, ports: Mapping[str, int]) -> dict[str, str]:
    """Settings that all processes share."""
    urls = {f"SI_{name.upper()}_URL": f"http://{HOST}:{ports[name]}" for name in PROCESSES}
    return urls | {
        "SI_KAFKA": f"{HOST}:{ports['broker']}",
        "SI_KAFKA_IDEMPOTENT": "false",
        "SI_CALLER_KEY": secrets.caller_key,
        "SI_DATA_KEYS": json.dumps(secrets.data_keys),
        "SI_LOOKUP_KEYS": json.dumps(secrets.lookup_keys),
    }


def settings(
    process: str, cluster: Cluster, secrets: Secrets, ports: Mapping[str, int], files: Path
) -> dict[str, str]:
    """All settings of one process; `files` is where uploaded scans are kept."""
    role = app_role(process)
    own = {
        "SI_DSN": cluster.dsn(role, process),
        "SI_CLOCK_DSN": cluster.dsn(role, CLOCK),
        "SI_REPLICA": process,
        "SI_FILES": str(files),
    }
    if process == "gateway":
        own |= {"SI_BANK_KEYS": json.dumps(secrets.bank_keys), "SI_SECURE_COOKIES": "false"}
    return common(secrets, ports) | own


def names() -> tuple[str, ...]:
    """Everything that needs a port."""
    return ("broker", *PROCESSES, *(["bank"] if importlib.util.find_spec(BANK_APP) else []))


def programs(cluster: Cluster, secrets: Secrets, ports: Mapping[str, int], files: Path) -> list[Program]:
    """The table; the broker comes first."""
    table = [Program("broker", tuple(broker.command(ports["broker"])), ports["broker"], health="")]
    for name in PROCESSES:
        serve = (sys.executable, "-m", "services.chassis.serve", name, "--port", str(ports[name]))
        own = settings(name, cluster, secrets, ports, files)
        table.append(Program(name, serve, ports[name], own, drains=True, front=name == "gateway"))
    if "bank" in ports:
        command = (
            sys.executable,
            "-m",
            "uvicorn",
            "--factory",
            f"{BANK_APP}:create_app",
            "--port",
            str(ports["bank"]),
        )
        given = settings("gateway", cluster, secrets, ports, files)
        own = {name: given[name] for name in ("SI_GATEWAY_URL", "SI_BANK_KEYS", "SI_CLOCK_DSN")}
        table.append(Program("bank", command, ports["bank"], own, health="", front=True))
    return table
