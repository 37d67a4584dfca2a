"""The words of an order to pay, piece by piece as 2.3 lists them; frozen by a digest when issued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date

from contracts.events.billing import DebtSum
from contracts.month import Month
from contracts.values import KIND_NAMES, Due
from services.notices.rules.authorities import authorities_of

TITLE = "责令限期缴纳社会保险费通知书"
_FEE_PER = 2000
"""0.05 % a day is one part in 2,000."""


@dataclass(frozen=True, slots=True)
class OrderDebt:
    """One debt of an order with the first day of its late fee (A26)."""

    debt: DebtSum
    fee_from: date

    @property
    def principal(self) -> Due:
        """Unit and personal principal together, fen."""
        return self.debt.unit + self.debt.person


@dataclass(frozen=True, slots=True)
class OrderContent:
    """What an order says of one employer on its day of issue; sums in fen."""

    order_no: str
    district: str
    employer_name: str
    employer_no: str
    credit_code: str
    address: str
    agency_name: str
    debts: tuple[OrderDebt, ...]
    issued_on: date
    officer: str
    phone: str
    pay_within: int = 5
    slip_no: str = ""
    payee_account: str = ""


@dataclass(frozen=True, slots=True)
class OrderText:
    """The pieces of the document in their order, each one or more Chinese sentences."""

    title: str
    order_no: str
    addressee: str
    facts: str
    debt_lines: tuple[str, ...]
    fee: str
    fee_lines: tuple[str, ...]
    term: str
    payment: str
    consequences: str
    defence: str
    remedies: str
    contact: str
    signature: str


def order_text(content: OrderContent) -> OrderText:
    """Word an order; MissingPolicy for a district without authorities."""
    return OrderText(
        title=TITLE,
        order_no=content.order_no,
        addressee=_addressee(content),
        facts=_facts(content),
        debt_lines=tuple(_debt_line(line) for line in content.debts),
        fee=_fee(content),
        fee_lines=fee_lines(content.debts, content.issued_on),
        term=_term(content),
        payment=_payment(content),
        consequences=CONSEQUENCES,
        defence=DEFENCE,
        remedies=_remedies(content.district),
        contact=f"经办人：{content.officer}　联系电话：{content.phone}",
        signature=f"{content.agency_name}（公章）　{chinese_day(content.issued_on)}",
    )


CONSEQUENCES = (
    "逾期仍未缴纳或者补足的，本机构将依据《中华人民共和国社会保险法》第六十三条，向银行和其他金融机构查询你单位存款账户，"
    "并可以申请县级以上有关行政部门作出划拨社会保险费的决定，书面通知你单位开户银行或者其他金融机构划拨社会保险费；"
    "账户余额少于应当缴纳的社会保险费的，可以要求你单位提供担保，签订延期缴费协议；未足额缴纳且未提供担保的，"
    "可以申请人民法院扣押、查封、拍卖你单位价值相当于应当缴纳社会保险费的财产，以拍卖所得抵缴。"
    "依据《中华人民共和国社会保险法》第八十六条，自欠缴之日起按日加收万分之五的滞纳金；逾期仍不缴纳的，"
    "由有关行政部门处欠缴数额一倍以上三倍以下的罚款。滞纳金由单位承担，不得要求职工承担。"
)
DEFENCE = "你单位对本通知书有异议的，可以在上述期限内向本机构陈述和申辩。"


def fee_lines(debts: Iterable[OrderDebt], until: date) -> tuple[str, ...]:
    """算式 of each debt that bears a fee: principal × 0.05 % × days, both ends counted."""
    return tuple(_fee_line(line, until) for line in debts if line.debt.fee)


def digest(text: OrderText) -> str:
    """SHA-256 of the document as worded; a later payment never changes it."""
    pieces = ("\n".join(piece) if isinstance(piece, tuple) else piece for piece in astuple(text))
    return hashlib.sha256("\f".join(pieces).encode()).hexdigest()


def yuan(fen: int) -> str:
    """1,234.50, from fen."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def chinese_day(day: date) -> str:
    """2016年9月12日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_month(month: Month) -> str:
    """2016年9月."""
    return f"{month.year}年{month.number}月"


def _addressee(content: OrderContent) -> str:
    return (
        f"{content.employer_name}（社保编号：{content.employer_no}，统一社会信用代码：{content.credit_code}，"
        f"地址：{content.address}）："
    )


def _facts(content: OrderContent) -> str:
    months = sorted({line.debt.month for line in content.debts})
    total = sum(line.principal for line in content.debts)
    period = chinese_month(months[0])
    if len(months) > 1:
        period += f"至{chinese_month(months[-1])}"
    if not total:
        return f"经查，你单位{period}未按时足额缴纳社会保险费，本金现已缴清，滞纳金尚未缴纳，明细如下："
    return f"经查，你单位{period}未按时足额缴纳社会保险费，共欠缴本金{yuan(total)}元，明细如下："


def _debt_line(line: OrderDebt) -> str:
    debt = line.debt
    if not line.principal:
        return (
            f"{chinese_month(debt.month)}　{KIND_NAMES[debt.kind]}　本金已缴清，欠缴滞纳金{yuan(debt.fee)}元"
        )
    return (
        f"{chinese_month(debt.month)}　{KIND_NAMES[debt.kind]}　单位欠缴{yuan(debt.unit)}元，"
        f"个人欠缴{yuan(debt.person)}元，小计{yuan(line.principal)}元"
    )


def _fee(content: OrderContent) -> str:
    total = sum(line.debt.fee for line in content.debts)
    since = min(line.fee_from for line in content.debts)
    goes_on = (
        "此后按日计算至缴清之日" if any(line.principal for line in content.debts) else "本金已缴清，不再增加"
    )
    return (
        f"自欠缴之日（{chinese_day(since)}）起按日加收万分之五的滞纳金，截至{chinese_day(content.issued_on)}"
        f"为{yuan(total)}元，{goes_on}。算式如下："
    )


def _fee_line(line: OrderDebt, until: date) -> str:
    days = (until - line.fee_from).days + 1
    head = f"{chinese_month(line.debt.month)}　{KIND_NAMES[line.debt.kind]}　"
    plain = (2 * line.principal * days + _FEE_PER) // (2 * _FEE_PER)
    if not line.principal:
        return f"{head}本金已缴清，至缴清之日合计{yuan(line.debt.fee)}元"
    if plain != line.debt.fee:
        return f"{head}本金曾有变动，分段计算，合计{yuan(line.debt.fee)}元"
    return f"{head}{yuan(line.principal)}元×0.05%×{days}天＝{yuan(line.debt.fee)}元"


def _term(content: OrderContent) -> str:
    owed = "社会保险费及滞纳金" if any(line.principal for line in content.debts) else "滞纳金"
    return (
        "依据《中华人民共和国社会保险法》第六十三条、《社会保险费申报缴纳管理规定》第十六条，责令你单位"
        f"自收到本通知书之日起{content.pay_within}个工作日内缴清上述{owed}。"
    )


def _payment(content: OrderContent) -> str:
    slip = f"，缴费单号{content.slip_no}" if content.slip_no else ""
    account = f"；收款账户：{content.payee_account}" if content.payee_account else ""
    return (
        f"请登录烟台市社会保险单位网上服务系统打印《社会保险费缴费单》{slip}，在有效期内通过网上银行"
        f"或者到参保地社会保险经办机构缴纳{account}。"
    )


def _remedies(district: str) -> str:
    named = authorities_of(district)
    return (
        f"你单位对本通知书不服的，可以自收到之日起60日内向{named.reconsideration}申请行政复议，"
        f"或者自收到之日起6个月内向{named.court}提起行政诉讼。"
    )
