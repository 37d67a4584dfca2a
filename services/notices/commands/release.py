"""A collection officer releases prepared orders: number, sums of the day, words and digest are frozen (A31, 2.3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.events.notices import OrderIssued
from contracts.http.notices import OrderState, Released, ReleaseOrders
from contracts.month import Month
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.notices.commands.employers import lock_employers
from services.notices.entry import issued_view
from services.notices.facts import debts_of
from services.notices.reach import orders_in_reach
from services.notices.rules.authorities import authorities_of
from services.notices.rules.covering import WITHDRAWN
from services.notices.rules.order import ORDER_POLICY
from services.notices.rules.order_text import OrderContent, OrderDebt, digest, order_text
from services.notices.series import next_document_numbers
from services.notices.tables import Employer, Order


async def release(work: UnitOfWork, asked: ReleaseOrders) -> Released:
    """Issue what is still prepared; what is issued already comes back as it was, what was paid is left out.

    Problem NOT_FOUND, with nothing done, where one of them lies outside the officer's district.
    """
    require(work.caller, Role.COLLECTION)
    employers = await lock_employers(work, await _employers_of(work, asked.ids))
    orders = await _locked(work, asked.ids, employers)
    prepared = [order for order in orders if order.state == OrderState.PREPARED]
    debts = await debts_of(work, prepared, work.today)
    due = [order for order in prepared if debts[order.employer_no]]
    for agency, group in groupby(due, key=lambda order: employers[order.employer_no].paying_agency):
        mine = list(group)
        numbers = await next_document_numbers(work, agency, len(mine))
        for order, number in zip(mine, numbers, strict=True):
            employer, owed = employers[order.employer_no], debts[order.employer_no]
            _issue(work, order, _content(work, employer, number, owed, asked.phone))
    return Released(rows=tuple(issued_view(order) for order in orders if order.order_no is not None))


async def _employers_of(work: UnitOfWork, ids: Collection[UUID]) -> list[str]:
    """The employers of all these orders; an id out of reach, withdrawn ones aside, is NOT_FOUND."""
    seen = orders_in_reach(work.caller) | (col(Order.state) == WITHDRAWN)
    query = (
        select(col(Order.employer_no))
        .join(Employer, col(Employer.employer_no) == col(Order.employer_no))
        .where(col(Order.id).in_(ids), seen)
    )
    numbers = list(await work.session.scalars(query))
    if len(numbers) < len(set(ids)):
        raise Problem(common.NOT_FOUND)
    return numbers


async def _locked(work: UnitOfWork, ids: Collection[UUID], employers: dict[str, Employer]) -> Sequence[Order]:
    """The orders as they stand under their employers' locks, by agency: every release takes series in one order."""
    query = select(Order).where(col(Order.id).in_(ids)).with_for_update()
    rows = await work.session.scalars(query.execution_options(populate_existing=True))
    return sorted(rows, key=lambda order: (employers[order.employer_no].paying_agency, order.employer_no))


def _issue(work: UnitOfWork, order: Order, content: OrderContent) -> None:
    debts = content.debts
    words = order_text(content)
    given = content.employer_name, content.credit_code, content.address, content.agency_name
    order.employer_name, order.credit_code, order.address, order.agency_name = given
    order.state, order.version, order.order_no = OrderState.ISSUED, 1, content.order_no
    order.issued_on, order.issued_by = work.today, work.caller.account
    order.debts = [line.debt.model_dump(mode="json") for line in debts]
    order.principal = sum(line.principal for line in debts)
    order.fee = sum(line.debt.fee for line in debts)
    order.fee_from = min(line.fee_from for line in debts)
    order.words, order.digest = asdict(words), digest(words)
    _tell(work, order)


def _content(
    work: UnitOfWork, employer: Employer, number: str, debts: tuple[OrderDebt, ...], phone: str
) -> OrderContent:
    return OrderContent(
        order_no=number,
        district=employer.paying_agency,
        employer_name=employer.name,
        employer_no=employer.employer_no,
        credit_code=employer.credit_code,
        address=employer.address,
        agency_name=authorities_of(employer.paying_agency).agency,
        debts=debts,
        issued_on=work.today,
        officer=work.caller.signs_as,
        phone=phone or ORDER_POLICY.phone,
        pay_within=ORDER_POLICY.pay_within,
    )


def _tell(work: UnitOfWork, order: Order) -> None:
    event = OrderIssued(
        version=order.version,
        employer_no=order.employer_no,
        order_no=order.order_no or "",
        months=tuple(Month.from_number(month) for month in order.months),
        principal=order.principal,
        fee=order.fee,
        issued_on=work.today,
    )
    work.publish(event)
    work.audit("order_issued", event.subject(), employer_no=order.employer_no, after=event)
