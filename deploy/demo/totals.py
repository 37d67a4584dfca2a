"""The equations that must hold at the end; each side comes from another place."""

from __future__ import annotations

from dataclasses import dataclass

from deploy.local.bank.counter import yuan


@dataclass(frozen=True)
class Equation:
    """Two sums in fen that must be one."""

    words: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether they are."""
        return self.left == self.right

    def line(self) -> str:
        """For a reader."""
        return f"  {'=' if self.holds else '≠'}  {self.words}: {yuan(self.left)} | {yuan(self.right)}"
