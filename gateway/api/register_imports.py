"""The JSON API's routes to the import of the existing register."""

from contracts.http import register_imports
from gateway.api.forwarding import Row

ALL = "/register-imports"
ONE = f"{ALL}/{{import_id}}"
REGISTER_IMPORTS = (
    Row(
        "POST",
        ALL,
        "registry",
        ALL,
        register_imports.RegisterImportView,
        "导入存量单位",
        register_imports.NewRegisterImport,
    ),
    Row("GET", ALL, "registry", ALL, register_imports.RegisterImportPage, "存量导入", query=("page",)),
    Row("GET", ONE, "registry", ONE, register_imports.RegisterImportView, "一次存量导入"),
    Row("GET", f"{ONE}/faults", "registry", f"{ONE}/faults", register_imports.FaultyRows, "未导入的行"),
    Row(
        "POST",
        f"{ONE}/release",
        "registry",
        f"{ONE}/release",
        register_imports.RegisterImportView,
        "复核导入",
    ),
)
