"""The gateway on PostgreSQL with its neighbours here: the real registry, and neighbours that answer by rote."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

import httpx
from fastapi import FastAPI, Request
from pydantic import BaseModel
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.http.chassis import Health
from contracts.http.registry import LoggedIn
from contracts.identity import Caller
from contracts.values import Role
from gateway.app import create as create_gateway
from gateway.sessions import store
from gateway.settings import Settings
from services.chassis import settings as chassis_settings
from services.chassis.identity import verify
from services.chassis.problems import Problem, answer
from services.registry.app import create as create_registry
from tests.servers.bare_service import KEY, BareService, bare_service
from tests.servers.postgres import Databases

BANK_KEY = bytes.fromhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
BANK_KEYS = {"ICBC": {"k1": BANK_KEY}, "CCB": {"k1": bytes(reversed(BANK_KEY))}}
DAY = date(2016, 9, 7)
TODAY = "2016-09-07"
Create = Callable[[chassis_settings.Settings], FastAPI]
_CSRF = re.compile(r'(?:"x-csrf": "|name="csrf" value=")([0-9a-f]{64})"')


@dataclass(frozen=True)
class Asked:
    """One call a neighbour got."""

    method: str
    path: str
    caller: Caller
    body: bytes
    key: str
    query: str


@dataclass
class Neighbour:
    """Answers what it was told to, 404 otherwise, 503 while it is down; it remembers who asked."""

    name: str
    answers: dict[tuple[str, str], BaseModel | Problem] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    down: bool = False

    def tell(self, method: str, path: str, said: BaseModel | Problem) -> None:
        """From now on this is the answer."""
        self.answers[method, path] = said

    def commands(self) -> list[Asked]:
        """What it was asked to change."""
        return [one for one in self.asked if one.method == "POST"]

    @property
    def app(self) -> FastAPI:
        """The neighbour as a process."""
        app = FastAPI()

        async def reply(request: Request) -> Response:
            if self.down:
                return Response(status_code=503)
            if request.url.path == "/health":
                checks = Health(process=self.name, replica="1", ready=True, business_date=DAY, checks=())
                return Response(checks.model_dump_json())
            return await self._reply(request)

        app.add_api_route("/{path:path}", reply, methods=["GET", "POST"])
        return app

    async def _reply(self, request: Request) -> Response:
        path, query = request.url.path, request.url.query
        signed = f"{path}?{query}" if query else path
        caller = verify(KEY, request.method, signed, request.headers)
        key = request.headers.get("idempotency-key", "")
        self.asked.append(Asked(request.method, path, caller, await request.body(), key, query))
        said = self.answers.get((request.method, path), Problem(codes.NOT_FOUND))
        if isinstance(said, Problem):
            return answer(said.body)
        return Response(said.model_dump_json(), media_type="application/json")


@dataclass
class Person:
    """Somebody at a browser."""

    client: httpx.AsyncClient
    csrf: str = ""

    async def get(self, path: str) -> httpx.Response:
        """Open a page; its token is kept for the next form."""
        page = await self.client.get(path)
        if found := _CSRF.search(page.text if "html" in page.headers.get("content-type", "") else ""):
            self.csrf = found[1]
        return page

    async def send(self, path: str, **fields: str | list[str]) -> httpx.Response:
        """Send a form; names with dots are written with two underscores."""
        data = {name.replace("__", "."): value for name, value in fields.items()}
        return await self.client.post(path, data={"csrf": self.csrf, **data})


@dataclass
class House:
    """Gateway, registry and the rote neighbours."""

    gateway: BareService
    registry: BareService
    enrollment: Neighbour
    billing: Neighbour
    notices: Neighbour
    real: dict[str, BareService] = field(default_factory=dict)
    people: list[httpx.AsyncClient] = field(default_factory=list)

    def stranger(self, **cookies: str) -> Person:
        """Somebody without a session."""
        transport = httpx.ASGITransport(app=self.gateway.app)
        client = httpx.AsyncClient(transport=transport, base_url="http://house", cookies=cookies)
        self.people.append(client)
        return Person(client)

    async def person(self, who: LoggedIn) -> Person:
        """Somebody with a session."""
        found = self.stranger(sid=await store.open_session(self.gateway.chassis, who))
        await found.get("/password")
        return found

    async def officer(
        self, *roles: Role, district: str = "370602", account: str = "gao.min", name: str = "高敏"
    ) -> Person:
        """An officer at the desk."""
        return await self.person(
            LoggedIn(
                account=account,
                display_name=name,
                roles=frozenset(roles),
                district=district,
                district_name="芝罘区",
                must_change_password=False,
            )
        )

    async def specialist(self, employer_no: str = "3706000001") -> Person:
        """An employer's specialist."""
        return await self.person(specialist(employer_no))


def specialist(employer_no: str) -> LoggedIn:
    """Who logged in for an employer."""
    return LoggedIn(
        account=employer_no,
        display_name="王敏",
        roles=frozenset({Role.PREPARER, Role.APPROVER}),
        employer_no=employer_no,
        employer_name="烟台海源机械有限公司" if employer_no == "3706000001" else "烟台芝罘渔具店",
        must_change_password=False,
    )


@asynccontextmanager
async def house(
    databases: Databases, *, neighbour: type[Neighbour] = Neighbour, **real: Create
) -> AsyncIterator[House]:
    """All of it at nine o'clock of 2016-09-07; services named in `real` stand for themselves."""
    rote = {name: neighbour(name) for name in ("enrollment", "billing", "notices")}
    async with AsyncExitStack() as stack:
        services = {
            name: await stack.enter_async_context(bare_service(databases, name, create, DAY))
            for name, create in {"registry": create_registry, **real}.items()
        }
        transports: dict[str, httpx.AsyncBaseTransport] = {
            name: httpx.ASGITransport(app=one.app) for name, one in (rote | services).items()
        }

        def build(plain: chassis_settings.Settings) -> FastAPI:
            settings = Settings(**plain.model_dump(), bank_keys=BANK_KEYS, secure_cookies=False)
            transports["gateway"] = _Late(transports)
            return create_gateway(settings, transports)

        gateway = await stack.enter_async_context(bare_service(databases, "gateway", build, DAY))
        transports["self"] = httpx.ASGITransport(app=gateway.app)
        made = House(
            gateway,
            services["registry"],
            rote["enrollment"],
            rote["billing"],
            rote["notices"],
            services,
        )
        yield made
        for client in made.people:
            await client.aclose()
        await gateway.app.state.door.group.close()
        await gateway.app.state.calls.close()


class _Late(httpx.AsyncBaseTransport):
    """The gateway's way to itself, which exists only after it was built."""

    def __init__(self, transports: dict[str, httpx.AsyncBaseTransport]) -> None:
        self._transports = transports

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._transports["self"].handle_async_request(request)
