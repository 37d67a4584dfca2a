"""The JSON API's routes to registry: employers, their opening, officers."""

from contracts.http import registry
from gateway.api.forwarding import EMPLOYER, Row

E = EMPLOYER
REGISTRY = (
    Row(
        "POST",
        "/officers",
        "registry",
        "/officers",
        registry.NewAccount,
        "开设工作人员账户",
        registry.NewOfficer,
    ),
    Row("GET", "/officers", "registry", "/officers", registry.Officers, "工作人员"),
    Row("GET", "/coverage", "registry", "/coverage", registry.CoverageReport, "开通情况"),
    Row("GET", "/districts", "registry", "/districts", registry.Districts, "区县与经办机构"),
    Row(
        "POST",
        "/employers",
        "registry",
        "/employers",
        registry.EmployerView,
        "单位登记",
        registry.RegisterEmployer,
    ),
    Row(
        "GET",
        "/employers",
        "registry",
        "/employers",
        registry.EmployerPage,
        "单位查询",
        query=("text", "page", "opened"),
    ),
    Row("GET", E, "registry", "/employers/{employer_no}", registry.EmployerView, "单位登记信息", own=False),
    Row(
        "POST",
        f"{E}/opening",
        "registry",
        "/employers/{employer_no}/opening",
        registry.OpeningReceipt,
        "开通网上服务",
        registry.OpenService,
        own=False,
    ),
    Row(
        "GET",
        f"{E}/opening",
        "registry",
        "/employers/{employer_no}/opening",
        registry.OpeningView,
        "开通记录",
        own=False,
    ),
    Row(
        "GET",
        f"{E}/specialist",
        "registry",
        "/employers/{employer_no}/specialist",
        registry.SpecialistView,
        "专管员",
        own=False,
    ),
)
