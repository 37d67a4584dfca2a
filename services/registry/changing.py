"""What a change of registration data is measured by: the entry as text, its injury rate, its view."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import registry as codes
from contracts.http.changes import ChangedItem, ChangeView, FileChange
from contracts.http.registry import Particulars
from contracts.month import Month
from contracts.values import EmployerKind, Kind, Scheme
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.rules.changes import injury_month, kinds_may_begin
from services.registry.rules.injury import FloatNotPermitted, rate_ppm, tariff_in
from services.registry.rules.kinds import KindsUnfit, as_text, kinds_of
from services.registry.tables import Employer, InjuryRateRow, RegistrationChange

OWN_COLUMNS = ("name", "address", "postcode", "legal_representative", "district", "paying_agency")


async def rates_of(work: UnitOfWork, employer_no: str) -> list[InjuryRateRow]:
    """All injury rates of an employer, in order of their months."""
    query = select(InjuryRateRow).where(col(InjuryRateRow.employer_no) == employer_no)
    return sorted(await work.session.scalars(query), key=lambda row: row.from_month)


async def texts_of(work: UnitOfWork, employer: Employer) -> dict[str, str]:
    """Every item that can change, as text; the bank account in clear, never shown so."""
    particulars = Particulars.model_validate(employer.particulars).model_dump(mode="json")
    found = {name: str(getattr(employer, name)) for name in OWN_COLUMNS}
    found["kinds"] = as_text(employer.kinds)
    found |= {name: "" if value is None else str(value) for name, value in particulars.items()}
    if employer.bank_account:
        found["bank_account"] = work.chassis.vault.open(employer.bank_account)
    latest = (await rates_of(work, employer.employer_no))[-1]
    return found | {
        "injury_class": str(latest.injury_class),
        "injury_float_percent": str(latest.float_percent),
    }


async def new_rate(work: UnitOfWork, employer: Employer, asked: FileChange) -> InjuryRateRow | None:
    """The injury rate a change leads to; none where it leaves class and float alone."""
    items = asked.items
    if items.injury_class is None and items.injury_float_percent is None:
        return None
    latest, month = (await rates_of(work, employer.employer_no))[-1], injury_month(asked.effective_on)
    injury_class = items.injury_class or latest.injury_class
    percent = items.injury_float_percent or latest.float_percent
    return InjuryRateRow(
        employer_no=employer.employer_no,
        from_month=month,
        injury_class=injury_class,
        float_percent=percent,
        rate=rate_ppm(injury_class, percent, tariff_in(month)),
    )


async def check_injury(work: UnitOfWork, employer: Employer, asked: FileChange) -> None:
    """Problem for a float the class does not have, or a month that has been billed already."""
    try:
        rate = await new_rate(work, employer, asked)
    except FloatNotPermitted as unfit:
        raise Problem(codes.INJURY_UNFIT, field="items.injury_float_percent", reason=unfit) from unfit
    first = Month.of(work.today)
    if rate is not None and rate.from_month < first:
        raise Problem(codes.INJURY_PAST, field="effective_on", month=first)


def kinds_wanted(employer: Employer, asked: FileChange) -> tuple[Kind, ...] | None:
    """The kinds a change leads to, in order; none where it leaves them alone, Problem for one that does not fit."""
    if asked.items.kinds is None:
        return None
    try:
        return kinds_of(Scheme(employer.scheme), EmployerKind(employer.kind), asked.items.kinds)
    except KindsUnfit as unfit:
        raise Problem(codes.KINDS_UNFIT, field="items.kinds", reason=unfit) from unfit


def check_kinds(work: UnitOfWork, employer: Employer, asked: FileChange) -> None:
    """Problem for kinds that do not fit, or a month that has begun."""
    if kinds_wanted(employer, asked) is None or kinds_may_begin(asked.effective_on, work.today):
        return
    raise Problem(codes.KINDS_DAY, field="effective_on", first=Month.of(work.today).plus(1).first_day)


def view_of(row: RegistrationChange, employer: Employer) -> ChangeView:
    """The change as the outside sees it."""
    shown = row.model_dump(exclude={"asked", "items"})
    items = tuple(ChangedItem.model_validate(item) for item in row.items)
    return ChangeView(**shown, items=items, employer_name=employer.name, district=employer.district)
