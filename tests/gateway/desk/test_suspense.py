"""Money in suspense at the desk: shown with its reason, proposed by one officer, decided by another (1.5, A24)."""

from __future__ import annotations

import json
from datetime import date

from contracts.http import billing
from contracts.http.chassis import BlockedJob
from contracts.values import Role
from tests.gateway.desk import samples
from tests.gateway.desk.city import fill
from tests.gateway.desk.test_opening import NEW
from tests.servers.house import Asked, House

CASE = "/desk/counter/Z201609-000002"


async def city(home: House) -> None:
    await (await home.officer(Role.COUNTER)).send("/desk/employers/new", **NEW)
    fill(home)


def only(asked: list[Asked]) -> Asked:
    (one,) = asked
    return one


async def test_5_suspense_stands_with_its_reason_oldest_first(home: House):
    await city(home)
    page = (await (await home.officer(Role.COLLECTION)).get("/desk/payments/suspense")).text
    assert "缴费单已作废" in page
    assert "ICBC20160909000001" in page
    assert "8,602.58" in page


async def test_1_5_money_in_suspense_is_proposed_to_debts_a_slip_or_refund(home: House):
    await city(home)
    at = f"/desk/payments/{samples.PAYMENT}"
    waits = samples.SUSPENDED.model_copy(update={"paid_at": samples.at(5)})
    home.billing.tell("GET", f"/payments/{samples.PAYMENT}", waits)
    home.billing.tell("POST", f"/suspense/{samples.PAYMENT}/disposals", samples.PROPOSED)
    officer = await home.officer(Role.COLLECTION)
    listed = (await officer.get("/desk/payments/suspense")).text
    assert f'href="{at}#place"' in listed
    assert f'href="{at}#refund"' in listed
    page = (await officer.get(at)).text
    assert "挂账 8,602.58 元，已 2 天" in page
    empty = await officer.send(f"{at}/disposals", employer_no=samples.EMPLOYER, slip_no="", ground="")
    assert empty.status_code == 422
    assert "请填写" in empty.text
    forms = (
        {"employer_no": samples.EMPLOYER, "slip_no": "", "ground": "回单"},
        {"employer_no": samples.EMPLOYER, "slip_no": samples.SLIP, "ground": "回单"},
        {"act": "refund", "why": "重复缴费"},
    )
    for form in forms:
        done = await officer.send(f"{at}/disposals", **form)
        assert done.headers["location"] == f"{at}?said=disposal_proposed"
    asked = [json.loads(one.body) for one in home.billing.commands()]
    assert [(one["act"], one["employer_no"], one["slip_no"], one["ground"]) for one in asked] == [
        ("allocate", samples.EMPLOYER, None, "回单"),
        ("match", samples.EMPLOYER, samples.SLIP, "回单"),
        ("refund", None, None, "重复缴费"),
    ]
    assert (await (await home.officer(Role.COUNTER)).send(f"{at}/disposals", **forms[2])).status_code == 403


async def test_1_5_the_second_officer_sees_the_effect_and_decides(home: House):
    await city(home)
    at = f"/desk/payments/{samples.PAYMENT}"
    home.billing.tell("GET", f"/payments/{samples.PAYMENT}", samples.SUSPENDED)
    home.billing.tell(
        "GET", f"/suspense/{samples.PAYMENT}/disposals", billing.Disposals(rows=(samples.PROPOSED,))
    )
    approve = f"{at}/disposals/{samples.DRAFT}/approve"
    own = (await (await home.officer(Role.COLLECTION, account="lin.cao")).get(at)).text
    assert approve not in own
    second = await home.officer(Role.FINANCE)
    page = (await second.get(at)).text
    assert "其中记入应缴 5,951.40 元，余 2,651.18 元仍挂账" in page
    assert 'name="placed" value="595140"' in page
    home.billing.tell("POST", f"/disposals/{samples.DRAFT}/approve", samples.PROPOSED)
    home.billing.tell("POST", f"/disposals/{samples.DRAFT}/refuse", samples.PROPOSED)
    done = await second.send(approve, placed="595140")
    assert done.headers["location"] == f"{at}?said=disposal_approved"
    assert json.loads(only(home.billing.commands()).body) == {"placed": 595140}
    back = await second.send(f"{at}/disposals/{samples.DRAFT}/refuse")
    assert back.headers["location"] == f"{at}?said=disposal_refused"


async def test_A24_a_day_that_waits_for_the_gateway_is_said_where_money_waits(home: House):
    await city(home)
    waits = BlockedJob(day=date(2016, 9, 11), job="close_window", problem="网关未答复")
    home.billing.tell("GET", "/quiescence", samples.REST.model_copy(update={"blocked": (waits,)}))
    page = (await (await home.officer(Role.COLLECTION)).get("/desk/payments/suspense")).text
    assert "欠费生成停下等待" in page
    assert "网关未答复" in page
