"""Registry on PostgreSQL at 2016-09-07."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest

from contracts.identity import WHOLE_CITY, Caller
from contracts.values import Channel, Role
from services.registry.app import create
from tests.servers.bare_service import BareService, bare_service
from tests.servers.postgres import Databases

ZHIFU, FUSHAN = "370602", "370611"


@pytest.fixture
async def registry(databases: Databases) -> AsyncIterator[BareService]:
    async with bare_service(databases, "registry", create, date(2016, 9, 7)) as service:
        yield service


def officer(*roles: Role, district: str = ZHIFU, account: str = "gao.min") -> Caller:
    return Caller(account=account, roles=frozenset(roles), district=district, channel=Channel.COUNTER)


def specialist(employer_no: str) -> Caller:
    roles = frozenset({Role.PREPARER, Role.APPROVER})
    return Caller(account=employer_no, roles=roles, employer_no=employer_no)


COUNTER = officer(Role.COUNTER)
SECURITY = officer(Role.SECURITY_ADMIN, district=WHOLE_CITY, account="an.quan")
