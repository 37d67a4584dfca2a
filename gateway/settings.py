"""Settings of the gateway: those of every process, and what only the front door needs."""

import json
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from contracts.http.registry import LoggedIn
from services.chassis.settings import Settings as ChassisSettings


def _bank_keys(value: object) -> object:
    """Keys come as JSON {bank: {key id: hex}}."""
    if not isinstance(value, str):
        return value
    banks = json.loads(value)
    return {bank: {name: bytes.fromhex(key) for name, key in keys.items()} for bank, keys in banks.items()}


BankKeys = Annotated[dict[str, dict[str, bytes]], NoDecode, BeforeValidator(_bank_keys)]


class Settings(ChassisSettings):
    """The gateway's settings; several keys per bank serve during a rotation."""

    bank_keys: BankKeys = Field(default_factory=dict, description="bank → key id → HMAC key")
    session_minutes: int = Field(default=30, ge=1, description="inactivity after which a session ends")
    officers_need_totp: bool = Field(default=False, description="officers set up one-time codes first")
    secure_cookies: bool = Field(default=True, description="false only on the local stack without TLS")

    def must_enrol(self, who: LoggedIn) -> bool:
        """True for an officer who has to set up one-time codes before anything else."""
        return self.officers_need_totp and bool(who.district) and not who.totp
