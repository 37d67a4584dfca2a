"""A thousand slips by billing's own command; that employers are registered and enroll is another flow's job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.http.bank import Notification
from contracts.month import Month
from services.billing.app import SERVICE
from services.billing.commands.debts import ensure_for_bills
from services.billing.commands.slips import issue_ordinary
from services.chassis.identity import SYSTEM
from services.chassis.runtime import build
from services.chassis.work import work_scope
from tests.flows.fleet import Fleet

SEPTEMBER, BILL, AT_ONCE = Month(2016, 9), 860_258, 250
BEFORE_NO, LAST_NO = "3706700000", "3706799999"
"""Numbers of these employers lie between."""
_EMPLOYERS = """
INSERT INTO employers (employer_no, version, name, credit_code, scheme, district, agency, insured_from)
SELECT ($2::bigint + n)::text, 1, '烟台第' || n || '有限公司', '91370600MA3C1A2B9T', 'enterprise', '370602', '370602',
       201609 FROM generate_series(1, $1::int) n
"""
_BILLS = """
INSERT INTO bills (employer_no, month, sort, version, state, persons, unit, person, total, due_day)
SELECT ($2::bigint + n)::text, 201609, 'ordinary', 1, 'assessed', 3, 627187, 233071, 860258, '2016-09-10'
FROM generate_series(1, $1::int) n
"""
_SUMS = """
INSERT INTO kind_sums (employer_no, month, contribution_month, sort, fee_from, kind, persons, base_sum, unit, person)
SELECT ($2::bigint + n)::text, 201609, 201609, 'ordinary', '2016-09-11', kind, 3, 2289000, unit, person
FROM generate_series(1, $1::int) n CROSS JOIN (VALUES ('pension', 412020, 183120), ('medical', 160230, 45780),
    ('unemployment', 22890, 4171), ('injury', 20601, 0), ('maternity', 11446, 0)) v(kind, unit, person)
"""


@dataclass(frozen=True)
class Paying:
    """An employer that nobody registered, with its slip."""

    employer_no: str
    slip_no: str

    def notification(self, paid_at: datetime) -> Notification:
        """The bank says that the slip was paid."""
        return Notification(
            serial=f"T{self.employer_no}",
            slip_no=self.slip_no,
            amount=BILL,
            paid_at=paid_at,
            clearing_day=paid_at.date(),
            payer_account="6222000000000000001",
            payer_name="付款单位",
        )


async def issue_slips(fleet: Fleet, count: int, before: str = BEFORE_NO) -> Sequence[Paying]:
    """So many employers with the bill of the worked example, each with its slip of September; none may be there yet."""
    for statement in (_EMPLOYERS, _BILLS, _SUMS):
        await fleet.rows("billing", statement, count, int(before))
    chassis = build(SERVICE, fleet.settings("billing"))
    await chassis.business.refresh()
    numbers = [str(int(before) + number) for number in range(1, count + 1)]
    made: list[Paying] = []
    for start in range(0, count, AT_ONCE):
        async with work_scope(chassis, SYSTEM) as work:
            chosen = numbers[start : start + AT_ONCE]
            await ensure_for_bills(work, [(number, SEPTEMBER) for number in chosen])
            made += [Paying(no, (await issue_ordinary(work, no, SEPTEMBER)).slip_no) for no in chosen]
    await chassis.business.close()
    await chassis.engine.dispose()
    return made
