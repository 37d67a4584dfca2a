"""Counters and gauges of one process, on a registry of its own (five processes may share one test run)."""

from collections.abc import Mapping
from types import MappingProxyType

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

LAG_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0, 300.0)


class Metrics:
    """What every process measures; a service adds its own on `registry`."""

    def __init__(self, process: str, own: Mapping[str, str] = MappingProxyType({})) -> None:
        self.process = process
        self.registry = CollectorRegistry()
        self.own = {name: Gauge(name, words, registry=self.registry) for name, words in own.items()}
        self.requests = Counter(
            "si_http_requests",
            "HTTP requests by route and status",
            ("route", "status"),
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "si_http_request_seconds", "HTTP time by route", ("route",), registry=self.registry
        )
        self.refused = Counter("si_refused", "Refusals by code", ("code",), registry=self.registry)
        self.relayed = Counter(
            "si_outbox_relayed", "Events acknowledged by the broker", registry=self.registry
        )
        self.failing = Gauge(
            "si_failing", "Parts of the process that fail now", ("part",), registry=self.registry
        )
        self.part_deaths = Counter(
            "si_part_deaths",
            "Parts of the process that died and were started again",
            ("part",),
            registry=self.registry,
        )
        self.outbox_unsent = Gauge("si_outbox_unsent", "Events not yet relayed", registry=self.registry)
        self.outbox_age = Gauge(
            "si_outbox_oldest_seconds", "Age of the oldest event not yet relayed", registry=self.registry
        )
        self.buckets = Gauge(
            "si_outbox_buckets", "Outbox buckets this replica relays", registry=self.registry
        )
        self.consumed = Counter("si_inbox_consumed", "Events taken", ("type",), registry=self.registry)
        self.repeated = Counter("si_inbox_repeated", "Events met again", registry=self.registry)
        self.parked = Counter("si_dead_letters_parked", "Messages parked", ("topic",), registry=self.registry)
        self.parked_open = Gauge("si_dead_letters_open", "Messages parked and open", registry=self.registry)
        self.lag_seconds = Histogram(
            "si_event_lag_seconds",
            "Time from an event to its effect here",
            buckets=LAG_BUCKETS,
            registry=self.registry,
        )
        self.lag_records = Gauge(
            "si_consumer_lag_records", "Records behind the end of the topics", registry=self.registry
        )
        self.retries = Counter(
            "si_consumer_retries", "Batches tried again", ("cause",), registry=self.registry
        )
        self.jobs_blocked = Gauge("si_day_jobs_blocked", "Day jobs that lack data", registry=self.registry)
        self.jobs_waiting = Gauge(
            "si_day_jobs_waiting", "Days of day jobs still to run, each job's counted", registry=self.registry
        )
        self.unsealed = Gauge("si_audit_unsealed", "Audit rows not yet sealed", registry=self.registry)
        self.unsealed_age = Gauge(
            "si_audit_unsealed_seconds", "Age of the oldest audit row not yet sealed", registry=self.registry
        )
