"""The JSON API's routes to notices: board, results, orders to pay."""

from contracts.http import notices
from gateway.api.forwarding import EMPLOYER, Row

PAGED = ("page",)
E = EMPLOYER
NOTICES = (
    Row("GET", f"{E}/board", "notices", "/board", notices.Board, "通知公告", query=PAGED),
    Row("GET", f"{E}/board/{{id}}", "notices", "/board/{id}", notices.NoticeView, "一则通知"),
    Row("POST", f"{E}/board/{{id}}/read", "notices", "/board/{id}/read", notices.NoticeView, "通知已阅"),
    Row("GET", f"{E}/results", "notices", "/results", notices.Results, "处理结果", query=PAGED),
    Row(
        "POST",
        f"{E}/results/{{id}}/read",
        "notices",
        "/results/{id}/read",
        notices.ResultView,
        "处理结果已阅",
    ),
    Row("GET", f"{E}/reminders", "notices", "/reminders", notices.Reminders, "办理提醒", query=PAGED),
    Row(
        "POST",
        f"{E}/reminders/read",
        "notices",
        "/reminders/read",
        notices.Unread,
        "提醒已阅",
        notices.ReadReminders,
    ),
    Row("GET", f"{E}/unread", "notices", "/unread", notices.Unread, "未读"),
    Row(
        "GET",
        f"{E}/orders",
        "notices",
        "/orders",
        notices.OrderPage,
        "责令限期缴纳通知书",
        query=("state", "page"),
    ),
    Row("GET", f"{E}/orders/{{id}}", "notices", "/orders/{id}", notices.OrderView, "一份通知书"),
    Row("POST", f"{E}/orders/{{id}}/open", "notices", "/orders/{id}/open", notices.OrderView, "签收通知书"),
    Row("POST", "/board", "notices", "/board", notices.NoticeView, "发布通知", notices.NewNotice),
    Row("GET", "/orders", "notices", "/orders", notices.OrderPage, "各单位通知书", query=("state", "page")),
    Row(
        "POST",
        "/orders/release",
        "notices",
        "/orders/release",
        notices.Released,
        "制发通知书",
        notices.ReleaseOrders,
    ),
)
