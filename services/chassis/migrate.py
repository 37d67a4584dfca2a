"""`python -m services.chassis.migrate <process>`: run one process's migrations with the owner's role."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from alembic import command
from alembic.config import Config

ROOT = Path(__file__).resolve().parents[2]


def folder(process: str) -> Path:
    """Where a process keeps its migrations."""
    return ROOT / ("gateway" if process == "gateway" else f"services/{process}") / "migrations"


def config(process: str, owner_dsn: str) -> Config:
    """Alembic's configuration for one process and database."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).with_name("alembic")))
    made.set_main_option("version_locations", str(folder(process)))
    made.set_main_option("path_separator", "os")
    made.attributes["dsn"] = owner_dsn
    return made


def upgrade(process: str, owner_dsn: str) -> None:
    """Bring a database to the newest version; safe to repeat."""
    command.upgrade(config(process, owner_dsn), "head")


def main(process: Annotated[str, typer.Argument()], dsn: Annotated[str, typer.Option()] = "") -> None:
    """Migrate with --dsn or SI_OWNER_DSN."""
    upgrade(process, dsn or os.environ["SI_OWNER_DSN"])


if __name__ == "__main__":
    typer.run(main)
