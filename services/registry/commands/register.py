"""社会保险登记: an officer registers an employer (domain 4.2)."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.errors import registry as codes
from contracts.errors.code import Fault
from contracts.events.registry import EmployerRegistered
from contracts.http.registry import EmployerView, RegisterEmployer
from contracts.values import Kind, Month, Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.entry import state_of, view_of
from services.registry.rules.credit_code import examine, kind_warning
from services.registry.rules.districts import district_on
from services.registry.rules.employer_no import PREFIX, NumbersExhausted, next_employer_no
from services.registry.rules.injury import TARIFFS, FloatNotPermitted, rate_ppm, tariff_in
from services.registry.rules.kinds import KindsUnfit, kinds_of, kinds_term
from services.registry.series import lock_series
from services.registry.tables import Employer, InjuryRateRow

SERIES = "employer_no"


async def register_employer(work: UnitOfWork, asked: RegisterEmployer) -> EmployerView:
    """Register; Problem for a wrong code, an employer that exists, an unfit kind, class or float."""
    require(work.caller, Role.COUNTER)
    check_reach(work, asked)
    code, warnings = credit_code_of(asked)
    kinds, rate = kinds_asked(asked), injury_rate_asked(asked)
    number = await _number(work, asked, code)
    employer = new_entry(work, asked, number, code, kinds)
    rate.employer_no = number
    work.session.add(employer)
    await work.session.flush()
    work.session.add(rate)
    event = EmployerRegistered(**state_of(employer, [rate]))
    work.publish(event)
    work.audit("employer_registered", number, employer_no=number, after=event)
    return view_of(employer, [rate], work.today, warnings)


def check_reach(work: UnitOfWork, asked: RegisterEmployer) -> None:
    """Problem for a district that is not in force or not the caller's, a number or month that cannot be."""
    for field, code in (("district", asked.district), ("paying_agency", asked.paying_agency)):
        entry = district_on(code, work.today) if code else None
        if code and (entry is None or entry.code != code):
            raise Problem(codes.DISTRICT_UNKNOWN, field=field, district=code)
    if not work.caller.sees_district(asked.district):
        raise Problem(common.FORBIDDEN, field="district")
    if asked.employer_no and not asked.imported:
        raise Problem(codes.NUMBER_NOT_GIVEN, field="employer_no")
    last = Month.of(work.today).plus(1)
    if asked.insured_from > last:
        raise Problem(codes.INSURED_FROM_LATE, field="insured_from", last=last, month=asked.insured_from)


def credit_code_of(asked: RegisterEmployer) -> tuple[str, tuple[str, ...]]:
    """The code as read, with its warnings; Problem naming the character that is wrong."""
    verdict = examine(asked.credit_code)
    if verdict.fault is not None:
        fault = Fault(field="credit_code", code=verdict.fault, message=verdict.message, value=verdict.found)
        raise Problem(codes.CREDIT_CODE_WRONG, field="credit_code", faults=(fault,), reason=verdict.message)
    warning = kind_warning(verdict.code, asked.kind)
    return verdict.code, (*verdict.warnings, *((warning,) if warning else ()))


def kinds_asked(asked: RegisterEmployer) -> tuple[Kind, ...]:
    """The kinds wanted, or all of the scheme; Problem for one that does not fit."""
    try:
        return kinds_of(asked.scheme, asked.kind, asked.kinds)
    except KindsUnfit as unfit:
        raise Problem(codes.KINDS_UNFIT, field="kinds", reason=unfit) from unfit


def injury_rate_asked(asked: RegisterEmployer) -> InjuryRateRow:
    """The rate from the first insured month; imported months before the tariff are billed no more."""
    first = max(asked.insured_from, TARIFFS[0].from_month) if asked.imported else asked.insured_from
    try:
        rate = rate_ppm(asked.injury_class, asked.injury_float_percent, tariff_in(first))
    except FloatNotPermitted as unfit:
        raise Problem(codes.INJURY_UNFIT, field="injury_float_percent", reason=unfit) from unfit
    return InjuryRateRow(
        employer_no="",
        from_month=first,
        injury_class=asked.injury_class,
        float_percent=asked.injury_float_percent,
        rate=rate,
    )


async def _number(work: UnitOfWork, asked: RegisterEmployer, code: str) -> str:
    """The next number, or the kept one; the series' lock makes two registrations of one code wait in line."""
    series = await lock_series(work, SERIES)
    twin = await work.session.scalar(select(Employer).where(col(Employer.credit_code) == code))
    if twin is not None:
        raise Problem(
            codes.EMPLOYER_EXISTS,
            field="credit_code",
            credit_code=code,
            name=twin.name,
            employer_no=twin.employer_no,
        )
    number = asked.employer_no or next_number(series.last)
    holder = await work.session.get(Employer, number)
    if holder is not None:
        raise Problem(codes.NUMBER_TAKEN, field="employer_no", employer_no=number)
    series.last = max(series.last, int(number.removeprefix(PREFIX)))
    return number


def next_number(last: int) -> str:
    """The number after the last one given; Problem when there is none left."""
    try:
        return next_employer_no(f"{PREFIX}{last:06d}" if last else None)
    except NumbersExhausted as exhausted:
        raise Problem(codes.NUMBERS_EXHAUSTED) from exhausted


def new_entry(
    work: UnitOfWork, asked: RegisterEmployer, number: str, code: str, kinds: tuple[Kind, ...]
) -> Employer:
    """The row of a new entry."""
    given = asked.model_dump(exclude={"injury_class", "injury_float_percent", "bank_account"})
    account = asked.bank_account
    return Employer(
        **given
        | {
            "employer_no": number,
            "version": 1,
            "credit_code": code,
            "kinds": [kind.value for kind in kinds],
            "kind_terms": [kinds_term(asked.insured_from, kinds)],
            "kind": asked.kind.value,
            "scheme": asked.scheme.value,
            "paying_agency": asked.paying_agency or asked.district,
            "insured_from": asked.insured_from,
            "registered_on": (asked.registered_on if asked.imported else None) or work.today,
            "particulars": asked.particulars.model_dump(mode="json"),
            "bank_account": work.chassis.vault.seal(account) if account else None,
        }
    )
