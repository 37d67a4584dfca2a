"""The board and the results of submissions, and what of them is unread."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, literal, null, select
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.http.notices import Board, NoticeView, OrderState, Results, Unread
from contracts.http.paging import PAGE_SIZE
from contracts.identity import Caller
from services.chassis.identity import own_employer
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork
from services.notices.entry import notice_view, result_view
from services.notices.queries.reminders import unread_reminders
from services.notices.reach import employer_of
from services.notices.tables import Notice, NoticeRead, Order, Result


def _read_by(caller: Caller) -> ColumnElement[bool]:
    """Whether the caller's employer has read a notice; an officer of nobody has nothing to read."""
    if caller.employer_no is None:
        return literal(value=True)
    mine = (col(NoticeRead.notice_id) == col(Notice.id)) & (col(NoticeRead.employer_no) == caller.employer_no)
    return exists().where(mine)


def _readers(caller: Caller) -> ColumnElement[Any]:
    """How many employers have read a notice; an employer is not told of others."""
    if not caller.is_officer:
        return null()
    receipts = select(func.count()).where(col(NoticeRead.notice_id) == col(Notice.id))
    return receipts.scalar_subquery()


def _notices(caller: Caller) -> Select[Notice, bool, Any]:
    return select(Notice, _read_by(caller), _readers(caller))


async def board(work: UnitOfWork, *, page: int = 1, size: int = PAGE_SIZE) -> Board:
    """Notices, newest first, each read or not."""
    total = await work.session.scalar(select(func.count()).select_from(Notice))
    query = _notices(work.caller).order_by(col(Notice.id).desc())
    rows = await work.session.execute(query.offset((page - 1) * size).limit(size))
    views = tuple(notice_view(row, read=read, readers=readers) for row, read, readers in rows)
    return Board(total=total or 0, page=page, size=size, rows=views)


async def notice(work: UnitOfWork, identity: UUID) -> NoticeView:
    """One notice; Problem NOT_FOUND for an unknown one. POST …/read receipts the reading."""
    query = _notices(work.caller).where(col(Notice.id) == identity)
    row = (await work.session.execute(query)).one_or_none()
    if row is None:
        raise Problem(common.NOT_FOUND)
    return notice_view(row[0], read=row[1], readers=row[2])


async def results(work: UnitOfWork, *, page: int = 1, size: int = PAGE_SIZE) -> Results:
    """Results of the caller's employer, newest first."""
    where = col(Result.employer_no) == await employer_of(work)
    total = await work.session.scalar(select(func.count()).select_from(Result).where(where))
    query = select(Result).where(where).order_by(col(Result.decided_at).desc(), col(Result.id).desc())
    rows = (await work.session.scalars(query.offset((page - 1) * size).limit(size))).all()
    return Results(total=total or 0, page=page, size=size, rows=tuple(map(result_view, rows)))


async def unread(work: UnitOfWork) -> Unread:
    """What the caller's employer has not read: notices, results, orders not yet opened, reminders of what is open."""
    number = own_employer(work.caller)
    await employer_of(work)
    counts = (
        select(func.count()).select_from(Notice).where(~_read_by(work.caller)),
        select(func.count())
        .select_from(Result)
        .where(col(Result.employer_no) == number, col(Result.read_at).is_(None)),
        select(func.count())
        .select_from(Order)
        .where(col(Order.employer_no) == number, col(Order.state) == OrderState.ISSUED),
        unread_reminders(work, number),
    )
    found = [await work.session.scalar(query) or 0 for query in counts]
    return Unread(**dict(zip(Unread.model_fields, found, strict=True)))
