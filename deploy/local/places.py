"""Where the local stack keeps what it makes."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"


DISK, MEMORY = Path("/var/tmp"), Path("/dev/shm")  # noqa: S108  # each folder's owner is checked
ENOUGH_MEMORY = 2 << 30


def fleeting(name: str) -> Path:
    """A folder for what need not survive: in memory where there are 2 GB of it, else as `spacious`."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY
    return spacious(name, MEMORY if roomy else DISK)


def spacious(name: str, base: Path = DISK) -> Path:
    """A folder of this checkout and user under /var/tmp, made if missing.

    PostgreSQL refuses to run as root and so cannot always enter the checkout; socket paths are short here, too.
    PermissionError where somebody else made that folder.
    """
    key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    home = base / f"yantai-si-{os.geteuid()}-{key}"
    home.mkdir(mode=0o711, exist_ok=True)
    if home.is_symlink() or home.stat().st_uid != os.geteuid():
        raise PermissionError(f"{home} belongs to somebody else")
    folder = home / name
    folder.mkdir(mode=0o711, exist_ok=True)
    return folder


def link(name: str, target: Path, local: Path = LOCAL) -> None:
    """Show a folder from elsewhere as `.local/<name>`."""
    local.mkdir(exist_ok=True)
    place = local / name
    if place.is_symlink() and place.readlink() != target:
        place.unlink()
    if not place.is_symlink():
        place.symlink_to(target)
