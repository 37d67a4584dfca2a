"""The JSON API's routes to written applications."""

from contracts.http import applications
from gateway.api.forwarding import EMPLOYER, Row

ONE = "/applications/{application_no}"
APPLICATIONS = (
    Row(
        "POST",
        f"{EMPLOYER}/applications",
        "registry",
        "/employers/{employer_no}/applications",
        applications.ApplicationView,
        "受理书面申请",
        applications.ReceiveApplication,
        own=False,
    ),
    Row(
        "GET",
        f"{EMPLOYER}/applications",
        "registry",
        "/employers/{employer_no}/applications",
        applications.ApplicationPage,
        "本单位的书面申请",
        query=("page",),
        own=False,
    ),
    Row(
        "GET",
        "/applications",
        "registry",
        "/applications",
        applications.ApplicationPage,
        "书面申请",
        query=("state", "text", "page"),
    ),
    Row("GET", ONE, "registry", ONE, applications.ApplicationView, "一件书面申请"),
    Row(
        "POST",
        f"{ONE}/check",
        "registry",
        f"{ONE}/check",
        applications.ApplicationView,
        "材料审核无误",
        applications.CheckApplication,
    ),
    Row(
        "POST",
        f"{ONE}/return",
        "registry",
        f"{ONE}/return",
        applications.ApplicationView,
        "退回书面申请",
        applications.ReturnApplication,
    ),
    Row("POST", f"{ONE}/finish", "registry", f"{ONE}/finish", applications.AccountReceipt, "办结书面申请"),
)
