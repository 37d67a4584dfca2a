"""The employer's whole path on the real four services: opened, enrolled, billed, confirmed, paid, seen as paid."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from contracts.events.bank import PaymentNotified
from contracts.events.base import Event
from contracts.events.catalogue import EVENTS
from contracts.values import Role
from services.billing.app import create as create_billing
from services.chassis.clocks import SHANGHAI
from services.chassis.work import new_id
from services.enrollment.app import create as create_enrollment
from services.notices.app import create as create_notices
from tests.gateway.desk.test_opening import ALL_FIVE, AT, NEW, OPENING
from tests.servers.house import House, Person, house
from tests.servers.postgres import Databases

PEOPLE = (
    {"name": "王建国", "id_number": "370602199001010017", "monthly_wage": "2500.00"},
    {"name": "李秀英", "id_number": "37061119880808123X", "monthly_wage": "5431.37"},
    {"name": "张伟", "id_number": "370681199510107891", "monthly_wage": "16000", "rural_contract": "是"},
)
"""Golden V1: E1, E2 and E3, the third a rural contract worker."""
SAME = {
    "household": "外地农村",
    "home_address": "烟台市芝罘区毓璜顶东路20号",
    "phone": "13805350001",
    "hired_on": "2016-09-01",
}
NEW_PASSWORD = "Haiyuan-2016-September"
_SECRET = re.compile(r'class="secret">([^<]+)<')


class City:
    """The house with its post: events go round until nobody has any."""

    def __init__(self, home: House) -> None:
        self.home = home
        self.services = {**home.real, "gateway": home.gateway}
        self._sent: set[str] = set()

    async def post(self) -> None:
        """What the broker does."""
        moved = True
        while moved:
            moved = False
            for source in self.services.values():
                for row in await source.rows("SELECT event_id, type, topic, body FROM outbox ORDER BY id"):
                    if str(row["event_id"]) not in self._sent:
                        self._sent.add(str(row["event_id"]))
                        moved = True
                        await self._deliver(row)

    async def _deliver(self, row: dict[str, object]) -> None:
        event: Event = EVENTS[str(row["type"])].model_validate(row["body"])
        for target in self.services.values():
            if row["topic"] in target.chassis.service.consumers.topics():
                await target.take(event, ids=(row["event_id"],))  # type: ignore[arg-type]  # a UUID, by its column


@pytest.fixture
async def city(databases: Databases) -> AsyncIterator[City]:
    async with house(
        databases, enrollment=create_enrollment, billing=create_billing, notices=create_notices
    ) as home:
        yield City(home)


async def log_in(city: City) -> Person:
    """Opened at the desk; the specialist logs in with the printed password and must change it."""
    officer = await city.home.officer(Role.COUNTER)
    assert (await officer.send("/desk/employers/new", **NEW)).status_code == 303
    opened = await officer.send(f"{AT}/opening", materials=ALL_FIVE, **OPENING)
    initial = html.unescape(_SECRET.findall(opened.text)[0])
    await city.post()
    person = city.home.stranger()
    entered = await person.client.post("/log-in", data={"account": "3706000001", "password": initial})
    assert entered.headers["location"] == "/password", entered.text
    assert (await person.get("/increase/new")).headers["location"] == "/password"
    await person.get("/password")
    changed = await person.send("/password", old=initial, new=NEW_PASSWORD, again=NEW_PASSWORD)
    assert changed.headers["location"] == "/?said=password_changed", changed.text
    return person


async def enroll(city: City, person: Person, **cells: str) -> str:
    """One person by the form; returns where the portal leads."""
    checked = await person.send("/increase/check", **SAME | cells)
    assert checked.status_code == 200, checked.text
    packed = re.findall(r'name="packed" value="([^"]+)"', checked.text)[0]
    sent = await person.send("/increase/send", packed=packed, key=cells["id_number"])
    assert sent.status_code == 303, sent.text
    await city.post()
    return str(sent.headers["location"])


def pdf_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def paid(slip_no: str, amount: int) -> PaymentNotified:
    """What a bank says of a slip that was paid on the 9th."""
    return PaymentNotified(
        version=1,
        notification_id=new_id(),
        bank="ICBC",
        serial="ICBC20160909000001",
        slip_no=slip_no,
        amount=amount,
        paid_at=datetime(2016, 9, 9, 10, tzinfo=SHANGHAI),
        clearing_day=date(2016, 9, 9),
    )


async def test_V1_from_the_first_log_in_to_the_paid_month(city: City):
    person = await log_in(city)
    assert "本月没有应缴的社会保险费" in (await person.get("/")).text
    places = [await enroll(city, person, **one) for one in PEOPLE]
    table = await person.get(f"{places[2].partition('?')[0]}")
    assert "已确认，自 2016年9月 起参保缴费" in table.text
    number = places[2].partition("?")[0].rsplit("/", 1)[1]
    printed = await person.get(f"/increase/table.pdf?no={number}")
    assert "370681199510107891" in pdf_text(printed.content)
    home_page = (await person.get("/")).text
    assert ("¥ 8,602.58" in home_page, "待确认" in home_page, "3 天" in home_page) == (True, True, True)
    bill = (await person.get("/bill/2016-09")).text
    for figure in ("4,120.20", "1,831.20", "114.46", "6,271.87", "2,330.71", "捌仟陆佰零贰元伍角捌分"):
        assert figure in bill
    lines = (await person.get("/bill/2016-09/lines?kind=maternity")).text
    assert ("王建国" in lines, "14.55" in lines) == (True, True)
    assert (await person.get("/bill/2016-09.xlsx")).content.startswith(b"PK")
    version = re.findall(r'name="version" value="(\d+)"', bill)[0]
    done = await person.send("/bill/2016-09/confirm", version=version, total="860258", key="confirm")
    assert done.headers["location"] == "/bill/2016-09?said=confirmed", done.text
    await city.post()
    confirmed = (await person.get("/bill/2016-09")).text
    slip_no = re.findall(r'href="/slips/(\d{17})"', confirmed)[0]
    assert "8,602.58" in pdf_text((await person.get(f"/slips/{slip_no}.pdf")).content)
    billing = city.services["billing"]
    await billing.at(date(2016, 9, 9), hour=11)
    await billing.take(paid(slip_no, 860258))
    await city.post()
    settled = (await person.get("/bill/2016-09")).text
    assert ("已缴清" in settled, "收据号" in settled) == (True, True)
    payments = (await person.get("/payments")).text
    assert ("8,602.58" in payments, "已入账" in payments) == (True, True)
    results = (await person.get("/results")).text
    assert ("李秀英" in results, "增员" in results) == (True, True)


async def test_A11_a_leaver_of_an_unpaid_month_waits_and_goes_with_the_payment(city: City):
    person = await log_in(city)
    for one in PEOPLE:
        await enroll(city, person, **one)
    await person.get("/decrease/new")
    picked = (await person.send("/decrease/new", text="李秀英")).text
    (path,) = set(re.findall(r'href="(/decrease/new/[0-9a-f-]{36})"', picked))
    sent = await person.send(path, left_on="2016-09-06", reason="27", key="leave")
    assert sent.headers["location"] == "/decrease?said=own_decrease_queued", sent.text
    await city.post()
    assert "2016年9月缴清后自动生效" in (await person.get("/decrease")).text
    assert "李秀英 的减员已预约" in (await person.get("/")).text
