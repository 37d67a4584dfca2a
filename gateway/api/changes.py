"""The JSON API's routes to changes of registration data."""

from contracts.http import changes
from gateway.api.forwarding import EMPLOYER, Row

ONE = "/changes/{change_no}"
OF = "/employers/{employer_no}/changes"
CHANGES = (
    Row(
        "POST",
        f"{EMPLOYER}/changes",
        "registry",
        OF,
        changes.ChangeView,
        "申请变更登记事项",
        changes.FileChange,
    ),
    Row(
        "GET",
        f"{EMPLOYER}/changes",
        "registry",
        OF,
        changes.ChangePage,
        "本单位的登记变更",
        query=("page",),
        own=False,
    ),
    Row(
        "GET",
        f"{EMPLOYER}/history",
        "registry",
        "/employers/{employer_no}/history",
        changes.EmployerHistory,
        "登记变更历史",
        own=False,
    ),
    Row(
        "GET",
        "/changes",
        "registry",
        "/changes",
        changes.ChangePage,
        "登记变更",
        query=("state", "text", "page"),
    ),
    Row("GET", ONE, "registry", ONE, changes.ChangeView, "一件登记变更"),
    Row("POST", f"{ONE}/accept", "registry", f"{ONE}/accept", changes.ChangeView, "通过登记变更"),
    Row(
        "POST",
        f"{ONE}/refuse",
        "registry",
        f"{ONE}/refuse",
        changes.ChangeView,
        "不予变更",
        changes.RefuseChange,
    ),
    Row("POST", f"{ONE}/withdraw", "registry", f"{ONE}/withdraw", changes.ChangeView, "撤回登记变更"),
)
