"""What registry consumes: how far bills are and who is insured, by which it judges 注销登记 (A20)."""

from contracts.events.billing import ArrearsOpened, ArrearsSettled, BillAssessed, BillConfirmed, BillSettled
from contracts.events.enrollment import (
    BaseAdjusted,
    BaseDeclared,
    EnrollmentEnded,
    EnrollmentStarted,
    KindsChanged,
)
from services.chassis.consumers import Consumers
from services.registry.commands.standing import keep_bills, keep_relations

consumers = Consumers()
consumers.on(BillAssessed, BillConfirmed, BillSettled, ArrearsOpened, ArrearsSettled)(keep_bills)
consumers.on(EnrollmentStarted, EnrollmentEnded, BaseDeclared, BaseAdjusted, KindsChanged)(keep_relations)
