"""The JSON API's routes to opening cases."""

from contracts.http import openings
from contracts.http.registry import OpeningReceipt
from gateway.api.forwarding import EMPLOYER, Row

ONE = "/opening-cases/{case_no}"
OPENINGS = (
    Row(
        "POST",
        f"{EMPLOYER}/opening-cases",
        "registry",
        "/employers/{employer_no}/opening-cases",
        openings.OpeningCase,
        "受理开通",
        openings.ReceiveOpening,
        own=False,
    ),
    Row(
        "GET",
        "/opening-cases",
        "registry",
        "/opening-cases",
        openings.OpeningCasePage,
        "开通受理",
        query=("state", "text", "page"),
    ),
    Row("GET", ONE, "registry", ONE, openings.OpeningCase, "一件开通受理"),
    Row(
        "POST",
        f"{ONE}/again",
        "registry",
        f"{ONE}/again",
        openings.OpeningCase,
        "要求补正",
        openings.OpeningReason,
    ),
    Row(
        "POST",
        f"{ONE}/refuse",
        "registry",
        f"{ONE}/refuse",
        openings.OpeningCase,
        "不予开通",
        openings.OpeningReason,
    ),
    Row("POST", f"{ONE}/open", "registry", f"{ONE}/open", OpeningReceipt, "办结开通", openings.FinishOpening),
    Row(
        "GET",
        f"{EMPLOYER}/service",
        "registry",
        "/employers/{employer_no}/service",
        openings.ServiceView,
        "网上服务状态",
        own=False,
    ),
)
