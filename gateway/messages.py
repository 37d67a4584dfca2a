"""What a page says after a command has led to it: `visit.go("/bill?said=withdrawn")`; unknown codes say nothing."""

MESSAGES: dict[str, str] = {
    "password_changed": "密码已修改，该账户的其他登录已全部退出。",
    "confirmed": "本月应缴已确认，缴费单已生成。请在有效期内缴费。",
    "slip_issued": "缴费单已生成。请在有效期内缴费。",
}
