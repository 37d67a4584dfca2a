"""Where the local stack keeps what it makes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
LOGS = LOCAL / "logs"


def spacious(name: str) -> Path:
    """A folder of this checkout and user under /var/tmp, made if missing.

    PostgreSQL refuses to run as root and so cannot always enter the checkout; socket paths are short here, too.
    PermissionError where somebody else made that folder.
    """
    key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    home = Path("/var/tmp") / f"yantai-si-{os.geteuid()}-{key}"  # noqa: S108  # owner is checked below
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
