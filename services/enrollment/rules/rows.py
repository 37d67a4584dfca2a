"""The checks of one row of increases: raw texts → values, or every fault at once (clause 三(一))."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from contracts.errors.code import Fault
from contracts.http.enrollment import RawIncrease
from services.enrollment.rules.cells import (
    CellFault,
    Yuan,
    narrow,
    read_date,
    read_mobile,
    read_name,
    read_text,
    read_yes_no,
    read_yuan,
)
from services.enrollment.rules.fields import (
    DOCUMENT_NAMES,
    FORM_NAMES,
    HOUSEHOLD_NAMES,
    RURAL_HOUSEHOLDS,
    EmploymentForm,
    Household,
    listed,
    named,
)
from services.enrollment.rules.identity_number import Identity, IdentityPath, NumberFault, read_identity
from services.enrollment.rules.increase import MANDATORY
from services.enrollment.rules.reasons import INCREASE_REASON_NAMES, IncreaseReason, increase_reason

COLUMNS: dict[str, str] = {
    "name": "姓名",
    "id_kind": "证件类型",
    "id_number": "身份证号码",
    "household": "户籍性质",
    "household_address": "户籍地址",
    "home_address": "家庭住址",
    "phone": "联系电话",
    "employment_form": "用工形式",
    "rural_contract": "农民合同制",
    "hired_on": "用工日期",
    "contract_until": "合同终止日期",
    "reason": "增加原因",
    "monthly_wage": "申报月工资",
    "note": "备注",
}
"""Field → heading, in the order of the template."""
REQUIRED = (*MANDATORY, "hired_on", "monthly_wage")
"""The five of clause 三(一), and what the base and the limit rest on."""
BLANKS: dict[str, str] = {
    "id_kind": "按证件号码认定",
    "employment_form": FORM_NAMES[EmploymentForm.CONTRACT],
    "rural_contract": "否，农民合同制工人为是",
    "reason": INCREASE_REASON_NAMES[IncreaseReason.OTHER],
}
"""What an empty cell of a field that need not be filled stands for, as people are told before they send."""
_HIGH_WAGE = 100_000_000
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class IncreaseDraft:
    """One row as understood; the wage in fen."""

    name: str
    identity: Identity
    household: Household
    household_address: str
    home_address: str
    phone: str
    employment_form: EmploymentForm
    rural_contract: bool
    hired_on: date
    contract_until: date | None
    reason: IncreaseReason
    declared_wage: int
    note: str


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row's draft, or its faults; warnings are Chinese and refuse nothing."""

    row: int
    draft: IncreaseDraft | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()


def read_row(raw: RawIncrease) -> RowReading:
    """Check every cell of a row; never raises."""
    cells = _Cells(raw)
    draft = _draft(cells)
    if draft is None or cells.faults:
        return RowReading(raw.row, None, tuple(cells.faults))
    return RowReading(raw.row, draft, warnings=(*cells.warnings, *_warnings(raw, draft)))


def repeated_numbers(readings: Iterable[RowReading]) -> tuple[tuple[int, Fault], ...]:
    """Rows whose identity number stands in an earlier row of the same sheet."""
    first: dict[str, int] = {}
    found = []
    for reading in readings:
        number = reading.draft.identity.number if reading.draft else None
        if number is not None and first.setdefault(number, reading.row) != reading.row:
            message = f"与第{first[number]}行的身份证号码重复"
            fault = Fault(field="id_number", code="id_number.repeated", message=message, value=number)
            found.append((reading.row, fault))
    return tuple(found)


class _Cells:
    """The cells of a row while it is read; gathers faults and warnings."""

    def __init__(self, raw: RawIncrease) -> None:
        self._raw = raw
        self.faults: list[Fault] = []
        self.warnings: list[str] = []

    def text(self, field: str) -> str:
        return str(getattr(self._raw, field)).strip()

    def fault(self, field: str, code: str, message: str) -> None:
        self.faults.append(Fault(field=field, code=code, message=message, value=self.text(field)))

    def filled(self, field: str) -> bool:
        """False for an empty cell; that of a required field is a fault."""
        empty = not self.text(field)
        if empty and field in REQUIRED:
            self.fault(field, f"{field}.missing", f"{COLUMNS[field]}不能为空")
        return not empty

    def take(self, field: str, read: Callable[[str], _Value | CellFault]) -> _Value | None:
        """The value of a cell; none when it is empty or faulty, and then the fault is kept."""
        if not self.filled(field):
            return None
        value = read(self.text(field))
        if isinstance(value, CellFault):
            self.fault(field, f"{field}.{value.code}", f"{COLUMNS[field]}：{value.message}")
            return None
        return value


