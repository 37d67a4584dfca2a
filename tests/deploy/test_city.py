"""The demo city's made-up people and employers: valid, distinct, and alike on every run."""

from __future__ import annotations

import itertools
import statistics

from stdnum.cn import ric, uscc

from contracts.values import EmployerKind
from deploy.city.employers import employers
from deploy.city.log_ins import own_password
from deploy.city.people import id_number, person
from deploy.city.sheet import sheet
from deploy.city.sizes import sizes
from deploy.city.staff import newcomers, newly_hired, settled
from gateway.sheets.read import read_increases
from services.enrollment.choices import choices
from services.enrollment.rules.rows import read_row
from services.registry.rules.passwords import weakness


def test_sizes_are_heavy_tailed_and_sum_to_the_persons_asked_for() -> None:
    drawn = sizes(300, 7_000)
    assert len(drawn) == 300
    assert sum(drawn) == 7_000
    assert min(drawn) >= 1
    assert 4 <= statistics.median(drawn) <= 6
    assert max(drawn) > 300
    assert sizes(300, 7_000) == drawn


def test_identity_numbers_are_valid_and_nobody_shares_one() -> None:
    numbers = [id_number(index) for index in (*range(20_000), *range(90_000_000, 90_000_300))]
    assert len(set(numbers)) == len(numbers)
    assert all(ric.calc_check_digit(number) == number[-1] for number in numbers[:500])


def test_employers_have_valid_codes_of_their_own_and_all_people_are_placed_once() -> None:
    city = employers(300, 7_000)
    assert all(uscc.is_valid(it.entry.credit_code) for it in city)
    assert len({it.entry.credit_code for it in city}) == 300
    assert sum(it.heads for it in city) == 7_000
    places = sorted((it.first, it.heads) for it in city)
    assert all(first + heads == following for (first, heads), (following, _) in itertools.pairwise(places))
    assert EmployerKind.INSTITUTION in {it.entry.kind for it in city}


def test_V1_the_employer_of_the_worked_example_comes_first_with_its_three_people() -> None:
    golden = employers(300, 7_000)[0]
    assert (golden.number, golden.entry.name) == ("3706000123", "烟台海源机械有限公司")
    assert golden.entry.injury_class == 4
    people = [(it.name, it.wage, it.rural_contract) for it in settled(golden)]
    assert people == [("王建国", 250_000, False), ("李秀英", 543_137, False), ("张伟", 1_600_000, True)]
    assert all(ric.calc_check_digit(it.id_number) == it.id_number[-1] for it in settled(golden))


async def test_a_newcomers_sheet_is_read_without_a_fault() -> None:
    employer = next(it for it in employers(300, 7_000) if newcomers(it))
    people = newly_hired(employer)
    rows = await read_increases(sheet(people), choices().columns)
    assert [row.id_number for row in rows] == [it.id_number for it in people]
    assert [fault for row in rows for fault in read_row(row).faults] == []
    assert {it.id_number for it in people}.isdisjoint({it.id_number for it in settled(employer)})


def test_a_person_is_the_same_on_every_run() -> None:
    assert person(4711) == person(4711)
    assert person(4711) != person(4712)


def test_a_password_follows_from_the_secret_and_is_strong() -> None:
    made = own_password("secret of this machine", "guitai1")
    assert made == own_password("secret of this machine", "guitai1")
    assert made != own_password("another secret", "guitai1")
    assert weakness(made) is None
