"""What a page says after a command has led to it: `visit.go("/bill?said=withdrawn")`; unknown codes say nothing."""

MESSAGES: dict[str, str] = {
    "password_changed": "密码已修改，该账户的其他登录已全部退出。",
    "confirmed": "本月应缴已确认，缴费单已生成。请在有效期内缴费。",
    "slip_issued": "缴费单已生成。请在有效期内缴费。",
    "increase_confirmed": "增员已确认，结果已告知单位。",
    "increase_returned": "增员已退回，原因已告知单位。",
    "employer_registered": "单位已登记，社保编号已编排。接下来请办理网上服务开通。",
    "decrease_confirmed_auto": "减员已生效，结果已告知单位。",
    "decrease_proposed": "已提请，须由另一名工作人员复核。",
    "decrease_queued": "减员已预约，待当月缴清后自动生效。",
    "money_taken": "款项已收，入账结果如下。",
    "orders_released": "通知书已制发，单位下次登录时可以签收。",
    "notice_posted": "通知已发布。",
    "policy_drafted": "已录入，须由另一名工作人员复核发布后生效。",
    "policy_released": "已复核发布。",
    "letter_replayed": "该消息已重新处理完毕。",
}
