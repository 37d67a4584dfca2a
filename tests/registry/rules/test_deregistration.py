"""What stands in the way of 注销登记 (A20, JB 10)."""

from datetime import date

from contracts.month import Month
from services.registry.rules.deregistration import BilledMonth, Standing, is_late, obstacles

AUGUST, SEPTEMBER, OCTOBER = Month(2016, 8), Month(2016, 9), Month(2016, 10)
TODAY = date(2016, 10, 20)


def said(standing: Standing, today: date = TODAY) -> list[tuple[str, str]]:
    return [
        (fault.code.removeprefix("deregistration."), fault.message) for fault in obstacles(standing, today)
    ]


def test_A20_an_employer_that_owes_nothing_may_go():
    paid = BilledMonth(SEPTEMBER, 860258, confirmed=True, settled=True)
    emptied = BilledMonth(OCTOBER, 0)
    assert said(Standing((paid, emptied), last_months=(SEPTEMBER,), newest_fact=date(2016, 9, 30))) == []


def test_A20_each_open_month_is_named_with_its_sum_and_how_far_it_is():
    bills = (
        BilledMonth(OCTOBER, 860258),
        BilledMonth(SEPTEMBER, 860258, confirmed=True),
        BilledMonth(AUGUST, 860258, settled=True, in_arrears=True),
    )
    assert said(Standing(bills)) == [
        ("arrears", "2016年8月的欠费（本金或滞纳金）尚未缴清"),
        ("unpaid", "2016年9月应缴8,602.58元已确认，尚未缴清"),
        ("unconfirmed", "2016年10月应缴8,602.58元尚未确认和缴清"),
    ]


def test_A20_people_still_insured_are_counted():
    assert said(Standing(insured=3)) == [("insured", "尚有3人在册参保，请先办理减员")]


def test_A20_a_last_month_without_a_bill_is_not_settled():
    settled = BilledMonth(SEPTEMBER, 5, settled=True)
    assert said(Standing((settled,), last_months=(SEPTEMBER, OCTOBER))) == [
        ("unbilled", "2016年10月应缴尚未核定")
    ]


def test_A7_a_last_month_that_a_later_bill_carries_is_billed_and_one_before_the_cut_over_is_no_concern():
    later = BilledMonth(OCTOBER, 5, settled=True)
    assert said(Standing((later,), last_months=(SEPTEMBER,))) == []
    assert said(Standing(last_months=(AUGUST,))) == []


def test_A7_an_increase_of_this_month_waits_for_the_bill_that_may_carry_its_supplement():
    wait = "本月有新增人员或基数调整，可能产生补缴，2016年11月1日应缴核定后方可办理"
    assert said(Standing(newest_fact=date(2016, 10, 1))) == [("to_come", wait)]
    assert said(Standing(newest_fact=date(2016, 9, 30))) == []


def test_SIL_57_thirty_days_after_the_end_are_in_time():
    assert not is_late(date(2016, 9, 1), date(2016, 10, 1))
    assert is_late(date(2016, 9, 1), date(2016, 10, 2))
