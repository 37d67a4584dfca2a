"""Who one can be on this machine."""

from __future__ import annotations

from deploy.local.memory import Memory
from deploy.local.secrets import Secrets


def known_log_ins(memory: Memory, secrets: Secrets | None) -> list[tuple[str, str, str]]:
    """Name, account, password: employers first; the first officer as long as nobody changed its password."""
    known = [(it.who, it.account, it.password) for it in memory.log_ins]
    if secrets is not None and secrets.first_account not in {account for _, account, _ in known}:
        known.insert(0, ("安全管理员", secrets.first_account, secrets.first_password))
    return sorted(known, key=lambda entry: not entry[1].isdigit())
