"""The word and the tone of every state: colour never stands alone."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, TypeVar

from contracts.events.billing import Allocation, DebtSum, SlipSort
from contracts.http.applications import ApplicationMatter, ApplicationState
from contracts.http.billing import BillState, DisposalAct, DisposalState, PaymentState, SlipState
from contracts.http.changes import ChangeState
from contracts.http.deregistrations import DeregistrationState, Ground
from contracts.http.enrollment import DecreaseState, IncreaseState, Path
from contracts.http.materials import RequestSort, RequestState
from contracts.http.notices import OrderState
from contracts.http.openings import OpeningState, ServiceState
from contracts.http.register_imports import RegisterImportState
from contracts.http.registry import Affiliation, Funding, PaymentWay
from contracts.values import (
    KIND_CODES,
    KIND_NAMES,
    Channel,
    DebtSort,
    EmployerKind,
    Kind,
    Outcome,
    Role,
    Scheme,
)

_Kinded = TypeVar("_Kinded", Allocation, DebtSum)


class Word(NamedTuple):
    """A state's word and its tone: ok, warn, bad, info or none."""

    text: str
    tone: str = ""


STATES: dict[type[StrEnum], dict[str, Word]] = {
    BillState: {
        BillState.ASSESSED: Word("待确认", "warn"),
        BillState.CONFIRMED: Word("待缴费", "warn"),
        BillState.SETTLED: Word("已缴清", "ok"),
        BillState.ARREARS: Word("欠费", "bad"),
    },
    SlipState: {
        SlipState.VALID: Word("有效，待缴费", "info"),
        SlipState.PAID: Word("已缴", "ok"),
        SlipState.VOIDED: Word("已作废", "bad"),
        SlipState.EXPIRED: Word("已过期", "bad"),
    },
    SlipSort: {SlipSort.ORDINARY: Word("正常缴费"), SlipSort.ARREARS: Word("补缴欠费", "warn")},
    PaymentState: {
        PaymentState.POSTED: Word("已入账", "ok"),
        PaymentState.SUSPENDED: Word("挂账待处理", "warn"),
        PaymentState.REFUND: Word("已核准退款", "info"),
    },
    DisposalAct: {
        DisposalAct.MATCH: Word("记入缴费单"),
        DisposalAct.ALLOCATE: Word("记入应缴"),
        DisposalAct.REFUND: Word("退回原付款账户"),
    },
    DisposalState: {
        DisposalState.PROPOSED: Word("待复核", "warn"),
        DisposalState.APPROVED: Word("已复核办理", "ok"),
        DisposalState.REFUSED: Word("已退回"),
    },
    IncreaseState: {
        IncreaseState.CONFIRMED_AUTO: Word("已确认", "ok"),
        IncreaseState.AWAITING_COUNTER: Word("待柜台确认", "warn"),
        IncreaseState.CONFIRMED_COUNTER: Word("柜台已确认", "ok"),
        IncreaseState.RETURNED: Word("已退回", "bad"),
        IncreaseState.VOIDED: Word("已作废", "bad"),
        IncreaseState.WITHDRAWN: Word("已撤回"),
        IncreaseState.IMPORTED: Word("切换导入"),
    },
    DecreaseState: {
        DecreaseState.CONFIRMED_AUTO: Word("已减员", "ok"),
        DecreaseState.QUEUED: Word("预约", "warn"),
        DecreaseState.WITHDRAWN: Word("已撤回"),
    },
    Path: {
        Path.AUTO: Word("网上直接确认", "ok"),
        Path.COUNTER: Word("须到柜台确认", "warn"),
        Path.REFUSED: Word("须修改", "bad"),
    },
    OrderState: {
        OrderState.PREPARED: Word("待制发"),
        OrderState.ISSUED: Word("已制发，待签收", "warn"),
        OrderState.SERVED: Word("已送达", "bad"),
        OrderState.SETTLED: Word("已缴清", "ok"),
        OrderState.LAPSED: Word("逾期未缴", "bad"),
    },
    Outcome: {
        Outcome.ACCEPTED: Word("通过", "ok"),
        Outcome.WAITING: Word("受理中", "info"),
        Outcome.REFUSED: Word("未通过", "bad"),
        Outcome.VOIDED: Word("已作废", "bad"),
    },
    OpeningState: {
        OpeningState.RECEIVED: Word("受理中", "info"),
        OpeningState.AGAIN: Word("待补正", "warn"),
        OpeningState.OPENED: Word("已开通", "ok"),
        OpeningState.REFUSED: Word("不予开通", "bad"),
    },
    ServiceState: {
        ServiceState.CLOSED: Word("网上服务未开通", "warn"),
        ServiceState.RECEIVED: Word("开通受理中", "info"),
        ServiceState.OPENED: Word("已开通，初始密码未改", "warn"),
        ServiceState.NORMAL: Word("网上服务正常", "ok"),
        ServiceState.LOCKED: Word("账户已锁定", "bad"),
        ServiceState.RESETTING: Word("密码重置中", "warn"),
        ServiceState.DEREGISTERED: Word("已注销"),
    },
    ApplicationState: {
        ApplicationState.RECEIVED: Word("待审核", "warn"),
        ApplicationState.CHECKED: Word("材料合格，待办结", "info"),
        ApplicationState.RETURNED: Word("已退回", "bad"),
        ApplicationState.DONE: Word("已办结", "ok"),
    },
    ChangeState: {
        ChangeState.FILED: Word("待审核", "warn"),
        ChangeState.ACCEPTED: Word("已通过，待生效", "info"),
        ChangeState.IN_FORCE: Word("已生效", "ok"),
        ChangeState.REFUSED: Word("未通过", "bad"),
        ChangeState.WITHDRAWN: Word("已撤回"),
    },
    DeregistrationState: {
        DeregistrationState.FILED: Word("待审核", "warn"),
        DeregistrationState.DONE: Word("已注销", "bad"),
        DeregistrationState.REFUSED: Word("未通过", "bad"),
        DeregistrationState.WITHDRAWN: Word("已撤回"),
    },
    RegisterImportState: {
        RegisterImportState.STAGED: Word("已核对，待复核", "warn"),
        RegisterImportState.RELEASED: Word("导入中", "info"),
        RegisterImportState.DONE: Word("已导入", "ok"),
    },
    RequestState: {
        RequestState.SENT: Word("待提交", "warn"),
        RequestState.ANSWERED: Word("已提交，待审核", "info"),
        RequestState.AGAIN: Word("需补正", "bad"),
        RequestState.ACCEPTED: Word("已通过", "ok"),
    },
    RequestSort: {
        RequestSort.MATERIALS: Word("调取材料"),
        RequestSort.CORRECTION: Word("责令改正", "bad"),
    },
    ApplicationMatter: {
        ApplicationMatter.PASSWORD: Word("密码重置"),
        ApplicationMatter.SPECIALIST: Word("专管员变更"),
        ApplicationMatter.APPROVER: Word("设立（更换）复核人"),
        ApplicationMatter.APPROVER_PASSWORD: Word("复核人密码重置"),
        ApplicationMatter.APPROVER_END: Word("撤销复核人"),
    },
    DebtSort: {
        DebtSort.ORDINARY: Word("正常"),
        DebtSort.SUPPLEMENT: Word("补缴"),
        DebtSort.DIFFERENCE: Word("基数差"),
        DebtSort.CORRECTION: Word("更正"),
    },
    Channel: {
        Channel.PORTAL: Word("网上"),
        Channel.COUNTER: Word("柜台"),
        Channel.API: Word("接口"),
        Channel.BANK: Word("网上银行"),
        Channel.SYSTEM: Word("系统"),
    },
}

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
_BOTH = (Kind.MEDICAL, Kind.LARGE_MEDICAL, Kind.UNEMPLOYMENT, Kind.INJURY, Kind.MATERNITY)
OFFERED = {
    Scheme.ENTERPRISE: (Kind.PENSION, *_BOTH),
    Scheme.GOVERNMENT: (Kind.GOV_PENSION, Kind.ANNUITY, *_BOTH),
}
"""Kinds to choose from by scheme; registry judges which of them the employer may take part in."""
SCHEMES = {Scheme.ENTERPRISE: "企业职工", Scheme.GOVERNMENT: "机关事业单位"}
ROLES = {
    Role.PREPARER: "经办",
    Role.APPROVER: "复核",
    Role.COUNTER: "柜台",
    Role.AUDITOR: "稽核",
    Role.COLLECTION: "征缴",
    Role.FINANCE: "财务",
    Role.NOTICE_EDITOR: "公告",
    Role.POLICY: "政策",
    Role.SYSTEM_ADMIN: "系统管理",
    Role.SECURITY_ADMIN: "安全保密管理",
    Role.AUDIT_ADMIN: "安全审计",
    Role.SYSTEM: "系统",
}
PAYMENT_WAYS = {
    PaymentWay.NET_BANK: "网上银行",
    PaymentWay.DEBIT: "委托收款",
    PaymentWay.COUNTER: "柜台",
}
AFFILIATIONS = {
    Affiliation.CENTRAL: "中央",
    Affiliation.PROVINCE: "省",
    Affiliation.CITY: "市（地）",
    Affiliation.COUNTY: "县（市、区）",
    Affiliation.STREET: "街道",
    Affiliation.TOWN: "镇",
    Affiliation.TOWNSHIP: "乡",
    Affiliation.VILLAGE: "村（居）委会",
    Affiliation.OTHER: "其他",
}
GROUNDS = {
    Ground.DISSOLVED: "解散、歇业",
    Ground.BANKRUPT: "破产",
    Ground.REVOKED: "被撤销或吊销营业执照",
    Ground.MERGED: "合并、分立",
    Ground.MOVED: "迁出本市",
    Ground.OTHER: "其他",
}
"""Why an employer is deregistered."""
FUNDINGS = {Funding.FULL: "全额拨款", Funding.PARTIAL: "差额拨款", Funding.SELF: "自收自支"}
ITEMS = {
    "name": "单位名称",
    "address": "住所",
    "postcode": "邮政编码",
    "legal_representative": "法定代表人（负责人）",
    "short_name": "单位简称",
    "business_address": "经营地点",
    "founded_on": "成立日期",
    "economic_type": "经济类型",
    "affiliation": "隶属关系",
    "superior": "主管部门",
    "funding": "事业经费来源",
    "industry": "行业",
    "payment_way": "缴费方式",
    "bank_name": "开户银行",
    "bank_account_name": "开户名",
    "bank_account": "银行账号",
    "district": "参保区县",
    "paying_agency": "缴费所在地经办机构",
    "injury_class": "工伤行业风险类别",
    "injury_float_percent": "工伤费率浮动档次（%）",
    "kinds": "参加险种",
    "organisation_code": "原组织机构代码",
    "deregistered_on": "注销日期",
}
"""The items of registration that can change (domain 4.2)."""
_ITEM_WORDS: dict[str, dict[str, str]] = {
    "payment_way": {way.value: word for way, word in PAYMENT_WAYS.items()},
    "affiliation": {one.value: word for one, word in AFFILIATIONS.items()},
    "funding": {one.value: word for one, word in FUNDINGS.items()},
}


