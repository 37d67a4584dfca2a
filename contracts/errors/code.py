"""One error code and the problem document (RFC 9457) it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.models import View


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A refusal: `message` and `todo` are Chinese and may hold {placeholders}; `clause` is its 依据."""

    code: str
    status: int
    message: str
    todo: str = ""
    clause: str = ""


class Fault(View):
    """One field's fault inside a problem, or one cell of a sheet."""

    field: str
    code: str
    message: str
    value: str = ""


class ProblemBody(View):
    """The body of every refusal, `application/problem+json`."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    todo: str = ""
    clause: str = ""
    field: str = ""
    faults: tuple[Fault, ...] = ()
