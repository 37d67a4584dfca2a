"""How long an account or an address waits after failed log-ins; wall time, never the business clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class BackOff:
    """`free` tries without a pause, then a pause that doubles from `first` to `longest`, in seconds.

    Failures no longer count once `memory` has passed since the last of them.
    """

    free: int
    first: int
    longest: int
    memory: timedelta

    def still_counted(self, failed: int, last: datetime, now: datetime) -> int:
        """The failures that count now."""
        return failed if now - last < self.memory else 0

    def pause(self, failed: int) -> timedelta:
        """The pause after so many failures."""
        if failed < self.free:
            return timedelta()
        doublings = min(failed - self.free, self.longest.bit_length())
        return timedelta(seconds=min(self.first << doublings, self.longest))

    def may_try(self, failed: int, last: datetime, now: datetime) -> bool:
        """True when the pause since the last failure is over."""
        return now >= last + self.pause(self.still_counted(failed, last, now))


ACCOUNT = BackOff(free=5, first=30, longest=900, memory=timedelta(days=1))
ADDRESS = BackOff(free=50, first=30, longest=900, memory=timedelta(hours=1))
"""An address may serve a whole office, so it waits later and forgets sooner than an account."""
