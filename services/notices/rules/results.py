"""How the decision of a submission reads in Chinese: a sentence and the next step (协议 二.6).

The owner's own words win; this table fills what the event left empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.values import Outcome

MATTER_NAMES: dict[str, str] = {
    "opening": "网上服务开通",
    "increase": "增员申报",
    "decrease": "减员申报",
    "base": "缴费基数申报",
    "correction": "缴费基数更正",
    "ceiling": "最高缴费基数稽核",
    "confirm": "缴费确认",
    "payment": "社会保险费缴纳",
    "refund": "退费申请",
    "registration": "登记信息变更",
    "deregistration": "注销登记",
    "specialist": "专管员变更",
    "password": "密码重置",
    "approver": "设立（更换）复核人",
    "approver_password": "复核人密码重置",
    "approver_end": "撤销复核人",
    "materials": "材料调取",
    "correction_order": "责令改正",
    "person": "人员信息变更",
}
OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.ACCEPTED: "办理成功",
    Outcome.WAITING: "待办理",
    Outcome.REFUSED: "未通过",
    Outcome.VOIDED: "已作废",
}
_UNKNOWN_MATTER = "业务申报"

_TO_COUNTER = (
    "请持用工备案材料、《劳动用工备案花名册》和《参保单位缴纳社会保险费人员增加表》（一式两份），"
    "{by}到缴费所在地社会保险经办机构办理确认，逾期自动作废"
)
_BY_OUTCOME: dict[tuple[str, Outcome], tuple[str, str]] = {
    ("increase", Outcome.ACCEPTED): (
        "增员申报已确认",
        "请打印《参保单位缴纳社会保险费人员增加表》，与《劳动用工备案花名册》一起留存备查",
    ),
    ("increase", Outcome.WAITING): ("增员申报已录入，待柜台确认", _TO_COUNTER),
    ("increase", Outcome.REFUSED): ("增员申报未通过", "请按原因修改后重新申报"),
    ("increase", Outcome.VOIDED): (
        "增员申报未在当月到柜台确认，已自动作废",
        "请重新办理网上增员，并在当月持材料到缴费所在地社会保险经办机构确认",
    ),
    ("decrease", Outcome.ACCEPTED): (
        "减员申报已确认",
        "请打印《参保单位缴纳社会保险费人员减少表》，与《终止（解除）劳动合同证明书》一起留存备查",
    ),
    ("decrease", Outcome.WAITING): ("减员申报已预约", "请先缴清离职当月的社会保险费，缴清后系统自动确认减员"),
    ("decrease", Outcome.REFUSED): ("减员申报未通过", "请按原因修改后重新申报，或到柜台办理"),
    ("opening", Outcome.ACCEPTED): ("网上服务已开通", "请使用初始密码登录，首次登录须修改密码"),
    ("opening", Outcome.REFUSED): ("网上服务未能开通", "请补齐材料后到参保地社会保险经办机构办理"),
    ("payment", Outcome.ACCEPTED): ("社会保险费已到账", "票据由经办机构邮寄或在柜台领取"),
    ("payment", Outcome.WAITING): ("款项已收到，尚未对应到缴费单", "请联系经办机构核对后入账或退款"),
}
_BY_REASON: dict[str, tuple[str, str]] = {
    "increase.late": ("超过用工申报期限", _TO_COUNTER),
    "increase.foreign": ("外国人增员须柜台确认", _TO_COUNTER),
    "increase.hmt": ("港澳台人员增员须柜台确认", _TO_COUNTER),
    "increase.retirement_age": ("已达到法定退休年龄，须柜台确认", _TO_COUNTER),
    "increase.duplicate_counter": ("在其他单位处于参保缴费状态，须柜台确认", _TO_COUNTER),
    "increase.duplicate": ("在其他单位处于参保缴费状态", "请由原单位先办理减员后重新申报，或到柜台办理"),
    "increase.active_here": ("该人员已在本单位参保缴费", "无需重复申报，请核对人员名册"),
    "increase.pending_here": ("该人员已有待柜台确认的增员申报", "请持材料到柜台确认原申报"),
    "increase.not_confirmed": ("未在当月到柜台确认", "请重新办理网上增员，并在当月到柜台确认"),
    "hired_on.future": ("用工日期晚于申报当日", "请在用工之日起申报"),
    "hired_on.before_employer": (
        "用工日期早于单位参保登记日期",
        "请核对用工日期；确属此前用工的，请到柜台办理",
    ),
    "hired_on.under_age": ("用工时未满16周岁", "请核对身份证号码和用工日期"),
    "decrease.unpaid": ("离职当月社会保险费尚未缴清", "请缴费后重新办理减员"),
    "left_on.future": ("离职日期晚于申报当日", "请在离职后申报"),
    "left_on.before_hire": ("离职日期早于用工日期", "请核对离职日期"),
    "left_on.before_first_month": ("离职日期早于起缴年月", "请核对离职日期"),
    "left_on.not_month_of_death": ("离职日期不在死亡当月", "请将离职日期填为死亡当月"),
    "extra_date.missing": ("缺少该减员原因所需的日期", "请补充日期后重新申报"),
    "extra_date.future": ("所填日期晚于申报当日", "请核对日期"),
    "reason.unknown": ("未选择减员原因", "请如实选择减员原因"),
    "note.missing": ("缺少减员原因说明", "请填写说明后重新申报"),
}


@dataclass(frozen=True, slots=True)
class ResultText:
    """What the employer reads: names, one sentence, what to do next."""

    matter_name: str
    outcome_name: str
    sentence: str
    next_step: str


def read_decision(
    matter: str,
    outcome: Outcome,
    *,
    reason_code: str = "",
    reason: str = "",
    next_step: str = "",
    deadline: date | None = None,
) -> ResultText:
    """Word a decision as its owner published it; unknown matters and codes still give a sentence."""
    matter_name = MATTER_NAMES.get(matter, _UNKNOWN_MATTER)
    head, usual_step = _BY_OUTCOME.get((matter, outcome), (matter_name + OUTCOME_NAMES[outcome], ""))
    cause, cause_step = _BY_REASON.get(reason_code, ("", ""))
    because = reason.rstrip("。") or cause
    sentence = f"{head}：{because}。" if because else f"{head}。"
    step = next_step or cause_step or usual_step
    return ResultText(matter_name, OUTCOME_NAMES[outcome], sentence, _step(step, deadline))


def _step(template: str, deadline: date | None) -> str:
    by = f"于{deadline.year}年{deadline.month}月{deadline.day}日前（含当日）" if deadline else "于当月"
    step = template.replace("{by}", by)
    return f"{step}。" if step and not step.endswith("。") else step
