"""The JSON API's routes to templates and the papers made of them."""

from contracts.http import templates
from gateway.api.forwarding import EMPLOYER, Row

ONE = "/templates/{template_id}"
TEMPLATES = (
    Row("GET", "/templates", "registry", "/templates", templates.Templates, "文书文本"),
    Row(
        "POST",
        "/templates",
        "registry",
        "/templates",
        templates.TemplateText,
        "导入文书文本",
        templates.ImportTemplate,
    ),
    Row("GET", ONE, "registry", ONE, templates.TemplateText, "一个版本的文书文本"),
    Row("POST", f"{ONE}/release", "registry", f"{ONE}/release", templates.TemplateView, "复核发布文书文本"),
    Row(
        "POST",
        f"{EMPLOYER}/papers/{{paper}}",
        "registry",
        "/employers/{employer_no}/papers/{paper}",
        templates.Document,
        "协议书、授权书",
        own=False,
    ),
)
