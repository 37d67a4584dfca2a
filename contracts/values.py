"""Value types of every contract. Strictness sits here, so that JSON true is never a sum of money."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
)

from contracts.month import Month

__all__ = ["Month"]
M = TypeVar("M", bound=StrEnum)


def _iso_only(value: Any) -> Any:
    """Dates come as ISO strings or as date objects; numbers (epochs) are refused."""
    if isinstance(value, bool | int | float):
        raise ValueError("a date is written as an ISO string")  # noqa: TRY004  # pydantic reports ValueError as a fault of the field
    return value


def _plain_date(value: Any) -> Any:
    if isinstance(value, datetime):
        raise ValueError("a date carries no time of day")  # noqa: TRY004  # as above
    return _iso_only(value)


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("text holds no NUL, which no database keeps")
    return value


Fen = Annotated[int, Strict()]
"""Money in integer fen (1/100 yuan); may be negative only where the field says so."""
Due = Annotated[int, Strict(), Field(ge=0)]
"""Money in fen that is never negative."""
Ppm = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
"""A rate in parts per million: 0.18 is 180000."""
Count = Annotated[int, Strict(), Field(ge=0)]
"""A number of things."""
Version = Annotated[int, Strict(), Field(ge=1)]
"""Version of an aggregate; a consumer applies only higher ones."""
Day = Annotated[date, BeforeValidator(_plain_date)]
"""A business date, Asia/Shanghai, from an ISO string only."""
Instant = Annotated[AwareDatetime, BeforeValidator(_iso_only)]
"""A point in time with its offset, from an ISO string only."""

Members = Annotated[frozenset[M], PlainSerializer(sorted, when_used="json")]
"""A set, written in order: a repeat under an idempotency key must be the same bytes, whichever process writes it."""

EmployerNo = Annotated[str, Strict(), StringConstraints(pattern=r"^3706[0-9]{6}$")]
"""社保编号 of an employer, ten digits beginning 3706; opaque."""
PersonNo = Annotated[str, Strict(), StringConstraints(pattern=r"^[0-9]{10}$")]
"""个人编号, ten digits; opaque and for life."""
SlipNo = Annotated[str, Strict(), StringConstraints(pattern=r"^3706[0-9]{13}$")]
"""缴费单号, 17 digits: 3706, year and month, sequence, ISO 7064 MOD 11,10 check digit."""
CreditCode = Annotated[str, Strict(), StringConstraints(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
"""统一社会信用代码 by form; its check digit is a rule of registry (GB 32100)."""
District = Annotated[str, Strict(), StringConstraints(pattern=r"^3706[0-9]{2}$")]
"""行政区划 code of a county-level agency; 370600 is 市本级, whose officers see the whole city."""
Agency = District
"""经办机构 by its district code."""
AccountId = Annotated[str, Strict(), StringConstraints(pattern=r"^[A-Za-z0-9_.\-]{3,40}$")]
"""Log-in name of an officer or of an employer's specialist."""
BankCode = Annotated[str, Strict(), StringConstraints(pattern=r"^[A-Z]{2,8}$")]
"""A bank by its short code, ICBC."""
BankSerial = Annotated[str, Strict(), StringConstraints(pattern=r"^[\x21-\x7e]{1,64}$")]
"""银行流水号, unique within its bank."""
Line = Annotated[
    str,
    Strict(),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_storable),
]
"""One line of text, not empty."""
Note = Annotated[
    str, Strict(), StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(_storable)
]
"""Free text, perhaps empty."""


class Kind(StrEnum):
    """险种 (AAE140); the national code stands in KIND_CODES."""

    PENSION = "pension"
    GOV_PENSION = "gov_pension"
    ANNUITY = "annuity"
    MEDICAL = "medical"
    LARGE_MEDICAL = "large_medical"
    UNEMPLOYMENT = "unemployment"
    INJURY = "injury"
    MATERNITY = "maternity"


KIND_CODES: dict[Kind, str] = {
    Kind.PENSION: "110",
    Kind.GOV_PENSION: "120",
    Kind.ANNUITY: "125",
    Kind.MEDICAL: "310",
    Kind.LARGE_MEDICAL: "330",
    Kind.UNEMPLOYMENT: "210",
    Kind.INJURY: "410",
    Kind.MATERNITY: "510",
}
"""National code per kind; ties in money rules fall in the order of these codes."""

KIND_NAMES: dict[Kind, str] = {
    Kind.PENSION: "企业职工基本养老",
    Kind.GOV_PENSION: "机关事业基本养老",
    Kind.ANNUITY: "职业年金",
    Kind.MEDICAL: "职工基本医疗",
    Kind.LARGE_MEDICAL: "大额医疗",
    Kind.UNEMPLOYMENT: "失业",
    Kind.INJURY: "工伤",
    Kind.MATERNITY: "生育",
}


class Part(StrEnum):
    """Who bears a contribution: 单位 or 个人."""

    UNIT = "unit"
    PERSON = "person"


class DebtSort(StrEnum):
    """What a debt of one month and kind arose from (reading 2.5)."""

    ORDINARY = "ordinary"
    SUPPLEMENT = "supplement"
    DIFFERENCE = "difference"
    CORRECTION = "correction"


class Scheme(StrEnum):
    """养老类别: enterprise (企业) or government (机关事业单位)."""

    ENTERPRISE = "enterprise"
    GOVERNMENT = "government"


class EmployerKind(StrEnum):
    """单位类型 (AAB019)."""

    ENTERPRISE = "enterprise"
    STATE_ORGAN = "state_organ"
    INSTITUTION = "institution"
    ASSOCIATION = "association"
    PRIVATE_NON_ENTERPRISE = "private_non_enterprise"
    FOUNDATION = "foundation"
    SOLE_TRADER = "sole_trader"
    OTHER = "other"


class Channel(StrEnum):
    """Where an act came in: portal (网上), counter (柜台), api (接口), bank, system."""

    PORTAL = "portal"
    COUNTER = "counter"
    API = "api"
    BANK = "bank"
    SYSTEM = "system"


class Role(StrEnum):
    """What an account may do; the three administrators are never one person."""

    PREPARER = "preparer"
    APPROVER = "approver"
    COUNTER = "counter"
    AUDITOR = "auditor"
    COLLECTION = "collection"
    FINANCE = "finance"
    NOTICE_EDITOR = "notice_editor"
    POLICY = "policy"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    SYSTEM = "system"


class Outcome(StrEnum):
    """Outcome of a submission as its owner decided it."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    REFUSED = "refused"
    VOIDED = "voided"
