"""通知公告: an editor posts, an employer's reading is receipted (clause 三)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from contracts.errors import chassis as common
from contracts.events.notices import NoticePosted
from contracts.http.notices import NewNotice
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from services.chassis.identity import require
from services.chassis.problems import Problem
from services.chassis.work import UnitOfWork, new_id
from services.notices.reach import own_reader
from services.notices.rules.authorities import authorities_of
from services.notices.tables import Notice, NoticeRead

_ONE_AT_A_TIME = func.pg_advisory_xact_lock(func.hashtextextended("board", 0))
"""All notices have one key, so that id order must be commit order over the whole board."""


async def post_notice(work: UnitOfWork, asked: NewNotice) -> Notice:
    """Put a notice on the board in the name of the officer's agency."""
    require(work.caller, Role.NOTICE_EDITOR)
    await work.session.execute(select(_ONE_AT_A_TIME))
    notice = Notice(
        id=new_id(),
        title=asked.title,
        body=asked.body,
        posted_at=work.now,
        posted_by=authorities_of(work.caller.district or WHOLE_CITY).agency,
    )
    work.session.add(notice)
    event = NoticePosted(version=1, notice_id=notice.id, title=notice.title, posted_at=notice.posted_at)
    work.publish(event)
    work.audit("notice_posted", event.subject(), after=event)
    return notice


async def read_notice(work: UnitOfWork, identity: UUID) -> Notice:
    """The employer has read a notice; the first reading counts. Problem NOT_FOUND for an unknown one."""
    employer_no = own_reader(work.caller)
    notice = await work.session.get(Notice, identity)
    if notice is None:
        raise Problem(common.NOT_FOUND)
    receipt = insert(NoticeRead).values(
        notice_id=identity, employer_no=employer_no, account=work.caller.account, read_at=work.now
    )
    added = await work.session.execute(receipt.on_conflict_do_nothing().returning(col(NoticeRead.notice_id)))
    if added.scalar() is not None:
        work.audit("notice_read", f"board/{identity}")
    return notice
