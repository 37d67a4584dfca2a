"""HTTP interface of the import of the existing register (domain 1.5, cut-over).

POST /register-imports NewRegisterImport → RegisterImportView · GET /register-imports?page → RegisterImportPage
GET /register-imports/{id} → RegisterImportView · GET /register-imports/{id}/faults → FaultyRows
POST /register-imports/{id}/release → RegisterImportView
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.errors.code import Fault
from contracts.http.enrollment.choices import Column
from contracts.http.paging import Page
from contracts.http.registry import PaymentWay
from contracts.models import Command, View
from contracts.values import AccountId, Count, Day, District, EmployerKind, Line, Scheme

MOST_ROWS = 5_000
"""A file of so many rows is checked within one call between two processes (30 s)."""
KIND_WORDS = {
    EmployerKind.ENTERPRISE: "企业",
    EmployerKind.STATE_ORGAN: "机关",
    EmployerKind.INSTITUTION: "事业单位",
    EmployerKind.ASSOCIATION: "社会团体",
    EmployerKind.PRIVATE_NON_ENTERPRISE: "民办非企业单位",
    EmployerKind.FOUNDATION: "基金会",
    EmployerKind.SOLE_TRADER: "有雇工的个体工商户",
    EmployerKind.OTHER: "其他",
}
SCHEME_WORDS = {Scheme.ENTERPRISE: "企业职工", Scheme.GOVERNMENT: "机关事业单位"}
WAY_WORDS = {PaymentWay.NET_BANK: "网上银行", PaymentWay.DEBIT: "委托收款", PaymentWay.COUNTER: "柜台"}
COLUMNS = (
    Column(field="employer_no", heading="社保编号", required=False, blank="由系统编排"),
    Column(field="credit_code", heading="统一社会信用代码", required=True),
    Column(field="organisation_code", heading="组织机构代码", required=False),
    Column(field="name", heading="单位名称", required=True),
    Column(field="kind", heading="单位类型", required=True, choices=tuple(KIND_WORDS.values())),
    Column(
        field="scheme",
        heading="养老类别",
        required=False,
        choices=tuple(SCHEME_WORDS.values()),
        blank="企业职工",
    ),
    Column(field="district", heading="参保区县", required=True),
    Column(field="paying_agency", heading="缴费所在地", required=False, blank="同参保区县"),
    Column(field="address", heading="住所", required=True),
    Column(field="postcode", heading="邮政编码", required=False),
    Column(field="legal_representative", heading="法定代表人", required=True),
    Column(field="registered_on", heading="登记日期", required=False, blank="导入当日"),
    Column(field="insured_from", heading="参保年月", required=True),
    Column(field="kinds", heading="参加险种", required=False, blank="养老类别的全部险种"),
    Column(field="injury_class", heading="工伤风险类别", required=True),
    Column(field="injury_float_percent", heading="浮动档次", required=False, blank="100"),
    Column(
        field="payment_way",
        heading="缴费方式",
        required=False,
        choices=tuple(WAY_WORDS.values()),
        blank="网上银行",
    ),
)
"""The columns of a file, in the order of the template; JSON lines name the fields or the headings."""
Cell = Annotated[str, Field(default="", max_length=300)]


class RegisterRow(Command):
    """One row as it stands in the file; nothing is judged yet."""

    row: int = Field(ge=1)
    employer_no: Cell = ""
    credit_code: Cell = ""
    organisation_code: Cell = ""
    name: Cell = ""
    kind: Cell = ""
    scheme: Cell = ""
    district: Cell = ""
    paying_agency: Cell = ""
    address: Cell = ""
    postcode: Cell = ""
    legal_representative: Cell = ""
    registered_on: Cell = ""
    insured_from: Cell = ""
    kinds: Cell = ""
    injury_class: Cell = ""
    injury_float_percent: Cell = ""
    payment_way: Cell = ""


class DistrictTotal(Command):
    """How many rows of the file belong to a district."""

    district: District
    rows: Count


class NewRegisterImport(Command):
    """A file's rows with the control totals that were counted before, by another way."""

    title: Line
    total: Count
    districts: tuple[DistrictTotal, ...] = Field(min_length=1, max_length=40)
    rows: tuple[RegisterRow, ...] = Field(min_length=1, max_length=MOST_ROWS)


class RegisterImportState(StrEnum):
    """已核对，待复核 → 导入中 → 已导入."""

    STAGED = "staged"
    RELEASED = "released"
    DONE = "done"


class RegisterImportView(View):
    """Where an import stands; faulty rows are left out, and come again corrected in a file of their own."""

    id: UUID
    title: Line
    state: RegisterImportState
    total: Count
    faulty: Count
    done: Count
    skipped: Count = Field(description="registered by another way since they were checked")
    districts: tuple[DistrictTotal, ...]
    drafted_on: Day
    drafted_by: AccountId
    released_by: AccountId | None = None


class RegisterImportPage(Page):
    """Imports a caller may see, the latest first."""

    rows: tuple[RegisterImportView, ...]


class FaultyRow(View):
    """A row with what is wrong with it, each fault by its column."""

    given: RegisterRow
    faults: tuple[Fault, ...]


class FaultyRows(View):
    """The rows that are left out."""

    rows: tuple[FaultyRow, ...]
