"""An employer's to-do list, sorted by deadline, from what the neighbours say."""

from dataclasses import dataclass
from datetime import date

from contracts.http.billing import BillState
from contracts.http.enrollment import ToDo
from contracts.http.materials import RequestSort, RequestState, RequestView
from contracts.http.notices import OrderState, OrderView
from contracts.month import Month
from gateway import figures
from gateway.portal.due import DueCard


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: by when, where, and why."""

    words: str
    path: str
    why: str = ""
    deadline: date | None = None
    tone: str = "warn"
    mark: str = ""
    """Stands in the place of a deadline; what has one comes first."""


def tasks_of(
    due: DueCard | None,
    enrollment: ToDo | None,
    orders: tuple[OrderView, ...],
    requests: tuple[RequestView, ...] = (),
) -> tuple[Task, ...]:
    """Everything that waits for this employer: orders to sign for, then by deadline, then what has none."""
    found = [*_of_orders(orders), *_of_bill(due), *(_of_enrollment(enrollment) if enrollment else ())]
    found += _of_requests(requests)
    return tuple(sorted(found, key=_urgency))


def _of_requests(requests: tuple[RequestView, ...]) -> list[Task]:
    made = []
    for one in requests:
        if one.state in (RequestState.SENT, RequestState.AGAIN):
            verb = "改正并提交材料" if one.sort is RequestSort.CORRECTION else "上传所调取的材料"
            tone = "bad" if one.overdue else "warn"
            why = one.again_for or one.what
            made.append(Task(verb, f"/materials/{one.request_no}", why, one.deadline, tone))
    return made


def _of_bill(due: DueCard | None) -> list[Task]:
    if due is None or due.bill.state is BillState.SETTLED:
        return []
    month, deadline = figures.month(due.bill.month), due.bill.due_day
    if due.late:
        why = "滞纳金由单位承担，按日加收万分之五，可选缴费日期生成缴费单"
        return [Task(f"补缴 {month} 社会保险费", "/arrears", why, deadline, "bad")]
    verb = "确认并缴纳" if due.bill.state is BillState.ASSESSED else "缴纳"
    why = "逾期自 11 日起按日加收万分之五滞纳金"
    return [Task(f"{verb} {month} 社会保险费", f"/bill/{due.bill.month}", why, deadline)]


def _urgency(task: Task) -> tuple[bool, date]:
    return (not task.mark, task.deadline or date.max)


def _of_orders(orders: tuple[OrderView, ...]) -> list[Task]:
    made = []
    for order in orders:
        if order.state is OrderState.ISSUED:
            words = "签收《责令限期缴纳社会保险费通知书》"
            made.append(Task(words, f"/orders/{order.id}", order.order_no, tone="bad", mark="待签收"))
        if order.state is OrderState.SERVED:
            made.append(
                Task(
                    f"按通知书缴清欠费（{order.order_no}）", f"/orders/{order.id}", "", order.deadline, "bad"
                )
            )
    return made


def _of_enrollment(enrollment: ToDo) -> list[Task]:
    made = [
        Task(
            f"{one.name} 的增员须到柜台确认",
            f"/increase/{one.submission_no}",
            f"{figures.day(one.hired_on)}用工；持材料和增加表一式两份确认，逾期自动作废",
            one.until,
        )
        for one in enrollment.awaiting_counter
    ]
    made += [
        Task(
            f"{one.name} 的减员已预约",
            "/decrease",
            f"{_paid(one.waits_for)}后自动生效",
            tone="info",
        )
        for one in enrollment.queued_decreases
    ]
    if enrollment.unprinted:
        made.append(
            Task(
                f"打印《人员增加表》（{enrollment.unprinted} 人）",
                "/increase",
                "网上增员后应即时打印并留存",
                tone="info",
            )
        )
    return made


def _paid(month: Month | None) -> str:
    return f"{figures.month(month)}社会保险费缴清" if month else "当月社会保险费缴清"
