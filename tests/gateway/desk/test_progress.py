"""缴费期进度 by day, and the districts by their share (征缴看板)."""

from __future__ import annotations

from datetime import date

from contracts.http.billing import CollectionDay
from contracts.values import Role
from gateway.desk.board import by_share
from gateway.desk.progress import line
from tests.gateway.desk.city import fill
from tests.gateway.desk.samples import COLLECTION
from tests.servers.house import House


def test_3_4_the_share_grows_by_the_days_that_have_begun():
    points = line(COLLECTION, date(2016, 9, 7))
    assert [(one.day, one.percent) for one in points] == [
        (1, "0.0%"), (2, "10.0%"), (3, "10.0%"), (4, "10.0%"), (5, "10.0%"), (6, "10.0%"), (7, "79.6%"),
    ]  # fmt: skip
    assert (points[0].x, points[0].y, points[-1].x, points[-1].y) == (40, 200, 506, 57)


def test_3_4_the_line_ends_with_the_window_and_leaves_out_who_paid_late():
    late = CollectionDay(day=date(2016, 9, 20), employers_paid=61)
    points = line(COLLECTION.model_copy(update={"days": (*COLLECTION.days, late)}), date(2016, 10, 3))
    assert (len(points), points[-1].day, points[-1].percent, points[-1].x) == (10, 10, "79.6%", 740)


def test_3_4_without_employers_or_before_the_window_there_is_no_line():
    assert line(None, date(2016, 9, 7)) == ()
    assert line(COLLECTION.model_copy(update={"employers": 0, "days": ()}), date(2016, 9, 7)) == ()
    assert line(COLLECTION, date(2016, 8, 31)) == ()


def test_3_4_districts_stand_by_share_and_not_by_count():
    small, large = COLLECTION.districts[1], COLLECTION.districts[0]
    behind = large.model_copy(update={"employers": 1000, "employers_paid": 200})
    assert by_share((small, behind)) == [behind, small]


async def test_3_4_the_board_draws_this_month_beside_the_last(home: House):
    fill(home)
    page = (await (await home.officer(Role.COUNTER)).get("/desk")).text
    assert "2016年9月已缴单位占比；1日 0.0%；2日 10.0%" in page
    assert page.count("<polyline") == 2
    asked = [one.query for one in home.billing.asked if one.path == "/collection"]
    assert sorted(asked) == ["month=2016-08", "month=2016-09"]
