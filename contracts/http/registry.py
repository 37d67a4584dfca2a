"""HTTP interface of registry.

POST /log-in LogIn → LoggedIn · POST /password ChangePassword · POST /officers NewOfficer → NewAccount · GET /officers
POST /employers RegisterEmployer → EmployerView · GET /employers?text&page&size&opened → EmployerPage
GET /employers/{no} → EmployerView
POST /employers/{no}/opening OpenService → OpeningReceipt · GET /employers/{no}/specialist → SpecialistView
GET /employers/{no}/opening → OpeningView · GET /districts → Districts · GET /coverage → CoverageReport
"""

from enum import StrEnum

from pydantic import Field

from contracts.events.registry import InjuryRate, KindsTerm
from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import (
    AccountId,
    Agency,
    Count,
    CreditCode,
    Day,
    District,
    EmployerKind,
    EmployerNo,
    Instant,
    Kind,
    Line,
    Members,
    Month,
    Role,
    Scheme,
)


class LogIn(Command):
    """Account and password; a stranger and a wrong password get the same answer in the same time."""

    account: str = Field(max_length=64)
    password: str = Field(max_length=256)
    code: str = Field(default="", max_length=16, description="one-time code, where the account asks for one")
    address: str = Field(default="", max_length=64, description="client address, for back-off and the log")


class LoggedIn(View):
    """Who logged in; the gateway opens the session."""

    account: AccountId
    display_name: Line
    roles: Members[Role]
    employer_no: EmployerNo | None = None
    employer_name: str = ""
    district: District | None = None
    district_name: str = ""
    must_change_password: bool
    totp: bool = Field(default=False, description="log-in asks a one-time code")


class ChangePassword(Command):
    """A new password for the caller's own account (clause 三: at first log-in)."""

    old: str = Field(max_length=256)
    new: str = Field(max_length=256)


class NewOfficer(Command):
    """An officer's account, made by the security administrator."""

    account: AccountId
    display_name: Line
    roles: Members[Role]
    district: District


class NewAccount(View):
    """The account and its initial password, shown once."""

    account: AccountId
    initial_password: str


class OfficerView(View):
    """An officer."""

    account: AccountId
    display_name: Line
    roles: Members[Role]
    district: District
    locked: bool = False
    totp: bool = False
    last_log_in_at: Instant | None = None


class Officers(View):
    """The officers a caller may see."""

    rows: tuple[OfficerView, ...]


class Affiliation(StrEnum):
    """隶属关系 (AAB021)."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    VILLAGE = "village"
    OTHER = "other"


class Funding(StrEnum):
    """事业经费来源 of institutions."""

    FULL = "full"
    PARTIAL = "partial"
    SELF = "self"


class PaymentWay(StrEnum):
    """缴费方式 (AAB033): net bank, standing authorisation (委托收款), counter."""

    NET_BANK = "net_bank"
    DEBIT = "debit"
    COUNTER = "counter"


class Particulars(Command):
    """Further items of registration (domain 4.2); empty where the employer has not named them."""

    short_name: str = Field(default="", max_length=200)
    business_address: str = Field(default="", max_length=200)
    founded_on: Day | None = None
    economic_type: str = Field(default="", max_length=200)
    affiliation: Affiliation | None = None
    superior: str = Field(default="", max_length=200, description="主管部门")
    funding: Funding | None = None
    industry: str = Field(default="", max_length=200, description="GB/T 4754")
    payment_way: PaymentWay = PaymentWay.NET_BANK
    bank_name: str = Field(default="", max_length=200)
    bank_account_name: str = Field(default="", max_length=200)
    organisation_code: str = Field(
        default="",
        pattern=r"^([0-9A-Z]{8}[0-9X])?$",
        description="原组织机构代码 (GB 11714), where another was used",
    )


class RegisterEmployer(Command):
    """社会保险登记; registry gives the number."""

    name: Line
    credit_code: str = Field(max_length=32, description="统一社会信用代码; its check digit is tested")
    kind: EmployerKind
    scheme: Scheme = Scheme.ENTERPRISE
    district: District
    paying_agency: Agency | None = Field(default=None, description="default: the district's own")
    address: Line
    postcode: str = Field(default="", pattern=r"^([0-9]{6})?$")
    legal_representative: Line
    insured_from: Month
    kinds: tuple[Kind, ...] = Field(default=(), description="empty: all kinds of the scheme")
    injury_class: int = Field(ge=1, le=8)
    injury_float_percent: int = 100
    particulars: Particulars = Particulars()
    bank_account: str = Field(default="", pattern=r"^([0-9]{8,32})?$")
    employer_no: EmployerNo | None = Field(default=None, description="kept number, cut-over import only")
    registered_on: Day | None = Field(default=None, description="cut-over import only; else today")
    imported: bool = False


class EmployerView(View):
    """A register entry."""

    employer_no: EmployerNo
    version: int
    name: Line
    credit_code: CreditCode
    kind: EmployerKind
    scheme: Scheme
    kinds: tuple[Kind, ...]
    kind_terms: tuple[KindsTerm, ...] = ()
    district: District
    district_name: str
    paying_agency: Agency
    agency_name: str
    address: Line
    postcode: str
    legal_representative: Line
    insured_from: Month
    registered_on: Day
    injury_rates: tuple[InjuryRate, ...]
    opened_on: Day | None
    specialist: AccountId | None
    deregistered_on: Day | None = None
    particulars: Particulars = Particulars()
    bank_account_masked: str = ""
    warnings: tuple[str, ...] = ()


class EmployerPage(Page):
    """Register entries an officer may see."""

    rows: tuple[EmployerView, ...]


class Material(StrEnum):
    """The five materials of opening (clause 二(一))."""

    AUTHORISATION = "authorisation"
    AGREEMENT = "agreement"
    LICENCE = "licence"
    IDENTITY_ORIGINAL = "identity_original"
    IDENTITY_COPY = "identity_copy"


class SpecialistData(Command):
    """社会保险专管员 as annex 2 names them."""

    name: Line
    id_number: str = Field(min_length=6, max_length=18)
    office_phone: str = Field(default="", max_length=30)
    mobile: str = Field(pattern=r"^1[0-9]{10}$")


class OpenService(Command):
    """Opening case: five materials seen, agreement in two copies, the specialist (clause 二)."""

    materials: Members[Material]
    agreement_signed_on: Day
    employer_handler: Line = Field(description="乙方经办人员")
    specialist: SpecialistData


class OpeningReceipt(View):
    """What the printed opening slip carries; the initial password appears once."""

    employer_no: EmployerNo
    employer_name: Line
    agreement_no: Line
    opened_on: Day
    agency_name: Line
    officer: Line
    account: AccountId
    specialist_name: Line
    initial_password: str


class SpecialistView(View):
    """The current specialist; numbers masked."""

    account: AccountId
    name: Line
    id_number_masked: str
    office_phone: str
    mobile_masked: str


class OpeningView(View):
    """An opening as recorded."""

    employer_no: EmployerNo
    agreement_no: Line
    agreement_signed_on: Day
    employer_handler: Line
    officer: AccountId
    officer_name: str = ""
    opened_on: Day
    materials: Members[Material]


class DistrictView(View):
    """A district with its agency."""

    code: District
    name: Line
    agency_name: Line


class Districts(View):
    """Districts of Yantai on a day."""

    rows: tuple[DistrictView, ...]


class Coverage(View):
    """Registered against opened, by district (clause 一(一))."""

    district: District
    district_name: Line
    registered: Count
    opened: Count


class CoverageReport(View):
    """Coverage of the districts a caller may see."""

    rows: tuple[Coverage, ...]
