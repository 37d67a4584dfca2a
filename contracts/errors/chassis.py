"""Refusals that any process may give."""

from contracts.errors.code import ErrorCode

BAD_INPUT = ErrorCode("input.invalid", 422, "提交的内容有误", "请按提示修改后重新提交")
NOT_LOGGED_IN = ErrorCode("identity.missing", 401, "尚未登录或登录已失效", "请重新登录")
FORBIDDEN = ErrorCode("identity.forbidden", 403, "无权办理该事项", "请由有相应权限的人员办理")
APPROVER_ONLY = ErrorCode(
    "identity.approver_only",
    403,
    "本单位已另设复核人，该事项由复核人办理",
    "请复核人用本人的账户登录后办理；复核人见“单位与账户”",
    "四(二)",
)
NOT_FOUND = ErrorCode("not_found", 404, "没有找到该内容", "请核对后重新查询")
CONFLICT = ErrorCode("conflict", 409, "该内容已被他人修改", "请刷新页面后重新办理")
SAME_OFFICER = ErrorCode(
    "four_eyes.same_officer", 409, "复核人与经办人不能为同一人", "请由另一名工作人员复核"
)
KEY_REUSED = ErrorCode("idempotency.key_reused", 409, "同一幂等键已用于不同的请求", "请更换幂等键后重试")
MISSING_POLICY = ErrorCode(
    "policy.missing", 409, "缺少{what}（{when}）的政策数据", "请联系经办机构发布后再办理"
)
UNAVAILABLE = ErrorCode("unavailable", 503, "系统繁忙，暂时无法办理", "请稍后再试，已提交的内容不会丢失")
