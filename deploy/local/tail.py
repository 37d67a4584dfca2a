"""The newest lines of all logs, as a person reads them."""

from __future__ import annotations

import json
from collections import deque
from pathlib import Path

LONGEST_READ = 65536


class Tail:
    """Follows every log of a folder from its present end."""

    def __init__(self, folder: Path, lines: int) -> None:
        self._folder = folder
        self._ends: dict[Path, int] = {path: path.stat().st_size for path in folder.glob("*.log")}
        self.lines: deque[str] = deque(maxlen=lines)

    def read(self) -> None:
        """Take what has come since the last time."""
        for path in sorted(self._folder.glob("*.log")):
            size, end = path.stat().st_size, self._ends.get(path, 0)
            if size < end:
                end = 0
            if size > end:
                with path.open("rb") as log:
                    log.seek(max(end, size - LONGEST_READ))
                    text = log.read(LONGEST_READ).decode(errors="replace")
                self.lines.extend(readable(path.stem, line) for line in text.splitlines() if line.strip())
            self._ends[path] = size


def readable(source: str, line: str) -> str:
    """A structured line as `09:00:01 billing WARNING message`; any other line as it is."""
    try:
        entry = json.loads(line)
        return f"{entry['at'][11:19]} {source:<10} {entry['level']:<7} {entry['message']} {entry.get('error', '')}"
    except (ValueError, KeyError, TypeError):
        return f"{'':8} {source:<10} {line}"
