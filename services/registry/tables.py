"""Tables of registry: employers, openings, specialists, accounts, written applications, numbers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from contracts.month import Month
from services.chassis.columns import TIME, MonthColumn, new_metadata
from services.chassis.tables import tables_on

WORDS: Any = ARRAY(String)
"""A list of codes."""


class Base(SQLModel, registry=registry(metadata=new_metadata())):
    """Registry's own tables."""


TABLES = tables_on(Base)


class Employer(Base, table=True):
    """参保单位: the register entry as it stands."""

    __tablename__ = "employers"

    employer_no: str = Field(primary_key=True)
    version: int
    name: str
    credit_code: str = Field(unique=True)
    kind: str
    scheme: str
    kinds: list[str] = Field(sa_type=WORDS)
    kind_terms: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    district: str = Field(index=True)
    paying_agency: str
    address: str
    postcode: str
    legal_representative: str
    insured_from: Month = Field(sa_type=MonthColumn)
    registered_on: date
    opened_on: date | None = None
    specialist: str | None = None
    deregistered_on: date | None = None
    imported: bool = False
    particulars: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    bank_account: bytes | None = None


class InjuryRateRow(Base, table=True):
    """工伤费率 of one employer from a month on, ppm."""

    __tablename__ = "injury_rates"

    employer_no: str = Field(primary_key=True, foreign_key="employers.employer_no")
    from_month: Month = Field(primary_key=True, sa_type=MonthColumn)
    injury_class: int
    float_percent: int
    rate: int


class Opening(Base, table=True):
    """开通: agreement, handlers of both sides and materials; one for each employer."""

    __tablename__ = "openings"

    employer_no: str = Field(primary_key=True, foreign_key="employers.employer_no")
    agreement_no: str = Field(unique=True)
    agreement_signed_on: date
    employer_handler: str
    officer: str
    opened_on: date
    materials: list[str] = Field(sa_type=WORDS)


class _Authorised(SQLModel):
    """被授权人; identity number and telephones are sealed, the number is found by its blind value."""

    id: UUID = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no")
    account: str
    name: str
    id_number: bytes
    id_number_blind: bytes
    blind_version: str
    office_phone: bytes
    mobile: bytes
    since: date
    until: date | None = None


class Specialist(Base, _Authorised, table=True):
    """社会保险专管员: one at a time."""

    __tablename__ = "specialists"
    __table_args__ = (
        Index("uq_specialists_current", "employer_no", unique=True, postgresql_where=text("until IS NULL")),
    )


class Approver(Base, _Authorised, table=True):
    """复核人 beside the specialist: one at a time, or none."""

    __tablename__ = "approvers"
    __table_args__ = (
        Index("uq_approvers_current", "employer_no", unique=True, postgresql_where=text("until IS NULL")),
    )


class Account(Base, table=True):
    """Who may log in: a specialist of one employer, or an officer of one district."""

    __tablename__ = "accounts"
    __table_args__ = (
        Index(
            "ix_accounts_last_log_in_at", "last_log_in_at", postgresql_where=text("employer_no IS NOT NULL")
        ),
    )

    account: str = Field(primary_key=True)
    display_name: str
    password_hash: str
    roles: list[str] = Field(sa_type=WORDS)
    employer_no: str | None = Field(default=None, foreign_key="employers.employer_no")
    district: str | None = None
    must_change: bool = True
    locked: bool = False
    revocations: int = 0
    totp_secret: bytes | None = None
    totp_on: bool = False
    totp_step: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=TIME)
    last_log_in_at: datetime | None = Field(default=None, sa_type=TIME)


class Application(Base, table=True):
    """书面申请: received, checked, finished; the new specialist's data are sealed."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_open",
            "employer_no",
            "matter",
            unique=True,
            postgresql_where=text("state IN ('received', 'checked')"),
        ),
        Index("ix_applications_state_received_on", "state", "received_on"),
    )

    application_no: str = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no")
    matter: str
    state: str
    reason: str
    new_specialist: bytes | None = None
    new_name: str = ""
    old_name: str = ""
    received_on: date
    received_by: str
    check_by: date
    checked_on: date | None = None
    checked_by: str | None = None
    due_on: date | None = None
    finished_on: date | None = None
    finished_by: str | None = None
    returned_for: str = ""


class RegistrationChange(Base, table=True):
    """登记事项变更 as filed: what is asked is sealed for its bank account, the items are shown masked."""

    __tablename__ = "registration_changes"
    __table_args__ = (
        Index(
            "uq_registration_changes_open",
            "employer_no",
            unique=True,
            postgresql_where=text("state IN ('filed', 'accepted')"),
        ),
        Index("ix_registration_changes_state_effective_on", "state", "effective_on"),
    )

    change_no: str = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no")
    state: str
    asked: bytes
    items: list[dict[str, str]] = Field(sa_type=JSONB)
    effective_on: date
    reason: str
    filed_on: date
    filed_by: str
    channel: str
    decided_on: date | None = None
    decided_by: str | None = None
    refused_for: str = ""


class EmployerVersion(Base, table=True):
    """A version of the register entry with the day it is in force from."""

    __tablename__ = "employer_versions"

    employer_no: str = Field(primary_key=True, foreign_key="employers.employer_no")
    version: int = Field(primary_key=True)
    effective_on: date
    recorded_on: date
    change_no: str
    items: list[dict[str, str]] = Field(sa_type=JSONB)


class MaterialRequest(Base, table=True):
    """材料调取 or 责令改正: what one employer is asked for until a day."""

    __tablename__ = "material_requests"
    __table_args__ = (Index("ix_material_requests_state_deadline", "state", "deadline"),)

    request_no: str = Field(primary_key=True)
    employer_no: str = Field(foreign_key="employers.employer_no", index=True)
    version: int = 1
    sort: str
    what: str
    ground: str
    deadline: date
    state: str
    sent_on: date
    sent_by: str
    note: str = ""
    again_for: str = ""
    answered_on: date | None = None
    judged_on: date | None = None
    judged_by: str | None = None


class MaterialFile(Base, table=True):
    """An uploaded scan: what it is; its content lies sealed outside the database."""

    __tablename__ = "material_files"

    id: UUID = Field(primary_key=True)
    request_no: str = Field(foreign_key="material_requests.request_no", index=True)
    name: str
    media_type: str
    size: int
    digest: bytes
    uploaded_on: date
    uploaded_by: str


class WorkingDay(Base, table=True):
    """One day of the adjusted holiday calendar (工作日表)."""

    __tablename__ = "working_days"

    day: date = Field(primary_key=True)
    working: bool


class FailedTries(Base, table=True):
    """Log-ins in a row that failed, by the blind value of an account or address; wall time."""

    __tablename__ = "failed_tries"

    key: bytes = Field(primary_key=True)
    failed: int
    last_at: datetime = Field(sa_type=TIME, index=True)


class Series(Base, table=True):
    """The last number given in a series; its row lock keeps the series free of gaps."""

    __tablename__ = "series"

    name: str = Field(primary_key=True)
    last: int
