"""The tiny demo city on a running stack, and its people at work: they confirm, pay and enroll whatever falls over."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg
import httpx

from contracts.errors.code import ProblemBody
from contracts.http.bank import Notification
from contracts.http.billing import BillView, ConfirmBill, SlipView
from contracts.http.enrollment import IncreaseBatch, IncreaseResult
from contracts.http.registry import OpeningReceipt
from deploy.city.__main__ import SIZES, Size
from deploy.city.api import Api
from deploy.city.employers import Employer, employers
from deploy.city.log_ins import Order, log_in, own_password
from deploy.city.people import person
from deploy.city.sheet import raw
from deploy.local import record
from deploy.local.bank.client import Client
from deploy.local.bank.settings import Settings as BankSettings
from deploy.local.databases import PROCESSES
from deploy.local.drain import lacking
from deploy.local.places import ROOT
from deploy.local.postgres import OWNER
from deploy.local.program import Program
from deploy.local.watch import Watch
from services.chassis.clocks import SHANGHAI, plain_dsn
from tests.servers.stack import Stack

MONTH, HIRED_ON = "2016-09", date(2016, 9, 5)
PAID_AT = datetime(2016, 9, 7, 10, tzinfo=SHANGHAI)
NOBODY_BELOW = 1_000_000
"""Indexes of people whom the tiny city does not reach."""
REST_SECONDS, PAUSE_SECONDS = 90.0, 0.2


@dataclass
class Town:
    """What tests ask of it."""

    stack: Stack
    client: httpx.AsyncClient
    bank: Client
    watch: Watch
    city: list[Employer]

    async def loader(self) -> asyncio.subprocess.Process:
        """The loader as the supervisor starts it."""
        known = self.stack.secrets
        own = {"SI_FIRST_ACCOUNT": known.first_account, "SI_FIRST_PASSWORD": known.first_password}
        arguments = ("load", "--gateway", self.stack.gateway, "--size", "tiny")
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "deploy.city", *arguments,
            stdout=asyncio.subprocess.PIPE, cwd=ROOT, env=os.environ | own,
        )  # fmt: skip

    async def rows(self, process: str, query: str) -> list[asyncpg.Record]:
        """Rows of a process's database."""
        connection = await asyncpg.connect(plain_dsn(self.stack.cluster.dsn(OWNER, process)))
        try:
            found: list[asyncpg.Record] = await connection.fetch(query)
        finally:
            await connection.close()
        return found

    async def count(self, process: str, query: str) -> int:
        """The one number of a query."""
        return int((await self.rows(process, query))[0][0])

    def pid(self, name: str) -> int:
        """The process of a program now."""
        children = record.read(self.stack.local / "run.json").children
        return next(child.pid for child in children if child.name == name)

    async def rest(self) -> None:
        """All ready, and nobody lacks anything, asked twice; else who is behind."""
        until, calm = time.monotonic() + REST_SECONDS, 0
        while calm < 2:
            behind = await self._behind()
            calm = 0 if behind else calm + 1
            assert time.monotonic() < until, behind
            await asyncio.sleep(PAUSE_SECONDS)

    async def _behind(self) -> list[str]:
        ready = await self.watch.look()
        late = [f"{name}: {state.detail}" for name, state in self.watch.states.items() if not state.up]
        asked = [await self.watch.quiescence(it) for it in self.watch.programs]
        states = [state for state in asked if state is not None]
        pending = [f"{it.process} has days pending" for it in states if it.days_pending]
        return [] if ready and len(states) == len(PROCESSES) and not pending + lacking(states) else (
            late + pending + lacking(states) or ["somebody does not answer"]
        )  # fmt: skip

    async def specialist(self, employer: Employer) -> Api:
        """The session of an employer's specialist, whose opening slip is asked for again."""
        secret, api = self.stack.secrets.first_password, Api(self.client)
        counter = await log_in(api, "guitai1", "", own_password(secret, "guitai1"), Order(own_first=True))
        path = f"/employers/{employer.number}/opening"
        receipt = await counter.post(path, OpeningReceipt, employer.opening(), key=f"city/{employer.number}")
        own = own_password(secret, employer.number)
        return await log_in(api, employer.number, receipt.initial_password, own)

    async def confirm(self, employer: Employer, specialist: Api) -> SlipView:
        """Confirm the month's bill as it stands."""
        path = f"/employers/{employer.number}/bills/{MONTH}"
        bill = await specialist.get(path, BillView)
        seen = ConfirmBill(version=bill.version, total=bill.total)
        return await specialist.post(f"{path}/confirm", SlipView, seen, key=f"confirm/{employer.number}")

    async def pay(self, slip: SlipView) -> None:
        """The bank sends its notification until it is answered, and then once more."""
        note = Notification(
            serial=f"TOWN{slip.slip_no}",
            slip_no=slip.slip_no,
            amount=slip.amount,
            paid_at=PAID_AT,
            clearing_day=PAID_AT.date(),
            payer_account="6222000000000000001",
            payer_name="付款单位",
        )
        until = time.monotonic() + REST_SECONDS
        while isinstance(answer := await self.bank.notify(note), ProblemBody):
            assert answer.status >= httpx.codes.INTERNAL_SERVER_ERROR, answer
            assert time.monotonic() < until, answer
            await asyncio.sleep(PAUSE_SECONDS)
        await self.bank.notify(note)

    async def enroll(self, employer: Employer, specialist: Api) -> None:
        """One newcomer."""
        newcomer = raw(person(NOBODY_BELOW + employer.place, HIRED_ON))
        path, key = f"/employers/{employer.number}/increases", f"newcomer/{employer.number}"
        made = await specialist.post(path, IncreaseResult, IncreaseBatch(rows=(newcomer,)), key=key)
        assert len(made.accepted) == 1, made


async def progress(loader: asyncio.subprocess.Process) -> AsyncIterator[int]:
    """Hundredths done, as the loader tells them."""
    assert loader.stdout is not None
    async for line in loader.stdout:
        told = json.loads(line)
        if "total" in told:
            yield told["done"] * 100 // told["total"]


@asynccontextmanager
async def town(stack: Stack) -> AsyncIterator[Town]:
    """The town on a stack; its connections are closed at the end."""
    keys = {
        bank: {name: bytes.fromhex(key) for name, key in ring.items()}
        for bank, ring in stack.secrets.bank_keys.items()
    }
    bank = Client(BankSettings(gateway_url=stack.gateway, bank_keys=keys))
    children = record.read(stack.local / "run.json").children
    programs = [
        Program(it.name, (), int(it.url.rsplit(":", 1)[1]), drains=True)
        for it in children
        if it.name in PROCESSES
    ]
    watch = Watch(programs)
    async with httpx.AsyncClient(base_url=stack.gateway, timeout=60.0, trust_env=False) as client:
        yield Town(stack, client, bank, watch, employers(*SIZES[Size.TINY]))
    await watch.close()
    await bank.close()
