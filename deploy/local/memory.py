"""What the stack must remember about its data; it lies beside the data and is lost only with it."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel


class LogIn(BaseModel):
    """Somebody one can be."""

    who: str
    account: str
    password: str


class Memory(BaseModel):
    """`state.json` beside the cluster, readable by its owner alone: it holds passwords."""

    clean: bool = True
    """The last stop had drained: the broker held nothing that some process lacked."""
    first_officer: bool = False
    city: str = "none"
    log_ins: list[LogIn] = []

    def write(self, path: Path) -> None:
        """Replace the file in one step."""
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        fresh.replace(path)


def read(path: Path) -> Memory:
    """The memory, fresh where there is none."""
    return Memory.model_validate_json(path.read_text(encoding="utf-8")) if path.exists() else Memory()
