"""工作日表 of a year from the notice's dates: rest days, faults, what changes and what has passed (A1, A32)."""

from __future__ import annotations

from datetime import date

from services.chassis.workdays import seed_from_chinesecalendar
from services.registry.rules.calendar import Fault, change, faults, passed, rest_days

NATIONAL_2016 = tuple(date(2016, 10, day) for day in range(1, 8))
SWAPPED_2016 = (date(2016, 10, 8), date(2016, 10, 9))


def test_A32_october_2016_from_the_notice():
    rest = set(rest_days(2016, NATIONAL_2016, SWAPPED_2016))
    assert [day.day for day in sorted(rest) if day.month == 10] == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        15,
        16,
        22,
        23,
        29,
        30,
    ]


def test_A32_a_whole_year_of_the_notice_is_the_year_of_the_package():
    package = {row.day for row in seed_from_chinesecalendar([2016]) if not row.working}
    weekend = set(rest_days(2016, (), ()))
    made = rest_days(2016, tuple(package - weekend), tuple(weekend - package))
    assert (set(made), len(made)) == (package, 116)


def test_A32_dates_that_cannot_be_meant_are_named():
    found = list(faults(2017, [date(2016, 12, 31), date(2017, 1, 2)], [date(2017, 1, 2), date(2017, 1, 3)]))
    assert found == [
        Fault("holidays", date(2016, 12, 31), "不在2017年"),
        Fault("swapped", date(2017, 1, 2), "既放假又上班"),
        Fault("swapped", date(2017, 1, 3), "不是周末，本来就上班"),
    ]


def test_A32_what_has_passed_is_not_changed():
    changed = change(
        [date(2016, 9, 3), date(2016, 10, 7)], [date(2016, 9, 5), date(2016, 10, 7), date(2016, 10, 8)]
    )
    assert tuple(changed) == ((date(2016, 9, 5), date(2016, 10, 8)), (date(2016, 9, 3),))
    assert passed(changed, date(2016, 9, 7)) == (date(2016, 9, 3), date(2016, 9, 5))
    assert tuple(change(None, [date(2016, 9, 5)])) == ((), ())
