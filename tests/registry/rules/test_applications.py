"""Materials and terms of written applications (clause 三(六), reading A32)."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.http.applications import ApplicationMaterial as Material
from contracts.http.applications import ApplicationMatter, ApplicationState
from services.chassis.policy import MissingPolicy
from services.chassis.workdays import WorkingDays, seed_from_chinesecalendar
from services.registry.rules.applications import is_overdue, missing, needs, term

CALENDAR = WorkingDays.of(seed_from_chinesecalendar([2016]))
WRITTEN = (Material.APPLICATION, Material.SEAL, Material.SIGNATURE)


def test_3_6_a_reset_needs_the_sealed_and_signed_application():
    assert needs(ApplicationMatter.PASSWORD) == WRITTEN
    assert missing(ApplicationMatter.PASSWORD, {Material.APPLICATION, Material.SEAL}) == (Material.SIGNATURE,)
    assert missing(ApplicationMatter.PASSWORD, set(WRITTEN)) == ()


def test_3_6_a_new_specialist_needs_the_letter_and_the_identity_card_too():
    further = (Material.AUTHORISATION, Material.IDENTITY_ORIGINAL, Material.IDENTITY_COPY)
    assert missing(ApplicationMatter.SPECIALIST, set(WRITTEN)) == further


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2016, 9, 30), date(2016, 10, 8)),
        (date(2016, 9, 7), date(2016, 9, 8)),
        (date(2016, 9, 9), date(2016, 9, 12)),
        (date(2016, 9, 14), date(2016, 9, 18)),
        (date(2016, 10, 8), date(2016, 10, 9)),
    ],
)
def test_A32_one_working_day_ends_on_the_next_day_of_the_adjusted_calendar(day: date, last: date):
    assert term(day, CALENDAR) == last


def test_1_5_a_year_without_a_calendar_is_named():
    with pytest.raises(MissingPolicy, match="2017"):
        term(date(2016, 12, 31), CALENDAR)


@pytest.mark.parametrize(
    ("state", "today", "late"),
    [
        (ApplicationState.RECEIVED, date(2016, 9, 8), False),
        (ApplicationState.RECEIVED, date(2016, 9, 9), True),
        (ApplicationState.CHECKED, date(2016, 9, 12), False),
        (ApplicationState.CHECKED, date(2016, 9, 13), True),
        (ApplicationState.RETURNED, date(2016, 12, 1), False),
        (ApplicationState.DONE, date(2016, 12, 1), False),
    ],
)
def test_A32_unchecked_after_one_working_day_and_unfinished_after_one_are_overdue(
    state: ApplicationState, today: date, *, late: bool
):
    assert is_overdue(state, date(2016, 9, 8), date(2016, 9, 12), today) is late
