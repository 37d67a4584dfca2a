"""The rows of one part of an import: checked, sealed, and copied into the staging table in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from contracts.errors import enrollment as codes
from contracts.errors.code import Fault
from contracts.http.enrollment import ImportRow, ImportRows
from services.chassis.personal import Vault, mask_number, mask_phone
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.enrollment.rules.cells import CellFault, narrow, read_name, read_text
from services.enrollment.rules.fields import HOUSEHOLD_NAMES, Household, named
from services.enrollment.rules.identity_number import Identity, NumberFault, read_identity
from services.enrollment.rules.name_key import name_key

COLUMNS = (
    "import_id",
    "part",
    "row",
    "employer_no",
    "name",
    "name_key",
    "id_kind",
    "id_number",
    "id_number_blind",
    "blind_version",
    "id_number_masked",
    "sex",
    "born_on",
    "household",
    "home_address",
    "phone",
    "phone_masked",
    "rural_contract",
    "hired_on",
    "from_month",
    "declared_wage",
    "base",
)
_MOST_FAULTS = 200
_WHOLE_YUAN = 100
_TAKEN = text(
    "SELECT id_number_blind FROM import_rows "
    "WHERE import_id = :import AND id_number_blind = ANY(CAST(:blinds AS bytea[]))"
)
Record = tuple[Any, ...]


async def sealed_records(work: UnitOfWork, import_id: UUID, asked: ImportRows) -> list[Record]:
    """Sealed rows in COPY's form; a part with a fault is refused whole."""
    records: list[Record] = []
    faults: list[Fault] = []
    seen: dict[bytes, int] = {}
    vault, today = work.chassis.vault, work.today
    for number, row in enumerate(asked.rows, start=1):
        identity = read_identity(row.id_number)
        wrong = _wrong(number, row, identity, today)
        if wrong or isinstance(identity, NumberFault):
            faults += wrong
            continue
        blind = vault.blind(identity.number)
        if seen.setdefault(blind, number) != number:
            faults.append(_fault(number, "id_number", "repeated", f"与第{seen[blind]}行的身份证号码重复"))
        records.append((import_id, asked.part, number, *_sealed(row, identity, blind, vault)))
    faults += await _taken(work, import_id, seen)
    if faults:
        found_faults = tuple(faults[:_MOST_FAULTS])
        raise Problem(codes.IMPORT_ROWS, field=faults[0].field, faults=found_faults, count=len(faults))
    return records


async def _taken(work: UnitOfWork, import_id: UUID, seen: dict[bytes, int]) -> list[Fault]:
    rows = await work.session.execute(_TAKEN, {"import": import_id, "blinds": list(seen)})
    return [
        _fault(seen[blind], "id_number", "repeated", "该身份证号码已在本次导入的其他部分中")
        for blind in rows.scalars()
    ]


def _fault(row: int, field: str, code: str, message: str) -> Fault:
    return Fault(field=f"rows.{row}.{field}", code=f"{field}.{code}", message=f"第{row}行{message}")


def _wrong(number: int, row: ImportRow, identity: Identity | NumberFault, today: date) -> list[Fault]:
    """Imported facts are taken as they are, as far as they can be true."""
    faults = []
    if isinstance(identity, NumberFault):
        faults.append(_fault(number, "id_number", identity.code.split(".")[-1], identity.message))
    if isinstance(name := read_name(row.name), CellFault):
        faults.append(_fault(number, "name", name.code, f"姓名{name.message}"))
    texts = {field: read_text(getattr(row, field)) for field in ("home_address", "phone")}
    faults += [
        _fault(number, field, said.code, said.message)
        for field, said in texts.items()
        if isinstance(said, CellFault)
    ]
    if row.household and named(HOUSEHOLD_NAMES, narrow(row.household)) is None:
        faults.append(_fault(number, "household", "unknown", "户籍性质不在列表中"))
    if row.hired_on > today:
        faults.append(_fault(number, "hired_on", "future", "用工日期晚于今天"))
    if row.base <= 0 or row.base % _WHOLE_YUAN:
        faults.append(_fault(number, "base", "form", "缴费基数应为整元且大于0"))
    return faults


def _sealed(row: ImportRow, identity: Identity, blind: bytes, vault: Vault) -> Record:
    household = named(HOUSEHOLD_NAMES, narrow(row.household)) or Household.LOCAL_URBAN
    return (
        row.employer_no,
        row.name,
        name_key(row.name),
        identity.document.value,
        vault.seal(identity.number),
        blind,
        vault.lookup_version,
        mask_number(identity.number),
        identity.sex.value if identity.sex else "",
        identity.born_on,
        household.value if row.household else "",
        row.home_address,
        vault.seal(row.phone) if row.phone else b"",
        mask_phone(row.phone) if row.phone else "",
        row.rural_contract,
        row.hired_on,
        row.from_month.yyyymm,
        row.declared_wage,
        row.base,
    )


async def copy_records(work: UnitOfWork, records: Sequence[Record]) -> None:
    """COPY inside the work's own transaction."""
    connection = await work.session.connection()
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    if driver is None:
        raise ConnectionError("the transaction has lost its connection")
    await driver.copy_records_to_table("import_rows", records=records, columns=COLUMNS)
