"""Money without a home: its disposal by two officers, and reused serials."""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.events.billing import Allocation
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import Due, EmployerNo, Instant, Line, SlipNo


class DisposalAct(StrEnum):
    """What two officers may do with money in suspense (挂账)."""

    MATCH = "match"
    ALLOCATE = "allocate"
    REFUND = "refund"


class DisposalState(StrEnum):
    """Where a disposal stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


class NewDisposal(Command):
    """Match the money to an open slip, allocate it to an employer's debts at its own day, or note it for refund."""

    act: DisposalAct
    employer_no: EmployerNo | None = Field(default=None, description="whose debts; none: the payer's own")
    slip_no: SlipNo | None = Field(default=None, description="the slip to which it is matched")
    ground: Line = Field(description="why, with the document that proves it")


class DisposalView(View):
    """A disposal with its effect in money: as it would be now, or as it was decided."""

    id: UUID
    payment_id: UUID
    act: DisposalAct
    employer_no: EmployerNo | None
    employer_name: str
    slip_no: SlipNo | None
    ground: Line
    amount: Due = Field(description="what waited when it was proposed")
    placed: Due = Field(description="what of it pays debts; the rest stays in suspense")
    effect: tuple[Allocation, ...] = ()
    state: DisposalState
    proposed_by: str
    proposed_at: Instant
    decided_by: str | None
    decided_at: Instant | None


class Disposals(View):
    """All disposals of a payment, newest first."""

    rows: tuple[DisposalView, ...]


class ApproveDisposal(Command):
    """The second officer approves the sum that was on the page."""

    placed: Due


class SerialConflictView(View):
    """A bank's serial told again with other content: refused, never booked."""

    bank: Line
    serial: Line
    slip_no: Line
    employer_no: Line
    employer_name: str = ""
    amount: Due
    paid_at: Instant
    recorded_at: Instant


class SerialConflictPage(Page):
    """Conflicts of serials, newest first."""

    rows: tuple[SerialConflictView, ...]
