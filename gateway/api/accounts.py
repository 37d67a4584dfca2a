"""The JSON API's routes to accounts: locks, log-ins, one-time codes, idle employers."""

from contracts.http import accounts
from contracts.http.registry import NewAccount
from gateway.api.forwarding import EMPLOYER, Row

ONE = "/accounts/{account}"
OF_EMPLOYER = f"{EMPLOYER}/accounts"
ACCOUNTS = (
    Row(
        "GET",
        f"{ONE}/log-ins",
        "registry",
        f"{ONE}/log-ins",
        accounts.LogInLog,
        "登录记录",
        query=("page",),
    ),
    Row("GET", OF_EMPLOYER, "registry", OF_EMPLOYER, accounts.EmployerAccounts, "单位的账户", own=False),
    Row("POST", f"{ONE}/lock", "registry", f"{ONE}/lock", accounts.AccountState, "锁定账户"),
    Row("POST", f"{ONE}/unlock", "registry", f"{ONE}/unlock", accounts.AccountState, "解锁账户"),
    Row("POST", f"{ONE}/reset", "registry", f"{ONE}/reset", NewAccount, "重置工作人员密码"),
    Row(
        "GET",
        "/idle-employers",
        "registry",
        "/idle-employers",
        accounts.IdlePage,
        "未登录单位",
        query=("days", "page"),
    ),
    Row("GET", "/totp", "registry", "/totp", accounts.TotpState, "动态口令是否启用"),
    Row("POST", "/totp", "registry", "/totp", accounts.TotpOffer, "生成动态口令密钥"),
    Row(
        "POST",
        "/totp/confirm",
        "registry",
        "/totp/confirm",
        accounts.TotpState,
        "启用动态口令",
        accounts.TotpCode,
    ),
    Row("POST", "/totp/off", "registry", "/totp/off", accounts.TotpState, "停用动态口令", accounts.TotpCode),
)
