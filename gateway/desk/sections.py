"""Who may open which part of the desk: every router of the desk hangs on an entry of its menu."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.values import Role
from gateway.menu import Entry
from gateway.sessions.visit import PageRoute, Visit, Visitor
from services.chassis.problems import Problem


class Guard:
    """A dependency that lets an officer in whose roles open the section; Problem FORBIDDEN for anybody else."""

    def __init__(self, section: Entry) -> None:
        self.section = section

    def __call__(self, visit: Visitor) -> None:
        """Judge the visitor before anything is read."""
        if not self.section.open_to(visit.caller):
            raise Problem(codes.FORBIDDEN)


class Only:
    """A dependency for one act inside a section, which fewer roles may do than may look."""

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    def __call__(self, visit: Visitor) -> None:
        """Judge the visitor before anything is done."""
        if not visit.caller.has(*self.roles):
            raise Problem(codes.FORBIDDEN)


def router_of(section: Entry) -> APIRouter:
    """A router whose routes are all open to the section's roles alone."""
    return APIRouter(route_class=PageRoute, include_in_schema=False, dependencies=[Depends(Guard(section))])


def show(visit: Visit, section: Entry, name: str, status: int = 200, **values: Any) -> Response:
    """A page of the desk."""
    return visit.page(f"desk/{name}", status, section=section, Role=Role, **values)
