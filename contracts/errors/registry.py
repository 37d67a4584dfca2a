"""Refusals of registry."""

from contracts.errors.code import ErrorCode

LOG_IN_REFUSED = ErrorCode(
    "log_in.refused",
    401,
    "登录名或密码不正确，或该账户暂时不能登录",
    "请核对后重新登录；多次失败后须等候片刻，忘记密码请向缴费所在地经办机构书面申请重置",
    "三(六)",
)
OLD_PASSWORD_WRONG = ErrorCode("password.old_wrong", 422, "原密码不正确", "请重新输入原密码")
PASSWORD_WEAK = ErrorCode("password.weak", 422, "{reason}", "请按要求换一个密码", "三")
TOO_MANY_TRIES = ErrorCode("password.too_many_tries", 429, "输入错误次数过多", "请稍候再试")
TOTP_WRONG = ErrorCode("totp.wrong", 422, "动态口令不正确或已使用", "请核对手机时间，等待下一个口令后再输入")
TOTP_NOT_OFFERED = ErrorCode("totp.not_offered", 409, "请先生成动态口令密钥", "请重新开始绑定")
OWN_ACCOUNT = ErrorCode("account.own", 409, "不能对自己的账户办理这一步", "请由另一名管理员办理")
EMPLOYER_ACCOUNT = ErrorCode(
    "account.employer", 409, "单位账户的密码凭书面申请重置", "请在“书面申请”中受理", "三(六)"
)
ACCOUNT_TAKEN = ErrorCode("officer.account_taken", 409, "登录名{account}已被使用", "请换一个登录名")
ACCOUNT_RESERVED = ErrorCode(
    "officer.account_reserved", 422, "登录名不能使用社保编号的形式", "请换一个登录名"
)
ROLES_NOT_FOR_OFFICERS = ErrorCode(
    "officer.roles", 422, "工作人员不能授予所选角色", "请至少选择一个工作人员角色"
)
ADMINISTRATORS_SEPARATE = ErrorCode(
    "officer.administrators", 409, "系统管理员、安全管理员、审计管理员不能由一人兼任", "请分别设立账户"
)
CREDIT_CODE_WRONG = ErrorCode("employer.credit_code", 422, "{reason}", "请对照证照核对统一社会信用代码")
EMPLOYER_EXISTS = ErrorCode(
    "employer.exists",
    409,
    "统一社会信用代码{credit_code}已由{name}（社保编号{employer_no}）登记",
    "请核对统一社会信用代码，或办理该单位的变更",
)
NUMBER_TAKEN = ErrorCode("employer.number_taken", 409, "社保编号{employer_no}已被使用", "请核对导入数据")
NUMBERS_EXHAUSTED = ErrorCode("employer.numbers_exhausted", 409, "社保编号已用完", "请联系市中心")
NUMBER_NOT_GIVEN = ErrorCode(
    "employer.number_not_given", 422, "社保编号由系统编排，只有期初导入可以保留原编号", "请去掉社保编号"
)
DISTRICT_UNKNOWN = ErrorCode("employer.district", 422, "{district}不是现行的县市区代码", "请从列表中选择")
KINDS_UNFIT = ErrorCode("employer.kinds", 422, "{reason}", "请核对单位类型、养老类别和参加险种")
INJURY_UNFIT = ErrorCode("employer.injury", 422, "{reason}", "请核对行业风险类别和浮动档次", "工伤保险条例10")
INSURED_FROM_LATE = ErrorCode("employer.insured_from", 422, "参保月最迟为{last}，现为{month}", "请核对参保月")
MATERIALS_MISSING = ErrorCode(
    "opening.materials", 422, "开通材料不全，尚缺{count}项", "请补齐所列材料后再办理开通", "二(一)"
)
ALREADY_OPENED = ErrorCode(
    "opening.already",
    409,
    "该单位已于{day}开通，协议编号{agreement_no}",
    "忘记密码或更换专管员请办理书面申请",
    "三(六)",
)
SIGNED_LATER = ErrorCode("opening.signed_later", 422, "协议签订日期不能晚于今天", "请核对协议签订日期")
APPLICATION_OPEN = ErrorCode(
    "application.open", 409, "该单位已有在办的同类申请{application_no}", "请先办结或退回该申请", "三(六)"
)
APPLICATION_SPECIALIST = ErrorCode(
    "application.specialist",
    422,
    "变更专管员或设立复核人须写明新的人员，其他事项不写",
    "请核对申请事项和新人员的资料",
    "三(六)",
)
APPLICATION_STATE = ErrorCode(
    "application.state", 409, "申请{application_no}当前不能办理这一步", "请刷新后查看申请的状态"
)
APPLICATION_MATERIALS = ErrorCode(
    "application.materials",
    422,
    "申请材料不全，尚缺{count}项",
    "请补齐所列材料；不能当场补齐的，退回申请并告知单位",
    "三(六)",
)
APPROVER_NONE = ErrorCode(
    "approver.none", 409, "该单位没有另设复核人", "专管员一人兼任经办和复核，请核对申请事项", "三(六)"
)
SAME_PERSON = ErrorCode(
    "approver.same_person",
    409,
    "复核人与专管员不能是同一人",
    "由一人兼任的不必另设复核人；确需调换的，请先办理撤销复核人",
    "四(二)",
)
CHANGE_OPEN = ErrorCode(
    "change.open", 409, "该单位已有在办的登记变更{change_no}", "请先办结或撤回该变更", "协议 二.7"
)
CHANGE_STATE = ErrorCode("change.state", 409, "变更{change_no}当前不能办理这一步", "请刷新后查看变更的状态")
CHANGE_NOTHING = ErrorCode("change.nothing", 422, "所填内容与现登记一致", "请填写要变更的事项")
CHANGE_NOT_OWN = ErrorCode(
    "change.not_own",
    422,
    "{fields}由经办机构核定，不能在网上申请变更",
    "请持证明材料到参保地经办机构办理",
    "协议 二.7",
)
CHANGE_DAY = ErrorCode("change.day", 422, "生效日期不能早于登记日期{first}，最迟为{last}", "请核对生效日期")
INJURY_PAST = ErrorCode(
    "change.injury_past", 422, "工伤费率自{month}起方可变更，已过月份不追溯", "请改填生效日期"
)
IMPORT_TOTALS = ErrorCode(
    "register_import.totals",
    422,
    "控制总数与文件不符，文件未接收",
    "请核对户数和各区县户数；总数应在制作文件之前另行统计",
)
IMPORT_STATE = ErrorCode("register_import.state", 409, "该导入当前不能办理这一步", "请刷新后查看其状态")
KINDS_DAY = ErrorCode(
    "change.kinds_day",
    422,
    "参加险种自某月1日起变更，最早为{first}，并须在此之前审核",
    "请改填生效日期；已过月份的险种不追溯变更",
)
REQUEST_STATE = ErrorCode("request.state", 409, "调取{request_no}当前不能办理这一步", "请刷新后查看其状态")
REQUEST_DEADLINE = ErrorCode("request.deadline", 422, "时限应在今天之后", "请核对时限", "四(一)")
REQUEST_GROUND = ErrorCode(
    "request.ground", 422, "责令改正须写明虚假、不实申报的事实，调取材料不写", "请核对类别和事实", "协议 三.1"
)
REQUEST_UNKNOWN = ErrorCode(
    "request.employers", 422, "有{count}个社保编号不存在、不属于本区县或尚未开通", "请核对所列社保编号"
)
NO_FILES = ErrorCode("request.no_files", 422, "还没有上传材料", "请先上传扫描件", "四(一)")
TOO_MANY_FILES = ErrorCode("request.too_many_files", 409, "最多上传{most}个文件", "请合并后上传")
FILE_TOO_LARGE = ErrorCode(
    "file.too_large", 413, "文件超过{megabytes}MB", "请降低扫描分辨率或分成几个文件上传"
)
FILE_REFUSED = ErrorCode("file.refused", 422, "{reason}", "请上传 PDF、JPG 或 PNG 格式的扫描件")
NOT_OPENED = ErrorCode("employer.not_opened", 409, "该单位尚未开通网上服务", "请先办理开通", "二(二)")
TEMPLATE_FAULTS = ErrorCode(
    "template.text", 422, "文本有{count}处问题，不能导入", "请按所列行号修改文本文件后重新导入"
)
TEMPLATE_RELEASED = ErrorCode("template.released", 409, "{day}起的文本已复核发布", "请改填生效日期后重新导入")
TEMPLATE_DAY = ErrorCode("template.day", 422, "生效日期不能早于今天", "已按原文本签订的协议书不受影响")
DEREGISTRATION_BARRED = ErrorCode(
    "deregistration.barred",
    409,
    "还有{count}项未了结，不能办理注销登记",
    "请先办结所列事项；缴清社会保险费、滞纳金并办理全部人员减员后再申请",
    "社会保险经办条例10",
)
DEREGISTRATION_OPEN = ErrorCode(
    "deregistration.open", 409, "该单位已申请注销登记{deregistration_no}", "请在该申请上办理"
)
DEREGISTRATION_STATE = ErrorCode(
    "deregistration.state", 409, "注销登记{deregistration_no}当前不能办理这一步", "请刷新后查看其状态"
)
DEREGISTRATION_DAY = ErrorCode(
    "deregistration.day", 422, "终止日期应在登记日期{first}至今天之间", "请核对终止日期"
)
DEREGISTERED = ErrorCode(
    "employer.deregistered", 409, "该单位已于{day}注销登记", "如需恢复参保，请到参保地经办机构重新办理登记"
)
OPENING_CASE_OPEN = ErrorCode(
    "opening.case_open", 409, "该单位已有在办的开通受理{case_no}", "请在该受理中继续办理", "二(一)"
)
OPENING_CASE_STATE = ErrorCode("opening.case_state", 409, "开通受理{case_no}已经办结", "请刷新后查看其结果")
CALENDAR_DAYS = ErrorCode("calendar.days", 422, "有{count}个日期不对", "请对照放假通知核对所列日期")
CALENDAR_PASSED = ErrorCode(
    "calendar.passed",
    422,
    "{day}等{count}天已经过去，不能再改",
    "已按原工作日表计算的期限不变，请只改今后的日期",
)
CALENDAR_RELEASED = ErrorCode(
    "calendar.released", 409, "这份{year}年工作日表已经发布", "需要再改的请重新录入"
)