def item_word(value: str, field: str) -> str:
    """The value of an item of registration as people read it; a dash for none."""
    if field == "kinds":
        return kind_names(tuple(Kind(kind) for kind in value.split(",") if kind))
    return _ITEM_WORDS.get(field, {}).get(value, value) or "—"


_SHIPPED = ("system.", "shipped.")


def shipped(account: str) -> bool:
    """True for the accounts under which the policy data that comes with the system stands."""
    return account.startswith(_SHIPPED)


def state_word(state: StrEnum) -> Word:
    """The word and tone of a state; KeyError where somebody forgot to give it a word."""
    return STATES[type(state)][state]


def role(code: str) -> str:
    """The word of a role, also by its code in a session."""
    return ROLES[Role(code)]


def kind_name(kind: Kind | str) -> str:
    """The Chinese name of a kind of insurance (险种)."""
    return KIND_NAMES[Kind(kind)]


def by_kind(parts: Iterable[_Kinded]) -> list[_Kinded]:
    """Parts of money by month, within a month in the order of the national codes."""
    return sorted(parts, key=lambda part: (part.month, KIND_CODES[part.kind]))


def kind_names(kinds: tuple[Kind, ...]) -> str:
    """Several kinds, in the order of their national codes."""
    return "、".join(name for kind, name in KIND_NAMES.items() if kind in kinds) or "—"
