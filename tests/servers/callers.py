"""Who calls: an officer at the counter, and an employer's specialist with both roles."""

from __future__ import annotations

from contracts.identity import Caller
from contracts.values import Channel, Role

ZHIFU, FUSHAN = "370602", "370611"


def officer(
    *roles: Role, district: str = ZHIFU, account: str = "gao.min", acts_for: str | None = None
) -> Caller:
    """An officer, perhaps on behalf of an employer."""
    return Caller(
        account=account,
        roles=frozenset(roles),
        district=district,
        channel=Channel.COUNTER,
        employer_no=acts_for,
    )


def specialist(employer_no: str = "3706000001") -> Caller:
    """The one who prepares and approves for an employer."""
    roles = frozenset({Role.PREPARER, Role.APPROVER})
    return Caller(account=employer_no, roles=roles, employer_no=employer_no)
