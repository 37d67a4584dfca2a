"""What every process answers: health, quiescence, recovery."""

from uuid import UUID

from contracts.models import Command, View
from contracts.values import Count, Day, Instant


class Check(View):
    """One thing readiness hangs on."""

    name: str
    ok: bool
    detail: str = ""


class Health(View):
    """Readiness of one process, with what it knows about lag."""

    process: str
    replica: str
    ready: bool
    business_date: Day
    checks: tuple[Check, ...]


class TopicDigest(View):
    """How many distinct events of a topic, and the sum of their ids' hashes, modulo 2^63."""

    topic: str
    count: Count
    digest: int


class BlockedJob(View):
    """A day job that stopped and what it lacks."""

    day: Day
    job: str
    problem: str


class Quiescence(View):
    """What one process still has to do; equal digests on both sides of a topic mean all arrived."""

    process: str
    business_date: Day
    subscribes: tuple[str, ...]
    unsent: Count
    published: tuple[TopicDigest, ...]
    received: tuple[TopicDigest, ...]
    parked: Count
    days_pending: Count
    blocked: tuple[BlockedJob, ...]


class KnownIds(Command):
    """Event ids of one topic that somebody has published."""

    topic: str
    ids: tuple[UUID, ...]


class MissingIds(View):
    """Those that this process's inbox lacks."""

    ids: tuple[UUID, ...]


class PublishedIds(View):
    """Event ids of one topic this process has published, by page in id order."""

    ids: tuple[UUID, ...]
    next_after: int | None


class Replayed(View):
    """How many outbox rows were put back in line."""

    count: Count


class Republish(Command):
    """The place behind which a process tells its states again; empty: from the first."""

    after: str = ""


class Republished(View):
    """How far it has come; none: all are told."""

    after: str | None


class DeadLetterView(View):
    """A parked message."""

    id: int
    event_id: UUID | None
    topic: str
    type: str
    subject: str
    error: str
    tries: Count
    parked_at: Instant


class LetterReplayed(View):
    """What became of a parked message that was handled again; an empty error: it is done."""

    error: str = ""


class AuditVerified(View):
    """The audit chain walked from its first link: rows checked, and ids of rows that were changed, removed or put in."""

    checked: Count
    changed: tuple[int, ...]
