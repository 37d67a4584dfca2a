"""One PostgreSQL cluster from the wheel: start, adopt, stop. It listens on a socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.local.programs import account, programs

OWNER = "si_owner"
SUPERUSER = "postgres"
READY, STARTING = 0, 1
PATIENCE_SECONDS = 60
COMMON = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
client_min_messages = warning
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_lock_waits = on
"""
FORGETFUL = """
fsync = off
full_page_writes = off
synchronous_commit = off
"""


class DatabaseError(RuntimeError):
    """A statement or a server program failed; carries what it said."""


@dataclass(frozen=True)
class Cluster:
    """A cluster in `home`; `durable=False` is for tests that outlive no power cut."""

    home: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "postgresql.log"

    def start(self) -> None:
        """Start, or adopt the server that already runs here; DatabaseError with its log where it cannot."""
        if self._state() in {READY, STARTING}:
            self._await_ready()
            return
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._configure()
        self._program(
            "pg_ctl", "-D", str(self.data), "-l", str(self.log), "-t", str(PATIENCE_SECONDS), "-w", "start"
        )

    def stop(self) -> None:
        """Stop by postmaster.pid whoever started it; nothing to do where none runs."""
        if not (self.data / "postmaster.pid").exists():
            return
        try:
            self._program("pg_ctl", "-D", str(self.data), "-m", "fast", "-t", "20", "-w", "stop")
        except DatabaseError:
            if self._state() in {READY, STARTING}:
                self._program("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def drop(self) -> None:
        """Stop and forget everything."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def running(self) -> bool:
        """Whether a server answers here."""
        return self._state() == READY

    def sql(self, text: str, database: str = "postgres") -> str:
        """Run statements as superuser, each its own transaction; rows as plain lines. DatabaseError."""
        arguments = [
            str(programs() / "psql"),
            "-X",
            "-q",
            "-tA",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.home),
        ]
        done = subprocess.run(
            [*arguments, "-U", SUPERUSER, "-d", database, "-f", "-"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            env=_environment(),
        )
        if done.returncode:
            raise DatabaseError(done.stderr.strip())
        return done.stdout.strip()

    def dsn(self, role: str, database: str) -> str:
        """SQLAlchemy's address of a database for a role."""
        return f"postgresql+asyncpg://{role}@/{database}?host={self.home}"

    def _state(self) -> int:
        # by name: asked as somebody it does not know, the server notes a failed log-in every time
        asked = ("-U", SUPERUSER, "-d", "postgres", "-h", str(self.home))
        command = [str(programs() / "pg_isready"), "-q", "-t", "5", *asked]
        return subprocess.run(command, check=False, env=_environment()).returncode

    def _await_ready(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while self._state() != READY:
            if time.monotonic() > until:
                raise DatabaseError(f"PostgreSQL in {self.home} does not become ready: {self._said()}")
            time.sleep(0.1)

    def _create(self) -> None:
        self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
        if user := account():
            shutil.chown(self.home, user)
        shutil.rmtree(self.data, ignore_errors=True)
        self._program(
            "initdb", "-D", str(self.data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-sync",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("include 'local.conf'\n")

    def _configure(self) -> None:
        text = COMMON + ("" if self.durable else FORGETFUL) + f"unix_socket_directories = '{self.home}'\n"
        conf = self.data / "local.conf"
        conf.write_text(text, encoding="utf-8")
        if user := account():
            shutil.chown(conf, user)

    def _program(self, name: str, *arguments: str) -> None:
        """Run a server program under the server's account, away from the terminal's pipes."""
        with (self.home / "programs.log").open("w+", encoding="utf-8") as said:
            done = subprocess.run(
                [str(programs() / name), *arguments], check=False, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                cwd="/", user=account(), env=_environment(),
            )  # fmt: skip
            said.seek(0)
            if done.returncode:
                raise DatabaseError(f"{name}: {said.read().strip()} {self._said()}")

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:] if self.log.exists() else ""


def _environment() -> dict[str, str]:
    """The caller's environment without settings of some other PostgreSQL."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
