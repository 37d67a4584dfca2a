"""The demo city, loaded through the public interfaces while the portal is already in use."""

from __future__ import annotations

import json
from collections.abc import Callable

from pydantic import BaseModel, ValidationError

from deploy.local.child import Say
from deploy.local.data import Data
from deploy.local.errand import Errand, Hear
from deploy.local.memory import LogIn
from deploy.local.program import Program

EVERY_PERCENT = 10
Send = Callable[[Program, Hear], Errand]


class Progress(BaseModel):
    """One line of the loader: how far it is, or a log-in it has made."""

    done: int = 0
    total: int = 0
    step: str = ""
    login: LogIn | None = None


class City:
    """Starts the loader once per database and hears its progress."""

    def __init__(self, loader: Program | None, size: str, data: Data, send: Send, say: Say) -> None:
        self._loader, self._size, self._data, self._send, self._say = loader, size, data, send, say
        self.progress = Progress()
        self._said = -1

    @property
    def wanted(self) -> bool:
        """Whether there is something to load."""
        return self._loader is not None and self._size not in {"none", self._data.memory.city}

    async def load(self) -> None:
        """Run the loader to its end; an interrupted load is taken up by the next start."""
        if self._loader is None:
            return
        errand = self._send(self._loader, self.hear)
        code = await errand.run()
        if code:
            self._say(f"city: the loader ended with {code} (see {errand.log})")
            return
        self._data.memory.city = self._size
        self._data.remember()
        self._say(f"city: {self._size} is loaded")

    def hear(self, line: str) -> None:
        """One JSON line; anything else is passed on as it is."""
        try:
            heard = Progress.model_validate(json.loads(line))
        except (ValueError, ValidationError):
            self._say(f"city: {line}")
            return
        if heard.login is not None:
            self._remember(heard.login)
        if heard.total:
            self.progress = heard
            self._tell()

    def _remember(self, login: LogIn) -> None:
        known = self._data.memory.log_ins
        if login in known:
            return
        known[:] = [it for it in known if it.account != login.account] + [login]
        self._data.remember()
        self._say(f"log-in {login.who}: {login.account} / {login.password}")

    def _tell(self) -> None:
        """Plain lines in steps of ten per cent."""
        tenth = self.progress.done * 100 // self.progress.total // EVERY_PERCENT
        if tenth != self._said:
            self._said = tenth
            self._say(f"city: {tenth * EVERY_PERCENT} % {self.progress.step}")
