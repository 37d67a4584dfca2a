"""Who acts: the caller's identity that every query and command takes."""

from __future__ import annotations

from contracts.models import View
from contracts.values import AccountId, Channel, District, EmployerNo, Members, Role

WHOLE_CITY: District = "370600"
"""市本级: its officers see every district."""

WITH_EMPLOYERS = frozenset({Role.COUNTER, Role.AUDITOR, Role.COLLECTION, Role.FINANCE})
"""Roles whose work is with employers; administrators, editors and keepers of policy read no employer's affairs."""


class Caller(View):
    """An account with its roles and its reach: one employer, or an officer's district.

    `channel=counter` with `employer_no` set marks an officer acting on behalf of that employer (协议 五).
    """

    account: AccountId
    roles: Members[Role]
    employer_no: EmployerNo | None = None
    district: District | None = None
    channel: Channel = Channel.PORTAL
    name: str = ""
    """An officer's name for documents; acts are recorded by the account."""

    @property
    def signs_as(self) -> str:
        """Who a document names as its officer (经办人)."""
        return self.name or self.account

    @property
    def is_officer(self) -> bool:
        """True for the agency's people."""
        return self.district is not None

    @property
    def is_system(self) -> bool:
        """True for a process acting on its own."""
        return Role.SYSTEM in self.roles

    def has(self, *roles: Role) -> bool:
        """True with at least one of the roles."""
        return any(role in self.roles for role in roles)

    @property
    def works_with_employers(self) -> bool:
        """True for the system and for officers who may read the persons and the money of their district."""
        return self.is_system or (self.is_officer and bool(WITH_EMPLOYERS & self.roles))

    def sees_district(self, district: District) -> bool:
        """True for the system, for 市本级 and for the district's own officers."""
        return self.is_system or self.district in (WHOLE_CITY, district)
