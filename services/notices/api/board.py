"""Board, results, unread counts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.http.notices import Board, NewNotice, NoticeView, Results, ResultView, Unread
from contracts.http.paging import PAGE_SIZE
from services.chassis.http import Work, WorkRoute
from services.notices.commands import board as notices
from services.notices.commands import results as decided
from services.notices.entry import notice_view, result_view
from services.notices.queries import board as queries

router = APIRouter(route_class=WorkRoute)
PageNo = Annotated[int, Query(ge=1)]
Size = Annotated[int, Query(ge=1, le=1000)]


@router.get("/board")
async def board(work: Work, page: PageNo = 1, size: Size = PAGE_SIZE) -> Board:
    """通知公告."""
    return await queries.board(work, page=page, size=size)


@router.post("/board")
async def post_notice(work: Work, asked: NewNotice) -> NoticeView:
    """A new notice."""
    return notice_view(await notices.post_notice(work, asked), read=True)


@router.get("/board/{identity}")
async def notice(work: Work, identity: UUID) -> NoticeView:
    """One notice."""
    return await queries.notice(work, identity)


@router.post("/board/{identity}/read")
async def read_notice(work: Work, identity: UUID) -> NoticeView:
    """The employer's reading of a notice, receipted."""
    return notice_view(await notices.read_notice(work, identity), read=True)


@router.get("/results")
async def results(work: Work, page: PageNo = 1, size: Size = PAGE_SIZE) -> Results:
    """处理结果."""
    return await queries.results(work, page=page, size=size)


@router.post("/results/{identity}/read")
async def read_result(work: Work, identity: UUID) -> ResultView:
    """The employer's reading of a result."""
    return result_view(await decided.read_result(work, identity))


@router.get("/unread")
async def unread(work: Work) -> Unread:
    """What is unread."""
    return await queries.unread(work)
