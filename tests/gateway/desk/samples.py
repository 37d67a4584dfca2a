"""What the rote neighbours tell: sums are golden V1 and V3 (domain 3.5)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from contracts.events.billing import Allocation, DebtSum, SlipSort
from contracts.http import billing, enrollment, notices
from contracts.http.chassis import BlockedJob, DeadLetterView, Quiescence
from contracts.values import Channel, DebtSort, Kind, Month, Scheme
from services.chassis.clocks import SHANGHAI
from tests.servers.house import DAY

EMPLOYER = "3706000001"
NAME = "烟台海源机械有限公司"
SEPTEMBER = Month(2016, 9)
SLIP = "37060001230000018"
ENROLLMENT, PAYMENT, ORDER, DRAFT = (UUID(int=number) for number in (1, 2, 3, 4))
KINDS = (Kind.PENSION, Kind.MEDICAL, Kind.UNEMPLOYMENT, Kind.INJURY, Kind.MATERNITY)
V1 = {
    Kind.PENSION: (412020, 183120, 11903),
    Kind.MEDICAL: (160230, 45780, 4120),
    Kind.UNEMPLOYMENT: (22890, 4171, 541),
    Kind.INJURY: (20601, 0, 412),
    Kind.MATERNITY: (11446, 0, 229),
}
DEBTS = tuple(
    DebtSum(month=SEPTEMBER, kind=kind, sort=DebtSort.ORDINARY, unit=unit, person=person, fee=fee)
    for kind, (unit, person, fee) in V1.items()
)


def at(day: int, hour: int = 9, month: int = 9) -> datetime:
    """A moment of autumn 2016."""
    return datetime(2016, month, day, hour, 5, tzinfo=SHANGHAI)


def increase(number: str, name: str, until: date, **changes: object) -> enrollment.IncreaseView:
    """One increase that waits for the counter."""
    plain = enrollment.IncreaseView(
        submission_no=number,
        employer_no=EMPLOYER,
        person_no="0000000007",
        name=name,
        id_kind="居民身份证",
        id_number="370602********0017",
        sex="男",
        born_on=date(1990, 1, 1),
        household="本地城镇",
        household_address="烟台市芝罘区",
        home_address="烟台市芝罘区毓璜顶东路20号",
        phone="138****0000",
        employment_form="劳动合同",
        hired_on=date(2016, 8, 5),
        contract_until=None,
        reason="新参保",
        declared_wage=543137,
        base=543100,
        clamped="",
        kinds=KINDS,
        rural_contract=False,
        first_month=Month(2016, 8),
        state=enrollment.IncreaseState.AWAITING_COUNTER,
        reasons=("超过30日",),
        limit_day=date(2016, 9, 5),
        until=until,
        submitted_at=at(6),
        decided_at=None,
        note="",
        printed=True,
    )
    return plain.model_copy(update=changes)


INCREASES = enrollment.IncreasePage(
    total=2,
    rows=(
        increase("Z201609-000002", "赵倩倩", date(2016, 9, 30)),
        increase("Z201609-000001", "KIM MINSU", date(2016, 9, 9), reasons=("外国人（含港澳台人员）",)),
    ),
)
ROSTER_ROW = enrollment.RosterRow(
    enrollment_id=ENROLLMENT,
    person_no="0000000007",
    name="张伟",
    id_number_masked="370602********0017",
    phone_masked="138****0000",
    hired_on=date(2012, 3, 1),
    from_month=Month(2012, 3),
    last_month=None,
    declared_wage=1600000,
    base=1454900,
    kinds=KINDS,
    rural_contract=True,
)
DECREASE = enrollment.DecreaseView(
    submission_no="J201609-000001",
    employer_no=EMPLOYER,
    enrollment_id=ENROLLMENT,
    person_no="0000000008",
    name="孙丽",
    left_on=date(2016, 9, 5),
    reason="27",
    reason_name="本人辞职",
    last_month=SEPTEMBER,
    state=enrollment.DecreaseState.QUEUED,
    waits_for=SEPTEMBER,
    submitted_at=at(6),
    decided_at=None,
)
CHOICES = enrollment.Choices(
    columns=(
        enrollment.Column(field="name", heading="姓名", required=True),
        enrollment.Column(field="reason", heading="增加原因", required=True, choices=("新参保",)),
    ),
    decrease_reasons=(
        enrollment.Choice(code="27", name="本人辞职"),
        enrollment.Choice(code="32", name="死亡或宣告死亡", extra_date="死亡日期"),
    ),
)
SLIP_KINDS = tuple(
    billing.SlipKind(
        kind=kind,
        persons=3,
        base_sum=2289000,
        unit_rate=180000,
        person_rate=80000,
        unit=unit,
        person=person,
        fee=0,
    )
    for kind, (unit, person, _) in V1.items()
)
SLIP_VIEW = billing.SlipView(
    slip_no=SLIP,
    employer_no=EMPLOYER,
    employer_name=NAME,
    credit_code="91370600MA3C1A2B9T",
    agency_name="烟台市芝罘区社会保险服务中心",
    sort=SlipSort.ORDINARY,
    months=(SEPTEMBER,),
    persons=3,
    kinds=SLIP_KINDS,
    principal=860258,
    fee=0,
    amount=860258,
    amount_words="捌仟陆佰零贰元伍角捌分",
    issued_at=at(7),
    valid_until=datetime(2016, 9, 11, tzinfo=SHANGHAI),
    state=billing.SlipState.VALID,
)
BILL = billing.BillView(
    employer_no=EMPLOYER,
    month=SEPTEMBER,
    version=1,
    state=billing.BillState.ARREARS,
    persons=3,
    kinds=SLIP_KINDS,
    unit=627187,
    person=233071,
    total=860258,
    total_words="捌仟陆佰零贰元伍角捌分",
    paid=0,
    due_day=date(2016, 9, 10),
    window_from=date(2016, 9, 1),
    slip=SLIP_VIEW,
)
ARREARS = billing.ArrearsView(
    employer_no=EMPLOYER,
    on=date(2016, 10, 20),
    months=(
        billing.ArrearsMonth(
            month=SEPTEMBER, debts=DEBTS, principal=860258, fee=17205, fee_from=date(2016, 9, 11), days=40
        ),
    ),
    principal=860258,
    fee=17205,
    total=877463,
    fee_text="企业职工基本养老 5,951.40 × 0.05% × 40 天 = 119.03",
)


def payment(**changes: object) -> billing.PaymentView:
    """A payment through a bank."""
    plain = billing.PaymentView(
        payment_id=PAYMENT,
        employer_no=EMPLOYER,
        employer_name=NAME,
        channel=Channel.BANK,
        bank="ICBC",
        serial="ICBC20160909000001",
        slip_no=SLIP,
        amount=860258,
        paid_at=at(9, 10),
        state=billing.PaymentState.POSTED,
        allocations=tuple(
            Allocation(month=SEPTEMBER, kind=kind, sort=DebtSort.ORDINARY, unit=unit, person=person, fee=0)
            for kind, (unit, person, _) in V1.items()
        ),
        receipt_no="37060220160000001",
    )
    return plain.model_copy(update=changes)


SUSPENDED = payment(
    state=billing.PaymentState.SUSPENDED,
    suspended=860258,
    reason="slip_void",
    reason_name="缴费单已作废",
    allocations=(),
    receipt_no="",
)
PROPOSED = billing.DisposalView(
    id=DRAFT,
    payment_id=PAYMENT,
    act=billing.DisposalAct.ALLOCATE,
    employer_no=EMPLOYER,
    employer_name=NAME,
    slip_no=None,
    ground="缴款回单20160909",
    amount=860258,
    placed=595140,
    effect=(
        Allocation(
            month=SEPTEMBER, kind=Kind.PENSION, sort=DebtSort.ORDINARY, unit=412020, person=183120, fee=0
        ),
    ),
    state=billing.DisposalState.PROPOSED,
    proposed_by="lin.cao",
    proposed_at=at(12),
    decided_by=None,
    decided_at=None,
)
COLLECTION = billing.Collection(
    month=SEPTEMBER,
    employers=300,
    employers_confirmed=260,
    employers_paid=239,
    due=71904_10,
    paid=58230_44,
    arrears_employers=0,
    suspense_count=1,
    suspense_sum=860258,
    districts=(
        billing.DistrictCollection(
            district="370602",
            district_name="芝罘区",
            employers=200,
            employers_paid=168,
            due=50000_00,
            paid=42000_44,
        ),
        billing.DistrictCollection(
            district="370681",
            district_name="龙口市",
            employers=100,
            employers_paid=71,
            due=21904_10,
            paid=16230_00,
        ),
    ),
    days=(
        billing.CollectionDay(day=date(2016, 9, 2), employers_paid=30),
        billing.CollectionDay(day=date(2016, 9, 7), employers_paid=209),
    ),
)


def order(**changes: object) -> notices.OrderView:
    """An order that is prepared."""
    plain = notices.OrderView(
        id=ORDER,
        order_no="",
        employer_no=EMPLOYER,
        employer_name=NAME,
        credit_code="91370600MA3C1A2B9T",
        address="烟台市芝罘区南大街1号",
        agency_name="烟台市芝罘区社会保险服务中心",
        state=notices.OrderState.PREPARED,
        months=(SEPTEMBER,),
        debts=DEBTS,
        principal=860258,
        fee=431,
        fee_from=date(2016, 9, 11),
        fee_text="企业职工基本养老 5,951.40 × 0.05% × 1 天 = 2.98",
        issued_on=None,
        issued_by=None,
        served_at=None,
        deadline=None,
        digest="",
    )
    return plain.model_copy(update=changes)


NOTICE = notices.NoticeView(
    id=UUID(int=9),
    title="9月缴费期办事大厅延时服务安排",
    body="9月8日至10日，办事大厅延时服务至18:00。",
    posted_at=at(1),
    posted_by="gong.gao",
    read=False,
)
LIMITS = enrollment.LimitsView(
    id=DRAFT,
    year=2017,
    average_wage=63562_00,
    floor=3178_00,
    ceiling=15891_00,
    effective_from=Month(2017, 1),
    published_on=date(2017, 6, 1),
    document_no="鲁人社发〔2017〕1号",
    drafted_by="zhou.jie",
    released_by=None,
    warnings=("上限与按平均工资推算的15,890.50元相差1元以内",),
)
RELEASED = LIMITS.model_copy(
    update={
        "id": UUID(int=5),
        "year": 2016,
        "average_wage": 58197_00,
        "floor": 2910_00,
        "ceiling": 14549_00,
        "effective_from": Month(2016, 1),
        "released_by": "sun.tao",
        "warnings": (),
    }
)
RATES = billing.RatesView(
    id=UUID(int=6),
    scheme=Scheme.ENTERPRISE,
    effective_from=Month(2016, 5),
    until=None,
    rates=(
        billing.KindRate(kind=Kind.PENSION, unit=180000, person=80000),
        billing.KindRate(kind=Kind.MEDICAL, unit=70000, person=20000),
    ),
    document_no="鲁人社发〔2016〕18号",
    drafted_by="zhou.jie",
    released_by="sun.tao",
)
REST = Quiescence(
    process="billing",
    business_date=DAY,
    subscribes=(),
    unsent=0,
    published=(),
    received=(),
    parked=1,
    days_pending=0,
    blocked=(
        BlockedJob(
            day=date(2016, 9, 1), job="monthly_run", problem="缺少机关事业单位费率（2016-09）的政策数据"
        ),
    ),
)
LETTER = DeadLetterView(
    id=7,
    event_id=UUID(int=8),
    topic="bank.notifications",
    type="PaymentNotified",
    subject="ICBC/ICBC20160909000001",
    error="ValueError: amount",
    tries=3,
    parked_at=at(7),
)
CONFLICT = billing.SerialConflictView(
    bank="ICBC",
    serial="ICBC20160909000001",
    slip_no=SLIP,
    employer_no=EMPLOYER,
    employer_name=NAME,
    amount=860259,
    paid_at=at(9),
    recorded_at=at(9),
)
