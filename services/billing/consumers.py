"""What billing consumes: register entries, roster facts, bank notifications."""

from __future__ import annotations

from contracts.events.bank import PaymentNotified
from contracts.events.enrollment import BaseAdjusted, BaseDeclared, EnrollmentEnded, EnrollmentStarted
from contracts.events.registry import EmployerChanged, EmployerRegistered, ServiceOpened
from services.billing.commands.employers import keep_employers
from services.billing.commands.posting import post_notifications
from services.billing.commands.roster import keep_relations
from services.chassis.consumers import Consumers

consumers = Consumers()
consumers.on(EmployerRegistered, ServiceOpened, EmployerChanged)(keep_employers)
consumers.on(EnrollmentStarted, EnrollmentEnded, BaseDeclared, BaseAdjusted)(keep_relations)
consumers.on(PaymentNotified)(post_notifications)
