"""Settings of the bank's simulator, from the same `SI_…` variables as the gateway's."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.settings import BankKeys


class Settings(BaseSettings):
    """Where the bank door is, and the keys the bank signs with."""

    model_config = SettingsConfigDict(env_prefix="SI_", frozen=True)

    gateway_url: str = "http://127.0.0.1:9000"
    bank_keys: BankKeys = Field(description="bank → key id → HMAC key; the first bank is played")
    clock_dsn: str = Field(default="", description="database with the business-clock row")
