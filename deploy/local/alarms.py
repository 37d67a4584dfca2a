"""What an operator must look at, read from the metrics of a process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prometheus_client import Metric


@dataclass(frozen=True)
class Alarm:
    """A sample above its limit, perhaps under one label value only, in a person's words."""

    sample: str
    above: float
    words: str
    label: str = ""


ALARMS = (
    Alarm("si_failing", 0, "{label} fails"),
    Alarm("si_outbox_oldest_seconds", 60, "events wait for the broker since {value:.0f} s"),
    Alarm("si_dead_letters_open", 0, "{value:.0f} messages are parked"),
    Alarm("si_day_jobs_blocked", 0, "{value:.0f} day jobs lack policy data"),
    Alarm("si_audit_unsealed_seconds", 15, "audit rows are unsealed since {value:.0f} s"),
    Alarm("si_bank_calls_total", 0, "{value:.0f} bank calls with a bad signature", "bank.bad_signature"),
    Alarm("si_bank_calls_total", 0, "{value:.0f} bank calls out of their time", "bank.stale_timestamp"),
    Alarm("si_bank_calls_total", 0, "{value:.0f} bank calls with a used nonce", "bank.nonce_reused"),
    Alarm("si_bank_calls_total", 0, "{value:.0f} bank serials with another content", "bank.serial_reused"),
)


def raised(families: Iterable[Metric]) -> list[str]:
    """The alarms that stand, in the order of the table."""
    samples = [(it.name, tuple(it.labels.values()), it.value) for family in families for it in family.samples]
    return [
        alarm.words.format(value=value, label="/".join(labels))
        for alarm in ALARMS
        for name, labels, value in samples
        if name == alarm.sample and value > alarm.above and (not alarm.label or alarm.label in labels)
    ]
