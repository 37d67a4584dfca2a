"""Refusals of enrollment."""

from contracts.errors.code import ErrorCode

EMPLOYER_UNKNOWN = ErrorCode("enrollment.employer_unknown", 409, "单位登记信息尚未同步", "请稍候片刻后重试")
EMPLOYER_CLOSED = ErrorCode(
    "enrollment.employer_closed", 409, "该单位已注销社会保险登记", "请到缴费所在地经办机构办理"
)
INCREASES_REFUSED = ErrorCode(
    "increase.refused", 422, "有{count}人未通过校验，本次未录入任何人员", "请按提示修改后重新提交", "三(一)"
)
NOT_AWAITING = ErrorCode(
    "increase.not_awaiting", 409, "该增员申报不在待柜台确认状态", "请核对申报编号和办理情况", "三(一)"
)
INCREASE_VOID = ErrorCode(
    "increase.void",
    409,
    "该增员申报未在当月到柜台确认，已自动作废",
    "请由单位重新办理网上增员，并在当月持材料确认",
    "三(一)",
)
PAPERS_MISSING = ErrorCode(
    "increase.papers", 422, "确认材料不全，尚缺{count}项", "请收齐所列材料后再确认，或退回申报", "三(一)"
)
ACTIVE_ELSEWHERE = ErrorCode(
    "increase.duplicate", 409, "该人员在其他单位处于参保缴费状态", "请先由原单位办理减员"
)
ACTIVE_HERE = ErrorCode("increase.active_here", 409, "该人员已在本单位参保缴费", "请核对人员名册")
PERSONAL_REASON = ErrorCode(
    "increase.reason_personal", 422, "退回原因中不能写姓名或号码", "请只写明缺少或不符的材料"
)
DECREASE_REFUSED = ErrorCode("decrease.refused", 422, "{reason}", "请按提示修改后重新提交", "三(二)")
ALREADY_ENDED = ErrorCode("decrease.ended", 409, "该人员已办理减员", "请核对减员记录", "三(二)")
ALREADY_QUEUED = ErrorCode(
    "decrease.queued", 409, "该人员已有减员预约", "请等待缴费后自动生效，或先撤销原预约", "三(二)"
)
NOT_QUEUED = ErrorCode("decrease.not_queued", 409, "该减员申报不在预约状态", "请刷新页面后核对", "三(二)")
NOT_FORCED = ErrorCode(
    "decrease.not_forced", 409, "尚无工作人员提出强制减员", "请先由一名工作人员提出并写明原因", "三(二)"
)
BASES_YEAR = ErrorCode("bases.year", 409, "现在只能申报{year}年度缴费基数", "请核对申报年度", "三(三)1")
BASES_REFUSED = ErrorCode(
    "bases.refused", 422, "有{count}人未通过校验，本次未申报任何人员", "请按提示修改后重新提交", "三(三)1"
)
BASES_NOT_DECLARED = ErrorCode(
    "bases.not_declared",
    409,
    "该年度还没有申报缴费基数",
    "请先申报缴费基数，再打印《确认表》、登记签字",
    "三(三)1",
)
BASES_SIGNED_EARLY = ErrorCode(
    "bases.signed_on", 422, "日期不能早于申报日，也不能晚于今天", "请核对日期", "三(三)1"
)
BASES_POSTED = ErrorCode(
    "bases.posted", 422, "公示不少于{days}天，起止日期不正确", "请核对公示起止日期", "三(三)1"
)
LIMITS_ORDER = ErrorCode("limits.order", 422, "下限应大于0且不高于上限", "请核对缴费基数上下限")
LIMITS_RELEASED = ErrorCode("limits.released", 409, "{month}起的上下限已经发布", "请核对执行年月")
IMPORT_STATE = ErrorCode("import.state", 409, "该导入当前状态不能进行此操作", "请刷新页面后核对")
IMPORT_ROWS = ErrorCode("import.rows", 422, "本部分有{count}处错误，未暂存任何一行", "请修改后重新上传本部分")
IMPORT_TOTALS = ErrorCode(
    "import.totals", 409, "暂存数据与控制总数不符或有未解决的问题", "请按所列问题核对后再复核"
)
