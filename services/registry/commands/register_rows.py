"""The rows of a file judged together: each by itself, against one another, and against the register."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlmodel import col

from contracts.errors.code import Fault
from contracts.http.register_imports import RegisterRow
from contracts.http.registry import RegisterEmployer
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.registry.commands.register import (
    check_reach,
    injury_rate_asked,
    kinds_asked,
)
from services.registry.rules.credit_code import examine
from services.registry.rules.register_rows import read_row
from services.registry.tables import Employer

BREATH = 50
"""Rows judged in one go."""


@dataclass
class Judged:
    """One row: what it asks, or its faults."""

    given: RegisterRow
    asked: RegisterEmployer | None = None
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, name: str, code: str, message: str) -> None:
        """Note a fault of a cell."""
        value = str(getattr(self.given, name, ""))
        self.faults.append(Fault(field=name, code=code, message=message, value=value))


async def judge(work: UnitOfWork, rows: Sequence[RegisterRow]) -> list[Judged]:
    """Every row with its faults; other requests are served between them."""
    judged = []
    for place, row in enumerate(rows):
        judged.append(_alone(work, row))
        if place % BREATH == 0:
            await asyncio.sleep(0)
    _among_one_another(judged)
    await _against_the_register(work, judged)
    return judged


def _alone(work: UnitOfWork, row: RegisterRow) -> Judged:
    read = read_row(row, work.today)
    if isinstance(read, tuple):
        judged = Judged(row, faults=list(read))
        _check_code(judged)
        return judged
    judged = Judged(row, read)
    for check in (
        lambda: check_reach(work, read),
        lambda: kinds_asked(read),
        lambda: injury_rate_asked(read),
    ):
        try:
            check()
        except Problem as problem:
            judged.wrong(problem.body.field, problem.body.code, problem.body.detail)
    if code := _check_code(judged):
        judged.asked = read.model_copy(update={"credit_code": code})
    return judged


def _check_code(judged: Judged) -> str:
    """The credit code as read; its fault names the character, whatever else is wrong with the row."""
    if not judged.given.credit_code.strip():
        return ""
    verdict = examine(judged.given.credit_code)
    if verdict.fault is not None:
        judged.wrong("credit_code", verdict.fault, verdict.message)
    return verdict.code


def _among_one_another(judged: Sequence[Judged]) -> None:
    for name, words in (("credit_code", "统一社会信用代码"), ("employer_no", "社保编号")):
        first: dict[str, int] = {}
        for one in judged:
            value = str(getattr(one.asked or one.given, name) or "").strip().upper()
            if value and first.setdefault(value, one.given.row) != one.given.row:
                one.wrong(name, "row.repeated", f"与第{first[value]}行的{words}重复")


async def _against_the_register(work: UnitOfWork, judged: Sequence[Judged]) -> None:
    asked = [one.asked for one in judged if one.asked]
    by_code, by_number = await registered(work, asked)
    for one in judged:
        if one.asked is None:
            continue
        if twin := by_code.get(one.asked.credit_code):
            message = f"已由{twin.name}（社保编号{twin.employer_no}）登记"
            one.wrong("credit_code", "employer.exists", message)
        elif one.asked.employer_no and (holder := by_number.get(one.asked.employer_no)):
            one.wrong("employer_no", "employer.number_taken", f"社保编号已由{holder.name}使用")


async def registered(
    work: UnitOfWork, asked: Sequence[RegisterEmployer]
) -> tuple[Mapping[str, Employer], Mapping[str, Employer]]:
    """Employers that hold a credit code or a number of these already, by code and by number."""
    codes = [one.credit_code for one in asked]
    numbers = [one.employer_no for one in asked if one.employer_no]
    held = select(Employer).where(
        or_(col(Employer.credit_code).in_(codes), col(Employer.employer_no).in_(numbers))
    )
    found = (await work.session.scalars(held)).all()
    return {one.credit_code: one for one in found}, {one.employer_no: one for one in found}
