"""The envelope and the base of every event: CloudEvents 1.0 over Kafka, binary mode."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.values import EmployerNo, Version

PARTITIONS = 12
"""Every topic has so many partitions, and every outbox so many buckets."""


class Event(BaseModel):
    """A fact in the past tense; consumers ignore fields they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    TOPIC: ClassVar[str]
    FULL_STATE: ClassVar[bool] = False
    """True where the body alone is the whole state of its subject, so that only the highest version counts."""

    version: Version = Field(description="version of the subject; a consumer applies only higher ones")

    @classmethod
    def type_name(cls) -> str:
        """The `ce_type`; a breaking change gets a new class and so a new type."""
        return cls.__name__

    def topic(self) -> str:
        """The topic this fact goes to."""
        return self.TOPIC

    def key(self) -> str:
        """The Kafka key: facts of one key keep their order."""
        raise NotImplementedError

    def subject(self) -> str:
        """The `ce_subject`: the aggregate whose version the event carries."""
        raise NotImplementedError


class EmployerEvent(Event):
    """A fact that belongs to one employer and is keyed by its number."""

    employer_no: EmployerNo

    def key(self) -> str:
        """The employer's number."""
        return self.employer_no

    def subject(self) -> str:
        """The employer, unless the fact has a finer subject."""
        return self.employer_no


class Envelope(BaseModel):
    """The CloudEvents headers of one message."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    type: str
    source: str
    subject: str
    time: datetime
    traceparent: str | None = None

    def headers(self) -> list[tuple[str, bytes]]:
        """The headers as aiokafka wants them."""
        return headers(self.id, self.type, self.source, self.subject, self.time, self.traceparent)

    @classmethod
    def from_headers(cls, headers: dict[str, str]) -> Envelope:
        """Read the headers; pydantic.ValidationError where one is missing or wrong."""
        names = ("id", "type", "source", "subject", "time")
        found = {name: headers[f"ce_{name}"] for name in names if f"ce_{name}" in headers}
        return cls.model_validate({**found, "traceparent": headers.get("traceparent")})


def headers(
    event_id: UUID, type_name: str, source: str, subject: str, time: datetime, traceparent: str | None
) -> list[tuple[str, bytes]]:
    """The headers of one message from its parts; `traceparent` only where there is one."""
    pairs = [
        ("ce_specversion", b"1.0"),
        ("ce_id", str(event_id).encode()),
        ("ce_type", type_name.encode()),
        ("ce_source", source.encode()),
        ("ce_subject", subject.encode()),
        ("ce_time", time.isoformat().encode()),
        ("content-type", b"application/json"),
    ]
    if traceparent:
        pairs.append(("traceparent", traceparent.encode()))
    return pairs