def _draft(cells: _Cells) -> IncreaseDraft | None:
    name, identity = cells.take("name", read_name), _identity(cells)
    household = cells.take("household", _household)
    home_address, phone = cells.take("home_address", read_text), cells.take("phone", read_mobile)
    hired_on, wage = cells.take("hired_on", read_date), cells.take("monthly_wage", read_yuan)
    form = cells.take("employment_form", _form) or EmploymentForm.CONTRACT
    rural = cells.take("rural_contract", read_yes_no)
    until = _contract_until(cells, hired_on)
    reason = cells.take("reason", _reason) or IncreaseReason.OTHER
    household_address, note = cells.take("household_address", read_text), cells.take("note", read_text)
    if name is None or identity is None or household is None or home_address is None or phone is None:
        return None
    if hired_on is None or wage is None:
        return None
    _wage_warning(cells, wage)
    return IncreaseDraft(
        name=name,
        identity=identity,
        household=household,
        household_address=household_address or "",
        home_address=home_address,
        phone=phone,
        employment_form=form,
        rural_contract=form is EmploymentForm.RURAL_CONTRACT if rural is None else rural,
        hired_on=hired_on,
        contract_until=until,
        reason=reason,
        declared_wage=wage.fen,
        note=note or "",
    )


def _identity(cells: _Cells) -> Identity | None:
    """The number's own reader tells its faults in full, so they are kept as they are."""
    if not cells.filled("id_number"):
        return None
    found = read_identity(cells.text("id_number"))
    if isinstance(found, NumberFault):
        cells.fault("id_number", found.code, found.message)
        return None
    return found


def _contract_until(cells: _Cells, hired_on: date | None) -> date | None:
    until = cells.take("contract_until", read_date)
    if until is not None and hired_on is not None and until < hired_on:
        cells.fault("contract_until", "contract_until.before_hire", "合同终止日期早于用工日期")
    return until


def _household(text: str) -> Household | CellFault:
    return named(HOUSEHOLD_NAMES, narrow(text)) or CellFault("unknown", f"应为{listed(HOUSEHOLD_NAMES)}之一")


def _form(text: str) -> EmploymentForm | CellFault:
    return named(FORM_NAMES, narrow(text)) or CellFault("unknown", f"应为{listed(FORM_NAMES)}之一")


def _reason(text: str) -> IncreaseReason | CellFault:
    reason = increase_reason(text)
    return reason or CellFault("unknown", f"应为{'；'.join(INCREASE_REASON_NAMES.values())}之一")


def _wage_warning(cells: _Cells, wage: Yuan) -> None:
    if wage.rounded:
        cells.warnings.append("申报月工资已四舍五入到分")
    if wage.fen > _HIGH_WAGE:
        cells.warnings.append("申报月工资超过100万元，请核对单位是否为元")


def _warnings(raw: RawIncrease, draft: IncreaseDraft) -> tuple[str, ...]:
    chosen = named(DOCUMENT_NAMES, narrow(raw.id_kind))
    actual = draft.identity.document
    other_kind = bool(raw.id_kind.strip()) and chosen is not actual
    checks = (
        (other_kind, f"证件类型以号码为准，按{DOCUMENT_NAMES[actual]}办理"),
        (not _household_fits(draft), "户籍性质与证件号码不一致，请核对"),
        (
            draft.rural_contract and draft.household not in RURAL_HOUSEHOLDS,
            "农民合同制工人的户籍性质应为农村，请核对",
        ),
    )
    return (*draft.identity.warnings, *(message for holds, message in checks if holds))


def _household_fits(draft: IncreaseDraft) -> bool:
    abroad = {Household.HMT: IdentityPath.HMT, Household.FOREIGN: IdentityPath.FOREIGN}
    return abroad.get(draft.household, IdentityPath.DOMESTIC) is draft.identity.path
