"""Settings of a process, from environment variables `SI_…`."""

import base64
import json
import os
import socket
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _keys(value: object) -> object:
    """Keys come as JSON {id: base64}."""
    if not isinstance(value, str):
        return value
    return {name: base64.b64decode(text) for name, text in json.loads(value).items()}


KeyRing = Annotated[dict[str, bytes], NoDecode, BeforeValidator(_keys)]


class Settings(BaseSettings):
    """One process: where its data, its broker and its neighbours are, and its keys."""

    model_config = SettingsConfigDict(env_prefix="SI_", frozen=True)

    dsn: str = Field(description="database, role without DDL, postgresql+asyncpg://…")
    owner_dsn: str = Field(default="", description="role with DDL, for migrations only")
    clock_dsn: str = Field(
        default="", description="database with the business-clock row; empty in production"
    )
    kafka: str = Field(default="127.0.0.1:9092")
    kafka_idempotent: bool = Field(default=True, description="false only for the local memory broker")
    kafka_replication: int = Field(default=1, ge=1)
    registry_url: str = "http://127.0.0.1:9001"
    enrollment_url: str = "http://127.0.0.1:9002"
    billing_url: str = "http://127.0.0.1:9003"
    notices_url: str = "http://127.0.0.1:9004"
    gateway_url: str = "http://127.0.0.1:9000"
    caller_key: SecretStr = Field(description="HMAC key by which a process signs the caller's identity")
    data_keys: KeyRing = Field(description="AES-GCM keys by id; the highest id encrypts")
    lookup_keys: KeyRing = Field(description="HMAC keys by version for look-ups of encrypted values")
    replica: str = Field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}")
    files: Path = Field(default=Path(".local/files"), description="uploaded scans; shared by all replicas")
    log_level: str = "INFO"
    pool_size: int = Field(default=5, ge=1, le=50)
    tick_seconds: float = Field(default=1.0, gt=0)
    seal_seconds: float = Field(default=2.0, gt=0)
    consumer_batch: int = Field(default=1000, ge=1)

    def url_of(self, process: str) -> str:
        """Base address of a process by its name."""
        return str(getattr(self, f"{process}_url"))
