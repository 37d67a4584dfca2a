"""HTTP interface of registry: accounts under lock and key, log-ins, one-time codes (clause 四(二), domain 1.5).

GET /accounts/{account}/log-ins?page → LogInLog · POST /accounts/{account}/lock|unlock → AccountState
POST /accounts/{account}/reset → NewAccount (officers; an employer applies on paper)
GET /employers/{no}/accounts → EmployerAccounts · GET /idle-employers?days&page → IdlePage
GET /totp → TotpState · POST /totp → TotpOffer · POST /totp/confirm TotpCode → TotpState · POST /totp/off TotpCode → TotpState
"""

from pydantic import Field

from contracts.http.paging import Page
from contracts.models import Command, View
from contracts.values import AccountId, Count, Day, EmployerNo, Instant, Line, Members, Role


class LogInEntry(View):
    """One try to log in; wall time."""

    at: Instant
    accepted: bool
    address: str


class LogInLog(Page):
    """Tries of an account, the latest first."""

    rows: tuple[LogInEntry, ...]


class AccountState(View):
    """An account after it was locked or unlocked."""

    account: AccountId
    locked: bool


class EmployerAccount(View):
    """An account that acts for an employer now: its specialist's, or its approver's."""

    account: AccountId
    holder: Line
    roles: Members[Role]
    since: Day
    locked: bool
    totp: bool
    last_log_in_at: Instant | None


class EmployerAccounts(View):
    """Who acts for an employer: the specialist first, then a separate approver where there is one."""

    rows: tuple[EmployerAccount, ...]

    @property
    def approver(self) -> EmployerAccount | None:
        """The separate approver; none where the specialist does both."""
        return next((row for row in self.rows if Role.PREPARER not in row.roles), None)


class IdleEmployer(View):
    """An employer nobody has logged in for since a while; never where there is no time (clause 三)."""

    employer_no: EmployerNo
    name: Line
    account: AccountId
    last_log_in_at: Instant | None


class IdlePage(Page):
    """Employers not logged in for N days, the longest first; the duty of daily log-in has no penalty."""

    days: Count
    rows: tuple[IdleEmployer, ...]


class TotpState(View):
    """Whether log-in asks a one-time code (动态口令, RFC 6238: 6 digits, 30 s, SHA-1)."""

    on: bool


class TotpOffer(View):
    """A new secret, in force once a code of it was given."""

    secret: str = Field(description="base32")
    uri: str = Field(description="otpauth://, for the QR code")


class TotpCode(Command):
    """The code an authenticator shows now."""

    code: str = Field(pattern=r"^[0-9]{6}$")
