"""What an employer's neighbours answer, and every page of the portal that stands on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from contracts.events.billing import SlipSort
from contracts.http import billing, enrollment, notices
from contracts.values import Kind, Month, Outcome
from services.enrollment.choices import choices
from tests.gateway.desk import samples
from tests.servers.house import House

RESULT, OTHER = UUID(int=21), UUID(int=22)
REMINDERS = tuple(
    notices.ReminderView(
        id=UUID(int=23 + matter.startswith("i")),
        matter=matter,
        reference=reference,
        title=title,
        text="请于期限前办理。",
        due=due,
        sent_on=date(2016, 9, 8),
        done=matter == "increase",
        read=False,
    )
    for matter, reference, title, due in (
        ("bill", "2016-09", "2016年9月社会保险费待缴纳，还有 2 天", date(2016, 9, 10)),
        ("increase", "Z201609-000002", "增员申报 Z201609-000002 待柜台确认，今天截止", date(2016, 9, 30)),
    )
)
AUTO = samples.increase(
    "Z201609-000003",
    "李秀英",
    date(2016, 9, 30),
    state=enrollment.IncreaseState.CONFIRMED_AUTO,
    reasons=(),
    printed=False,
)
DEBT_LINES = (
    "2016年9月　企业职工基本养老　单位欠缴4,120.20元，个人欠缴1,831.20元，小计5,951.40元\n"
    "2016年9月　工伤　单位欠缴206.01元，个人欠缴0.00元，小计206.01元"
)
PARAGRAPHS = (
    "责令限期缴纳社会保险费通知书",
    "烟芝社保责〔2016〕第0001号",
    "烟台海源机械有限公司（社保编号：3706000001）：",
    "经查，你单位2016年9月未按时足额缴纳社会保险费，共欠缴本金8,602.58元，明细如下：",
    DEBT_LINES,
    "经办人：高敏　联系电话：12333",
    "烟台市芝罘区社会保险服务中心（公章）　2016年9月12日",
)
ORDER = samples.order(
    order_no="烟芝社保责〔2016〕第0001号",
    state=notices.OrderState.SERVED,
    issued_on=date(2016, 9, 12),
    issued_by="zheng.jiao",
    served_at=samples.at(13),
    deadline=date(2016, 9, 20),
    digest="ab" * 32,
    paragraphs=PARAGRAPHS,
)
ISSUED = ORDER.model_copy(
    update={"state": notices.OrderState.ISSUED, "served_at": None, "deadline": None, "id": OTHER}
)
OPEN_BILL = samples.BILL.model_copy(
    update={"state": billing.BillState.ASSESSED, "slip": None, "previous_total": 654422}
)
ARREARS_SLIP = samples.SLIP_VIEW.model_copy(
    update={
        "sort": SlipSort.ARREARS,
        "fee": 17205,
        "amount": 877463,
        "amount_words": "捌仟柒佰柒拾肆元陆角叁分",
    }
)
DECREASE_ROW = enrollment.DecreaseRow(
    decrease=samples.DECREASE,
    id_kind="居民身份证",
    id_number="370602199001010017",
    kinds=samples.KINDS,
    involuntary=False,
)
PREVIEW_ROW = enrollment.PreviewRow(
    row=1,
    name="李秀英",
    path=enrollment.Path.AUTO,
    hired_on=date(2016, 9, 1),
    limit_day=date(2016, 10, 8),
    first_month=samples.SEPTEMBER,
    declared_wage=543137,
    base=543100,
    kinds=samples.KINDS,
)
BASE_ROWS = (
    enrollment.BaseRow(
        enrollment_id=OTHER,
        person_no="0000000008",
        name="李秀英",
        id_number_masked="370611********123X",
        from_month=Month(2016, 9),
        months_before=4,
        current_base=543_100,
    ),
    enrollment.BaseRow(
        enrollment_id=samples.ENROLLMENT,
        person_no="0000000007",
        name="张伟",
        id_number_masked="370602********0017",
        from_month=Month(2015, 10),
        months_before=12,
        current_base=1_454_900,
        wage_total=19_200_000,
        months=12,
        declared_wage=1_600_000,
        base=1_454_900,
        clamped="封顶",
        signed_on=date(2017, 1, 5),
    ),
)
ROUND = enrollment.BaseRound(
    total=2,
    year=2017,
    floor=291_000,
    ceiling=1_454_900,
    deadline=date(2017, 1, 10),
    declaration_no="S3706000123-2017",
    posted_from=date(2017, 1, 1),
    posted_to=date(2017, 1, 10),
    due_persons=2,
    declared_persons=1,
    signed_persons=1,
    rows=BASE_ROWS,
)
ESTIMATED = billing.Estimated(
    month=samples.SEPTEMBER,
    rows=(billing.EstimatedRow(ref="1", unit=148810, person=57026),),
    unit=148810,
    person=57026,
)
LINE = billing.LineView(
    person_no="0000000007",
    kind=Kind.MATERNITY,
    base=291000,
    unit_rate=5000,
    person_rate=0,
    unit=1455,
    person=0,
    unit_text="基数 2,910 × 0.5% = 14.55，四舍五入到分",
    person_text="",
)
PAGES = (
    "/",
    "/increase",
    "/increase?state=voided",
    "/increase/new",
    "/increase/sheet",
    "/increase/Z201609-000002",
    "/increase/Z201609-000003",
    "/decrease",
    "/bases",
    "/decrease/new",
    f"/decrease/new/{samples.ENROLLMENT}",
    "/bill",
    "/bill/2016-09",
    "/bill/2016-10",
    "/bill/2016-09/lines?kind=maternity",
    f"/slips/{samples.SLIP}",
    "/arrears",
    "/arrears?on=2016-10-20",
    "/payments",
    f"/payments/{samples.PAYMENT}",
    "/roster",
    "/roster?ended=true",
    f"/roster/{samples.ENROLLMENT}",
    "/notices",
    "/results",
    "/reminders",
    "/orders",
    f"/orders/{samples.ORDER}",
    f"/orders/{OTHER}",
    "/print",
    "/account",
    "/password",
)


def months(last: billing.BillView) -> billing.BillPage:
    """Nine months, all paid but the last."""
    settled = {"state": billing.BillState.SETTLED, "paid": 654422, "total": 654422, "slip": None}
    rows = [
        last.model_copy(update={**settled, "month": Month(2016, number), "settled_on": date(2016, number, 8)})
        for number in range(1, 9)
    ]
    return billing.BillPage(total=9, rows=(last, *reversed(rows)))


def fill(home: House, bill: billing.BillView = OPEN_BILL) -> None:
    """Tell the rote neighbours what they know."""
    for path, said in _enrollment().items():
        home.enrollment.tell("GET", path, said)
    for path, said in _billing(bill).items():
        home.billing.tell("GET", path, said)
    for path, said in _notices().items():
        home.notices.tell("GET", path, said)
    home.enrollment.tell(
        "POST", "/increases/preview", enrollment.Preview(rows=(PREVIEW_ROW,), auto=1, counter=0, refused=0)
    )
    home.enrollment.tell("POST", "/increases", enrollment.IncreaseResult(accepted=(AUTO,), refused=()))
    home.enrollment.tell("POST", "/increases/printed", enrollment.PrintedCount(printed=1))
    home.enrollment.tell("POST", "/decreases", samples.DECREASE)
    home.enrollment.tell("POST", "/decreases/J201609-000001/withdraw", samples.DECREASE)
    home.enrollment.tell("POST", "/persons/names", _names())
    home.billing.tell("POST", "/estimates", ESTIMATED)
    home.billing.tell("POST", "/bills/2016-09/confirm", samples.SLIP_VIEW)
    home.billing.tell("POST", "/arrears/slips", ARREARS_SLIP)
    home.notices.tell("POST", f"/results/{RESULT}/read", _result())
    home.notices.tell("POST", f"/board/{samples.NOTICE.id}/read", samples.NOTICE)
    home.notices.tell("POST", "/reminders/read", notices.Unread(notices=1, results=1, orders=1))
    home.notices.tell("POST", f"/orders/{samples.ORDER}/open", ORDER)
    home.notices.tell("POST", f"/orders/{OTHER}/open", ORDER)


def _names() -> enrollment.PersonNames:
    name = enrollment.PersonName(person_no="0000000007", name="张伟", id_number_masked="370602********0017")
    return enrollment.PersonNames(rows=(name,))


def _enrollment() -> dict[str, BaseModel]:
    waiting = samples.INCREASES.rows[0]
    return {
        "/increases": enrollment.IncreasePage(total=2, rows=(AUTO, waiting)),
        "/increases/Z201609-000002": waiting,
        "/increases/Z201609-000003": AUTO,
        "/decreases": enrollment.DecreasePage(total=1, rows=(samples.DECREASE,)),
        "/roster": enrollment.RosterPage(total=1, rows=(samples.ROSTER_ROW,)),
        f"/roster/{samples.ENROLLMENT}": samples.ROSTER_ROW,
        "/choices": choices(),
        "/bases": ROUND,
        "/to-do": enrollment.ToDo(
            active_persons=3,
            started_this_month=1,
            ended_this_month=0,
            awaiting_counter=(waiting,),
            queued_decreases=(samples.DECREASE,),
            unprinted=1,
        ),
    }


def _billing(bill: billing.BillView) -> dict[str, BaseModel]:
    return {
        "/bills": months(bill),
        "/bills/2016-09": bill,
        "/bills/2016-09/lines": billing.LinePage(total=1, month=samples.SEPTEMBER, rows=(LINE,)),
        f"/slips/{samples.SLIP}": ARREARS_SLIP,
        "/arrears": samples.ARREARS,
        "/payments": billing.PaymentPage(total=2, rows=(samples.payment(), samples.SUSPENDED)),
        f"/payments/{samples.PAYMENT}": samples.payment(),
    }


def _result() -> notices.ResultView:
    return notices.ResultView(
        id=RESULT,
        matter="increase",
        matter_name="增员",
        submission_no="Z201609-000003",
        person_no="0000000007",
        outcome=Outcome.ACCEPTED,
        outcome_name="通过",
        reason="已自动确认",
        next_step="请打印《人员增加表》并留存",
        deadline=None,
        decided_at=samples.at(6),
        read=False,
    )


def _notices() -> dict[str, BaseModel]:
    return {
        "/board": notices.Board(total=1, rows=(samples.NOTICE,)),
        "/results": notices.Results(total=1, rows=(_result(),)),
        "/reminders": notices.Reminders(total=2, rows=REMINDERS),
        "/orders": notices.OrderPage(total=2, rows=(ISSUED, ORDER)),
        f"/orders/{samples.ORDER}": ORDER,
        f"/orders/{OTHER}": ISSUED,
        "/unread": notices.Unread(notices=1, results=1, orders=1),
    }
