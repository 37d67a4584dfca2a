"""Limits of bases: shipped, drafted, released by two officers (domain 1.5, 3.3)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from contracts.values import Role
from tests.enrollment.conftest import (
    OWN,
    POLICY,
    POLICY_TWO,
    bodies,
    enrolled,
    officer,
)
from tests.servers.bare_service import BareService

NEW = {
    "year": 2019,
    "average_wage": 6_538_000,
    "floor": 326_900,
    "ceiling": 1_634_600,
    "effective_from": "2019-01",
    "published_on": "2019-06-30",
    "document_no": "试验〔2019〕1号",
}


async def test_3_3_limits_of_2014_to_2018_are_shipped_and_released_by_two(enrollment: BareService):
    rows = (await enrollment.get("/limits", POLICY)).json()["rows"]
    assert [(row["effective_from"], row["floor"], row["ceiling"]) for row in rows] == [
        ("2018-01", 346_500, 1_732_600),
        ("2017-01", 317_800, 1_589_100),
        ("2016-01", 291_000, 1_454_900),
        ("2015-01", 262_300, 1_311_500),
        ("2014-01", 238_300, 1_191_300),
    ]
    assert all(row["drafted_by"] != row["released_by"] for row in rows)
    assert all(row["document_no"] and row["warnings"] == [] for row in rows)


async def test_3_3_limits_not_yet_published_do_not_hold(enrollment: BareService):
    """On 2016-09-07 those of 2017 are not known to anybody, whatever the table holds."""
    await enrolled(enrollment, monthly_wage="2000")
    assert (await bodies(enrollment, "EnrollmentStarted"))[0]["base"] == 291_000


async def test_1_5_limits_take_two_officers(enrollment: BareService):
    drafted = (await enrollment.post("/limits", POLICY, NEW)).json()
    assert (drafted["drafted_by"], drafted["released_by"]) == ("zheng.ce", None)
    path = f"/limits/{drafted['id']}/release"
    same = await enrollment.post(path, POLICY)
    assert (same.status_code, same.json()["code"]) == (409, "four_eyes.same_officer")
    assert await enrollment.events() == []
    assert (await enrollment.post(path, POLICY_TWO)).json()["released_by"] == "fu.he"
    assert await enrollment.events() == [("BaseLimitsPublished", "limits/2019-01")]
    body = (await bodies(enrollment, "BaseLimitsPublished"))[0]
    assert (body["floor"], body["ceiling"], body["document_no"]) == (326_900, 1_634_600, "试验〔2019〕1号")
    again = await enrollment.post("/limits", POLICY, NEW)
    assert again.json()["code"] == "limits.released"


async def test_1_5_the_database_itself_refuses_one_officer_for_both(enrollment: BareService):
    drafted = (await enrollment.post("/limits", POLICY, NEW)).json()
    with pytest.raises(IntegrityError, match="ck_base_limits_four_eyes"):
        async with enrollment.chassis.sessions() as session:
            await session.execute(
                text("UPDATE base_limits SET released_by = drafted_by WHERE id = CAST(:id AS uuid)"),
                {"id": drafted["id"]},
            )


async def test_laws_limits_are_the_citys_and_the_policy_officers(enrollment: BareService):
    assert (await enrollment.post("/limits", OWN, NEW)).status_code == 403
    assert (await enrollment.post("/limits", officer(Role.POLICY), NEW)).status_code == 403
    assert (
        await enrollment.post("/limits", officer(Role.COUNTER, district="370600"), NEW)
    ).status_code == 403
    crossed = NEW | {"floor": 2_000_000}
    assert (await enrollment.post("/limits", POLICY, crossed)).json()["code"] == "limits.order"
    off = (await enrollment.post("/limits", POLICY, NEW | {"floor": 320_000})).json()
    assert off["warnings"] == ["下限3200元与上年度月平均工资的60%相差超过1元，请核对"]
