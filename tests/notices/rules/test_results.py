"""How decisions read (协议 二.6)."""

from datetime import date

import pytest

from contracts.values import Outcome
from services.enrollment.rules.increase import CounterReason
from services.notices.rules.results import MATTER_NAMES, OUTCOME_NAMES, read_decision


def test_clause_3_1_an_increase_confirmed_says_what_to_print_and_keep():
    text = read_decision("increase", Outcome.ACCEPTED)
    assert (text.matter_name, text.outcome_name) == ("增员申报", "办理成功")
    assert text.sentence == "增员申报已确认。"
    assert "《参保单位缴纳社会保险费人员增加表》" in text.next_step
    assert text.next_step.endswith("留存备查。")


def test_clause_3_1_a_waiting_increase_says_why_where_with_what_and_until_when():
    text = read_decision(
        "increase", Outcome.WAITING, reason_code="increase.late", deadline=date(2016, 10, 31)
    )
    assert text.sentence == "增员申报已录入，待柜台确认：超过用工申报期限。"
    assert "于2016年10月31日前（含当日）到缴费所在地社会保险经办机构" in text.next_step
    assert "（一式两份）" in text.next_step


def test_clause_3_1_a_void_increase_must_be_entered_anew():
    text = read_decision("increase", Outcome.VOIDED)
    assert text.sentence == "增员申报未在当月到柜台确认，已自动作废。"
    assert text.next_step.startswith("请重新办理网上增员")


def test_clause_3_2_a_queued_decrease_waits_for_payment():
    text = read_decision("decrease", Outcome.WAITING)
    assert text.sentence == "减员申报已预约。"
    assert "缴清后系统自动确认减员" in text.next_step


def test_agreement_2_6_the_owners_words_win():
    text = read_decision(
        "decrease", Outcome.REFUSED, reason_code="left_on.future", reason="日期有误。", next_step="请核对"
    )
    assert (text.sentence, text.next_step) == ("减员申报未通过：日期有误。", "请核对。")


def test_agreement_2_6_an_unknown_matter_or_code_still_gives_a_sentence():
    text = read_decision("something", Outcome.REFUSED, reason_code="what.ever")
    assert (text.matter_name, text.sentence, text.next_step) == ("业务申报", "业务申报未通过。", "")


@pytest.mark.parametrize("reason", CounterReason)
def test_a5_a10_every_counter_reason_has_its_words(reason):
    text = read_decision("increase", Outcome.WAITING, reason_code=reason.value)
    assert "：" in text.sentence
    assert "于当月到缴费所在地" in text.next_step


@pytest.mark.parametrize("matter", MATTER_NAMES)
@pytest.mark.parametrize("outcome", Outcome)
def test_agreement_2_6_every_matter_and_outcome_reads_as_a_sentence(matter, outcome):
    text = read_decision(matter, outcome)
    assert text.sentence.endswith("。")
    assert "{" not in text.sentence + text.next_step
    assert text.outcome_name == OUTCOME_NAMES[outcome]
