"""The agency's people: one for each duty in the city's own centre, and one in every district."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.http.registry import NewAccount, NewOfficer
from contracts.identity import WHOLE_CITY
from contracts.values import Role
from deploy.city.api import Api
from deploy.city.employers import DISTRICTS
from deploy.city.log_ins import Order, log_in, own_password
from deploy.city.progress import Progress
from services.registry.rules.districts import DISTRICTS as NAMES

CENTRE = (
    ("guitai1", "市中心柜台甲", (Role.COUNTER,)),
    ("guitai2", "市中心柜台乙", (Role.COUNTER,)),
    ("zhengce1", "市中心政策甲", (Role.POLICY,)),
    ("zhengce2", "市中心政策乙", (Role.POLICY,)),
    ("zhengjiao", "市中心征缴", (Role.COLLECTION,)),
    ("jihe", "市中心稽核", (Role.AUDITOR,)),
    ("zijin", "市中心财务", (Role.FINANCE,)),
    ("tongzhi", "市中心通知发布", (Role.NOTICE_EDITOR,)),
    ("xitong", "系统管理员", (Role.SYSTEM_ADMIN,)),
    ("shenji", "审计管理员", (Role.AUDIT_ADMIN,)),
)
"""Of four eyes there are two pairs: counter and policy."""


@dataclass(frozen=True)
class Officers:
    """Makes officers' accounts and logs them in; the same accounts whenever the load is repeated."""

    api: Api
    admin: Api
    secret: str
    progress: Progress
    order: Order

    async def centre(self) -> dict[str, Api]:
        """Sessions of the centre's officers by account."""
        return {
            account: await self._officer(account, name, roles, WHOLE_CITY) for account, name, roles in CENTRE
        }

    async def districts(self) -> None:
        """One officer for counter, audit and collection in each district."""
        names = {entry.code: entry.name for entry in NAMES}
        for code, _ in DISTRICTS:
            if code != WHOLE_CITY:
                roles = (Role.COUNTER, Role.AUDITOR, Role.COLLECTION)
                await self._officer(f"jb{code}", f"{names[code]}经办", roles, code)

    async def _officer(self, account: str, name: str, roles: tuple[Role, ...], district: str) -> Api:
        asked = NewOfficer(account=account, display_name=name, roles=frozenset(roles), district=district)
        made = await self.admin.post("/officers", NewAccount, asked, key=f"city/officer/{account}")
        own = own_password(self.secret, account)
        session = await log_in(self.api, account, made.initial_password, own, self.order)
        self.progress.log_in(name, account, own)
        return session


async def security_administrator(
    api: Api, account: str, secret: str, progress: Progress, order: Order
) -> Api:
    """The session of the first officer, whose initial password is the stack's secret."""
    own = own_password(secret, account)
    session = await log_in(api, account, secret, own, order)
    progress.log_in("安全管理员", account, own)
    return session
