"""已开通: a case that is in hand ends with the opening (clause 二(二))."""

from __future__ import annotations

from contracts.http.openings import FinishOpening
from contracts.http.registry import OpeningReceipt, OpenService
from services.chassis.work import UnitOfWork
from services.registry.commands.opening import open_service
from services.registry.commands.opening_cases import in_hand
from services.registry.openings import person_of


async def open_case(work: UnitOfWork, case_no: str, asked: FinishOpening) -> OpeningReceipt:
    """Open with what the case holds; Problem for what is still missing."""
    row, employer = await in_hand(work, case_no)
    whole = OpenService(
        materials=asked.materials,
        agreement_signed_on=asked.agreement_signed_on,
        employer_handler=row.employer_handler,
        specialist=person_of(work, row),
    )
    return await open_service(work, employer.employer_no, whole)
