"""The catalogue: each event with its topic and publisher, from which schemas and AsyncAPI are made."""

from __future__ import annotations

from typing import Final

from contracts.events import bank, billing, decisions, enrollment, notices, registry
from contracts.events.base import Event

OWNERS: Final = ("registry", "enrollment", "billing", "notices")

TOPICS: Final[dict[str, tuple[str, tuple[type[Event], ...]]]] = {
    "registry.employers": (
        "registry",
        (
            registry.EmployerRegistered,
            registry.ServiceOpened,
            registry.EmployerChanged,
            registry.SpecialistChanged,
            registry.ApproverChanged,
            registry.MaterialsRequested,
            registry.MaterialsAnswered,
        ),
    ),
    "registry.accounts": ("registry", (registry.AccountRevoked,)),
    "registry.calendar": ("registry", (registry.WorkingDaysPublished,)),
    "enrollment.roster": (
        "enrollment",
        (
            enrollment.EnrollmentStarted,
            enrollment.EnrollmentAwaitingCounter,
            enrollment.EnrollmentVoided,
            enrollment.EnrollmentEnded,
            enrollment.BaseDeclared,
            enrollment.BaseAdjusted,
            enrollment.KindsChanged,
        ),
    ),
    "enrollment.limits": ("enrollment", (enrollment.BaseLimitsPublished,)),
    "billing.bills": (
        "billing",
        (
            billing.BillAssessed,
            billing.BillConfirmed,
            billing.SlipIssued,
            billing.SlipVoided,
            billing.BillSettled,
            billing.ArrearsOpened,
            billing.ArrearsSettled,
            billing.DifferencesBilled,
        ),
    ),
    "billing.payments": (
        "billing",
        (
            billing.PaymentPosted,
            billing.PaymentSuspended,
            billing.RefundDecided,
            billing.ReceiptIssued,
            billing.ReceiptMailed,
        ),
    ),
    "bank.notifications": ("gateway", (bank.PaymentNotified, bank.ReconciliationFileReceived)),
    "notices.notices": (
        "notices",
        (notices.NoticePosted, notices.OrderIssued, notices.OrderServed, notices.OrderLapsed),
    ),
    **{f"{owner}.decisions": (owner, (decisions.SubmissionDecided,)) for owner in OWNERS},
}
"""topic → (publisher, the types it carries)."""

EVENTS: Final[dict[str, type[Event]]] = {
    event.type_name(): event for _, events in TOPICS.values() for event in events
}
"""`ce_type` → model."""
