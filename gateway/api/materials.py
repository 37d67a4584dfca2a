"""The JSON API's routes to material requests and orders to correct; a scan is the body of its own route."""

from contracts.http import materials
from gateway.api.forwarding import EMPLOYER, Row

ONE = "/material-requests/{request_no}"
MATERIALS = (
    Row(
        "POST",
        "/material-requests",
        "registry",
        "/material-requests",
        materials.RequestedMaterials,
        "调取材料或责令改正",
        materials.RequestMaterials,
    ),
    Row(
        "GET",
        "/material-requests",
        "registry",
        "/material-requests",
        materials.RequestPage,
        "材料调取",
        query=("state", "sort", "overdue", "text", "page"),
    ),
    Row(
        "GET",
        f"{EMPLOYER}/material-requests",
        "registry",
        "/employers/{employer_no}/material-requests",
        materials.RequestPage,
        "向本单位调取的材料",
        query=("page",),
        own=False,
    ),
    Row("GET", ONE, "registry", ONE, materials.RequestView, "一件材料调取"),
    Row(
        "POST",
        f"{ONE}/answer",
        "registry",
        f"{ONE}/answer",
        materials.RequestView,
        "提交材料",
        materials.AnswerRequest,
    ),
    Row("POST", f"{ONE}/accept", "registry", f"{ONE}/accept", materials.RequestView, "材料通过"),
    Row(
        "POST",
        f"{ONE}/again",
        "registry",
        f"{ONE}/again",
        materials.RequestView,
        "要求补正",
        materials.AskAgain,
    ),
)
