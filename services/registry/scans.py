"""Uploaded scans on a shared volume, sealed, outside the database (四(一)).

A file is written before its row is committed and removed after: what a crash leaves behind is a file without a row.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from uuid import UUID

from services.chassis.runtime import Chassis


def _place(chassis: Chassis, file_id: UUID) -> Path:
    name = file_id.hex
    return chassis.settings.files / name[-2:] / name


def _write(place: Path, sealed: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part")
    with part.open("wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    part.replace(place)


async def keep(chassis: Chassis, file_id: UUID, content: bytes) -> None:
    """Write a file durably."""
    sealed = chassis.vault.seal_bytes(content)
    await asyncio.to_thread(_write, _place(chassis, file_id), sealed)


async def read(chassis: Chassis, file_id: UUID) -> bytes:
    """The content of a file; FileNotFoundError where the volume has lost it."""
    return chassis.vault.open_bytes(await asyncio.to_thread(_place(chassis, file_id).read_bytes))
