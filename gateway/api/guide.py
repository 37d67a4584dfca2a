"""The JSON API's routes to 办事指南."""

from contracts.http import guide
from gateway.api.forwarding import Row

GUIDE = (
    Row("GET", "/guide", "registry", "/guide", guide.Guide, "办事指南"),
    Row("POST", "/guide", "registry", "/guide", guide.Guide, "修改办事指南", guide.EditGuide),
    Row("GET", "/guide/versions", "registry", "/guide/versions", guide.GuideVersions, "办事指南修改记录"),
    Row(
        "GET",
        "/guide/versions/{version}",
        "registry",
        "/guide/versions/{version}",
        guide.Guide,
        "一个版本的办事指南",
    ),
)
