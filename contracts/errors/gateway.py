"""Refusals of the gateway itself: the bank door and the pages."""

from contracts.errors.code import ErrorCode

BAD_SIGNATURE = ErrorCode("bank.bad_signature", 401, "签名无效", "请按接口说明核对密钥编号、算法和待签名内容")
STALE = ErrorCode(
    "bank.stale_timestamp", 401, "时间戳超出允许的{seconds}秒", "请校准时钟，并重新签名后再次发送"
)
NONCE_REUSED = ErrorCode(
    "bank.nonce_reused", 401, "该随机串已用于内容不同的请求", "请更换随机串并重新签名后再次发送"
)
SERIAL_REUSED = ErrorCode(
    "bank.serial_reused", 409, "该流水号已用于内容不同的缴费通知", "请核对流水号；原通知已受理，不会重复入账"
)
"""The first notification stands; the second is counted and alarmed, never booked (domain 5)."""
NOT_A_SHEET = ErrorCode(
    "sheet.unreadable",
    422,
    "无法读取该文件",
    "请下载增员模板，按模板填写后以 .xlsx 格式上传，文件不超过 8 MB",
)
ACTIVE_SHEET = ErrorCode(
    "sheet.active", 422, "文件含有宏、控件或外部链接", "请把内容以“仅值”粘贴到增员模板，另存为 .xlsx 后上传"
)
FORMULA = ErrorCode(
    "sheet.formula", 422, "单元格 {cell} 是公式", "请复制后以“仅值”粘贴，使每个单元格都是文字，再上传"
)
SHEET_TOO_LARGE = ErrorCode(
    "sheet.too_large", 422, "表格过大，无法读取", "请把人员复制到新下载的模板中，不要保留多余的行和列，再上传"
)
NOT_A_REGISTER = ErrorCode(
    "register.unreadable",
    422,
    "无法读取该文件",
    "请上传 .xlsx、CSV（UTF-8 或 GBK）或 JSON 行文件，不超过 8 MB",
)
NOT_JSON_LINES = ErrorCode(
    "register.json", 422, "第{row}行不是 JSON 对象", "每行应是一个 JSON 对象，键为字段名或列标题"
)
EMPTY_REGISTER = ErrorCode("register.empty", 422, "文件中没有单位", "请从第 2 行起每行填写一个单位")
TOO_MANY_EMPLOYERS = ErrorCode(
    "register.too_many", 422, "一次最多上传 {most} 户", "请分成几个文件，各带自己的控制总数"
)
MISSING_COLUMNS = ErrorCode(
    "sheet.missing_columns", 422, "表格缺少必填列：{columns}", "请下载最新模板，不要修改表头"
)
SHEET_FAULTS = ErrorCode(
    "sheet.faults", 422, "表格中有{count}处错误，未提交任何人员", "请按所列行和列修改后重新上传"
)
EMPTY_SHEET = ErrorCode("sheet.empty", 422, "表格中没有填写人员", "请从第 2 行起每行填写一人")
TOO_MANY_ROWS = ErrorCode("sheet.too_many_rows", 422, "一次最多上传 {most} 人", "请分成几个文件上传")
SLIP_PRINTED = ErrorCode(
    "opening.slip_printed",
    409,
    "开通单只能打印一次，该单已打印或已超过时限",
    "如未拿到开通单，请由单位书面申请重置密码",
    "三(六)",
)
APPROVER_NAMED = ErrorCode(
    "approver.named",
    403,
    "您的账户只能经办，该事项由本单位复核人{who}（账户{account}）办理",
    "请复核人用本人的账户登录后办理",
    "四(二)",
)
PASSWORDS_DIFFER = ErrorCode("password.differ", 422, "两次输入的新密码不一致", "请重新输入两次新密码", "三")
NOBODY_CHOSEN = ErrorCode("print.nobody_chosen", 422, "没有勾选要打印的人员", "请先勾选，再打印")
CELL_TOO_LONG = ErrorCode(
    "sheet.cell_too_long", 422, "表格中有内容过长的单元格", "请缩短所列单元格后重新上传"
)
