"""Facts of registry: employers, opening, specialists, materials (topic `registry.employers`), working days."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.events.base import EmployerEvent, Event
from contracts.models import View
from contracts.values import (
    AccountId,
    Agency,
    CreditCode,
    Day,
    District,
    EmployerKind,
    Instant,
    Kind,
    Line,
    Month,
    Note,
    Ppm,
    Scheme,
)


class InjuryRate(View):
    """工伤费率 of one employer from a month on: class base times float step."""

    from_month: Month
    injury_class: int = Field(ge=1, le=8)
    float_percent: int = Field(description="浮动档次 50, 80, 100, 120 or 150")
    rate: Ppm


class KindsTerm(View):
    """参加险种 of one employer from a month on."""

    from_month: Month
    kinds: tuple[Kind, ...]


class EmployerState(EmployerEvent):
    """The public register entry in full; what other services keep of an employer."""

    TOPIC: ClassVar[str] = "registry.employers"
    FULL_STATE: ClassVar[bool] = True

    name: Line
    credit_code: CreditCode
    kind: EmployerKind
    scheme: Scheme
    kinds: tuple[Kind, ...] = Field(description="险种 taken part in now")
    kind_terms: tuple[KindsTerm, ...] = Field(default=(), description="the same by month, in order")
    district: District
    paying_agency: Agency
    address: Line
    postcode: str = Field(default="", pattern=r"^([0-9]{6})?$")
    insured_from: Month = Field(description="参保月; nothing is owed before it")
    registered_on: Day
    injury_rates: tuple[InjuryRate, ...]
    opened_on: Day | None = Field(default=None, description="开通日; none while the service is not opened")
    specialist: AccountId | None = None
    deregistered_on: Day | None = None
    imported: bool = Field(default=False, description="true for the cut-over import")


class EmployerRegistered(EmployerState):
    """An employer was registered (社会保险登记)."""


class ServiceOpened(EmployerState):
    """The online service was opened for an employer (clause 二(二))."""

    agreement_no: Line


class EmployerChanged(EmployerState):
    """Items of the register entry changed (协议 二.7)."""

    changed: tuple[str, ...] = Field(description="names of the fields that changed")


class SpecialistChanged(EmployerEvent):
    """Another specialist acts for the employer (clause 三(六), 协议 一.2)."""

    TOPIC: ClassVar[str] = "registry.employers"

    old_account: AccountId | None
    new_account: AccountId
    changed_at: Instant

    def subject(self) -> str:
        """The employer's specialist, counted apart from its register entry."""
        return f"{self.employer_no}/specialist"


class ApproverChanged(EmployerEvent):
    """Another person approves for the employer, or nobody but the specialist any more (clause 四(二))."""

    TOPIC: ClassVar[str] = "registry.employers"

    old_account: AccountId | None
    new_account: AccountId | None
    changed_at: Instant

    def subject(self) -> str:
        """The employer's approver, counted apart from its register entry."""
        return f"{self.employer_no}/approver"


class AccountRevoked(Event):
    """Sessions an account had open before an instant end: reset, locked, superseded, other roles, or no employer.

    The instant is of the wall clock, as sessions are. An officer's account has no employer: the key is the account.
    """

    TOPIC: ClassVar[str] = "registry.accounts"

    account: AccountId
    before: Instant
    why: Literal["reset", "locked", "superseded", "roles", "deregistered"]

    def key(self) -> str:
        """The account."""
        return self.account

    def subject(self) -> str:
        """The account."""
        return self.account


class MaterialsRequested(EmployerEvent):
    """The agency calls in materials with a deadline (clause 四(一))."""

    TOPIC: ClassVar[str] = "registry.employers"

    request_no: Line
    what: Note
    deadline: Day
    sort: Literal["materials", "correction"] = "materials"

    def subject(self) -> str:
        """The request."""
        return f"{self.employer_no}/materials/{self.request_no}"


class MaterialsAnswered(EmployerEvent):
    """The employer handed in materials, or the agency judged them."""

    TOPIC: ClassVar[str] = "registry.employers"

    request_no: Line
    accepted: bool | None = Field(description="none while unchecked")
    answered_at: Instant

    def subject(self) -> str:
        """The request."""
        return f"{self.employer_no}/materials/{self.request_no}"


class WorkingDaysPublished(Event):
    """工作日表 of a year, released by two officers: every day works but those named (A1, A32)."""

    TOPIC: ClassVar[str] = "registry.calendar"
    FULL_STATE: ClassVar[bool] = True

    year: int = Field(ge=2000, le=2100)
    rest_days: tuple[Day, ...]

    def key(self) -> str:
        """All years keep one order."""
        return "calendar"

    def subject(self) -> str:
        """The year."""
        return f"calendar/{self.year}"
