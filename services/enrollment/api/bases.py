"""缴费基数申报."""

from typing import Annotated

from fastapi import APIRouter, Query

from contracts.http.enrollment import (
    BasePreview,
    BaseRound,
    BasesDeclared,
    DeclareBases,
    PostBases,
    SignBases,
)
from contracts.http.paging import PAGE_SIZE
from services.chassis.http import Work, WorkRoute
from services.enrollment.api.parameters import PageNo, Size
from services.enrollment.commands import declaring
from services.enrollment.queries.base_round import base_round

router = APIRouter(route_class=WorkRoute)
Year = Annotated[int, Query(ge=2000, le=2100)]


@router.get("/bases")
async def bases(work: Work, year: Year, page: PageNo = 1, size: Size = PAGE_SIZE) -> BaseRound:
    """The round of a year."""
    return await base_round(work, year, page=page, size=size)


@router.post("/bases/preview")
async def preview(work: Work, asked: DeclareBases) -> BasePreview:
    """A sending computed; nothing is stored."""
    return await declaring.preview(work, asked)


@router.post("/bases")
async def declare(work: Work, asked: DeclareBases) -> BasesDeclared:
    """Declare bases."""
    return await declaring.declare(work, asked)


@router.post("/bases/signed")
async def sign(work: Work, asked: SignBases) -> BasesDeclared:
    """Signatures on paper."""
    return await declaring.sign(work, asked)


@router.post("/bases/posted")
async def post(work: Work, asked: PostBases) -> BasesDeclared:
    """公示."""
    return await declaring.post(work, asked)
