"""The Chinese words of what the contracts name in code."""

from __future__ import annotations

from contracts.http.billing import BillState, PaymentState
from contracts.http.enrollment import IncreaseState
from contracts.http.notices import OrderState
from contracts.http.registry import Material
from contracts.values import KIND_NAMES, Channel, DebtSort, EmployerKind, Role, Scheme

KINDS = KIND_NAMES
ROLES = {
    Role.COUNTER: "柜台岗",
    Role.AUDITOR: "稽核岗",
    Role.COLLECTION: "征缴岗",
    Role.FINANCE: "财务岗",
    Role.NOTICE_EDITOR: "公告编辑",
    Role.POLICY: "政策参数岗",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}
"""The roles an officer's account may hold, in the order of the form (domain 1.5)."""
EMPLOYER_KINDS = {
    EmployerKind.ENTERPRISE: "企业",
    EmployerKind.STATE_ORGAN: "机关",
    EmployerKind.INSTITUTION: "事业单位",
    EmployerKind.ASSOCIATION: "社会团体",
    EmployerKind.PRIVATE_NON_ENTERPRISE: "民办非企业单位",
    EmployerKind.FOUNDATION: "基金会",
    EmployerKind.SOLE_TRADER: "有雇工的个体工商户",
    EmployerKind.OTHER: "其他",
}
SCHEMES = {Scheme.ENTERPRISE: "企业", Scheme.GOVERNMENT: "机关事业单位"}
MATERIALS = {
    Material.AUTHORISATION: "《开通烟台市社会保险单位网上服务系统授权书》",
    Material.AGREEMENT: "《社会保险费网上申报缴纳协议书》（一式二份）",
    Material.LICENCE: "《营业执照》副本或规定的有效证照",
    Material.IDENTITY_ORIGINAL: "被授权人身份证原件",
    Material.IDENTITY_COPY: "被授权人身份证复印件",
}
"""The five materials of opening (clause 二(一))."""
CHANNELS = {
    Channel.PORTAL: "网上",
    Channel.COUNTER: "柜台",
    Channel.API: "接口",
    Channel.BANK: "银行",
    Channel.SYSTEM: "系统",
}
INCREASES = {
    IncreaseState.CONFIRMED_AUTO: "已确认（自动）",
    IncreaseState.AWAITING_COUNTER: "待柜台确认",
    IncreaseState.CONFIRMED_COUNTER: "已确认（柜台）",
    IncreaseState.RETURNED: "已退回",
    IncreaseState.VOIDED: "自动作废",
    IncreaseState.WITHDRAWN: "已撤销",
    IncreaseState.IMPORTED: "期初导入",
}
ORDERS = {
    OrderState.PREPARED: "待制发",
    OrderState.ISSUED: "已制发，待送达",
    OrderState.SERVED: "已送达",
    OrderState.SETTLED: "已缴清",
    OrderState.LAPSED: "逾期未缴",
}
BILLS = {
    BillState.ASSESSED: "待确认",
    BillState.CONFIRMED: "已确认",
    BillState.SETTLED: "已缴清",
    BillState.ARREARS: "欠费",
}
PAYMENTS = {PaymentState.POSTED: "已入账", PaymentState.SUSPENDED: "挂账"}
DEBTS = {
    DebtSort.ORDINARY: "当月",
    DebtSort.SUPPLEMENT: "补缴",
    DebtSort.DIFFERENCE: "基数差额",
    DebtSort.CORRECTION: "更正",
}
PROCESSES = {
    "registry": "登记",
    "enrollment": "参保",
    "billing": "征缴",
    "notices": "通知",
    "gateway": "门户",
}
