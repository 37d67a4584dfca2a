"""What the loader tells: JSON lines of how far it is, and the log-ins it has made."""

from __future__ import annotations

import json


class Progress:
    """Says every hundredth once."""

    def __init__(self, total: int) -> None:
        self.done, self.total, self._said = 0, total, -1

    def step(self, text: str, units: int = 0) -> None:
        """Some units are done, of what `text` names."""
        self.done += units
        hundredth = self.done * 100 // self.total
        if hundredth != self._said:
            self._said = hundredth
            _say({"done": self.done, "total": self.total, "step": text})

    def finish(self) -> None:
        """Everything is done, whatever a repeat found done before."""
        self.step("完成", self.total - self.done)

    def log_in(self, who: str, account: str, password: str) -> None:
        """Somebody one can be now."""
        _say({"login": {"who": who, "account": account, "password": password}})


def _say(entry: dict[str, object]) -> None:
    print(json.dumps(entry, ensure_ascii=False), flush=True)
