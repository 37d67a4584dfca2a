"""V3b at the desk, with the real registry, enrollment and billing: 5,000.00 on 25 September, the rest on 20 October."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest

from contracts.values import Role
from services.billing.app import create as create_billing
from services.enrollment.app import create as create_enrollment
from tests.gateway.desk.test_opening import ALL_FIVE, AT, NEW, OPENING
from tests.gateway.desk.test_real import LATE, carry
from tests.servers.house import House, house
from tests.servers.postgres import Databases

V1 = (
    ("王建国", "370602197501010014", "2500", "否"),
    ("李秀英", "37061119880808123X", "5431.37", "否"),
    ("张伟", "370681199510107891", "16000", "是"),
)


@pytest.fixture
async def city(databases: Databases) -> AsyncIterator[House]:
    async with house(databases, enrollment=create_enrollment, billing=create_billing) as home:
        yield home


async def enrolled(home: House) -> None:
    """V1's employer with its three persons, hired on 1 September and billed at once."""
    officer = await home.officer(Role.COUNTER)
    await officer.send("/desk/employers/new", **NEW)
    await officer.send(f"{AT}/opening", materials=ALL_FIVE, **OPENING)
    await carry(home.registry, home.real["enrollment"], home.real["billing"])
    bearer = {"authorization": f"Bearer {(await home.specialist()).client.cookies['sid']}"}
    rows = [
        LATE
        | {
            "name": name,
            "id_number": number,
            "monthly_wage": wage,
            "rural_contract": rural,
            "hired_on": "2016-09-01",
        }
        for name, number, wage, rural in V1
    ]
    sent = await home.gateway.client.post(
        "/api/v1/employers/3706000001/increases", json={"rows": rows}, headers=bearer
    )
    assert [row["state"] for row in sent.json()["accepted"]] == ["confirmed_auto"] * 3, sent.text
    await carry(home.real["enrollment"], home.real["billing"])


async def on(home: House, day: date) -> None:
    for service in (home.gateway, *home.real.values()):
        await service.at(day)
    await home.real["billing"].run_days()


async def test_A22_a_bill_is_confirmed_at_the_counter_and_changed_ones_are_refused(city: House):
    await city.real["billing"].run_days()
    await enrolled(city)
    officer = await city.officer(Role.COUNTER)
    page = (await officer.get(f"{AT}/arrears")).text
    assert "代办确认" in page
    path = f"{AT}/bills/2016-09/confirm"
    stale = await officer.send(path, version="1", total="860257")
    assert stale.status_code == 409
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    done = await officer.send(path, version=version, total="860258")
    assert done.status_code == 303, re.sub("<[^>]+>", "", done.text)
    slip = (await officer.get(done.headers["location"])).text
    assert "¥ 8,602.58" in slip
    assert "捌仟陆佰零贰元伍角捌分" in slip
    assert "9月10日 24:00" in slip
    assert (await officer.send(path, version="x", total="")).status_code == 422
    assert (await officer.send(f"{AT}/bills/9999/confirm", version="1", total="1")).status_code == 404


async def test_V3b_money_of_the_counter_and_the_fee_that_remains(city: House):
    await city.real["billing"].run_days()
    await enrolled(city)
    officer = await city.officer(Role.COUNTER, Role.FINANCE, Role.COLLECTION)
    board = (await officer.get("/desk?month=2016-09")).text
    assert "应缴 8,602.58" in board
    await on(city, date(2016, 9, 25))
    assert '<span class="tag bad">欠费</span>' in (await officer.get(f"{AT}/arrears")).text
    form = {"employer_no": "3706000001", "reference": "SJ-0001"}
    too_much = await officer.send(
        "/desk/payments/counter", **form, amount="9,000,000.00", paid_on="2016-09-25"
    )
    assert too_much.status_code in {409, 422}
    taken = await officer.send("/desk/payments/counter", **form, amount="5,000.00", paid_on="2016-09-25")
    assert taken.status_code == 303, re.sub("<[^>]+>", "", taken.text)
    booked = (await officer.get(taken.headers["location"])).text
    for figure in ("1,831.20", "457.80", "41.71", "1,753.55", "681.93", "97.42", "87.68", "48.71"):
        assert figure in booked
    await on(city, date(2016, 10, 1))  # October's run in time: a late one would owe a later window
    await on(city, date(2016, 10, 20))
    owed = (await officer.get(f"{AT}/arrears?on=2016-10-20")).text
    assert "本金 3,602.58，滞纳金 109.55" in owed
    assert "本金 8,602.58，滞纳金 43.01" in owed
    slip = await officer.send(f"{AT}/arrears/slip", pay_on="2016-10-20")
    assert slip.status_code == 303, re.sub("<[^>]+>", "", slip.text)
    assert "¥ 12,357.72" in (await officer.get(slip.headers["location"])).text
    pdf = await officer.get(slip.headers["location"].partition("?")[0] + "/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    listed = (await officer.get("/desk/payments")).text
    assert "5,000.00" in listed
    assert "没有挂账" in (await officer.get("/desk/payments/suspense")).text
    elsewhere = await city.officer(Role.COUNTER, Role.FINANCE, Role.COLLECTION, district="370611")
    assert "5,000.00" not in (await elsewhere.get("/desk/payments")).text
    assert (await elsewhere.get(taken.headers["location"])).status_code == 404
    assert (await elsewhere.get(f"{AT}/arrears")).status_code == 404
