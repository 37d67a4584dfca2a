"""The JSON API's routes to 注销登记."""

from contracts.http import deregistrations
from gateway.api.forwarding import EMPLOYER, Row

ONE = "/deregistrations/{deregistration_no}"
OF = "/employers/{employer_no}/deregistrations"
DEREGISTRATIONS = (
    Row(
        "GET",
        f"{EMPLOYER}/standing",
        "registry",
        "/employers/{employer_no}/standing",
        deregistrations.StandingView,
        "注销登记前未了结的事项",
        own=False,
    ),
    Row(
        "POST",
        f"{EMPLOYER}/deregistrations",
        "registry",
        OF,
        deregistrations.DeregistrationView,
        "申请注销登记",
        deregistrations.FileDeregistration,
    ),
    Row(
        "GET",
        f"{EMPLOYER}/deregistrations",
        "registry",
        OF,
        deregistrations.DeregistrationPage,
        "本单位的注销登记",
        query=("page",),
        own=False,
    ),
    Row(
        "GET",
        "/deregistrations",
        "registry",
        "/deregistrations",
        deregistrations.DeregistrationPage,
        "注销登记",
        query=("state", "text", "page"),
    ),
    Row("GET", ONE, "registry", ONE, deregistrations.DeregistrationView, "一件注销登记"),
    Row("POST", f"{ONE}/accept", "registry", f"{ONE}/accept", deregistrations.DeregistrationView, "准予注销"),
    Row(
        "POST",
        f"{ONE}/refuse",
        "registry",
        f"{ONE}/refuse",
        deregistrations.DeregistrationView,
        "不予注销",
        deregistrations.RefuseDeregistration,
    ),
    Row(
        "POST",
        f"{ONE}/withdraw",
        "registry",
        f"{ONE}/withdraw",
        deregistrations.DeregistrationView,
        "撤回注销登记",
    ),
)
