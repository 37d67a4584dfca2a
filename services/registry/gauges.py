"""What registry's office has in hand, as figures for the monitoring."""

from __future__ import annotations

from services.chassis.runtime import OwnGauge

_TODAY = "CAST(:today AS date)"
_CASES = "FROM applications WHERE state IN ('received', 'checked')"
_ASKED = "FROM material_requests WHERE sort = '{}' AND state IN ('sent', 'again')"
_FOR_REVIEW = "FROM material_requests WHERE state = 'answered'"
_ACTING = """
    FROM accounts a WHERE (a.district IS NOT NULL
        OR EXISTS (SELECT FROM employers e WHERE e.specialist = a.account)
        OR EXISTS (SELECT FROM approvers p WHERE p.account = a.account AND p.until IS NULL))
"""

gauges = (
    OwnGauge("si_applications_open", "Written applications in hand", f"SELECT count(*) {_CASES}"),
    OwnGauge(
        "si_applications_overdue",
        "Written applications past their working day",
        f"SELECT count(*) {_CASES} AND CASE state WHEN 'received' THEN check_by ELSE due_on END < {_TODAY}",
    ),
    OwnGauge(
        "si_material_requests_open",
        "Material requests that wait for employers",
        f"SELECT count(*) {_ASKED.format('materials')}",
    ),
    OwnGauge(
        "si_material_requests_overdue",
        "Material requests past their deadline",
        f"SELECT count(*) {_ASKED.format('materials')} AND deadline < {_TODAY}",
    ),
    OwnGauge(
        "si_corrections_open",
        "Orders to correct that wait for employers",
        f"SELECT count(*) {_ASKED.format('correction')}",
    ),
    OwnGauge(
        "si_corrections_overdue",
        "Orders to correct past their deadline",
        f"SELECT count(*) {_ASKED.format('correction')} AND deadline < {_TODAY}",
    ),
    OwnGauge(
        "si_answers_to_judge", "Materials handed in and not yet judged", f"SELECT count(*) {_FOR_REVIEW}"
    ),
    OwnGauge(
        "si_accounts_locked", "Accounts in use that are locked", f"SELECT count(*) {_ACTING} AND a.locked"
    ),
    OwnGauge(
        "si_employers_idle",
        "Employers nobody has logged in for since 30 days",
        "SELECT count(*) FROM employers e JOIN accounts a ON a.account = e.specialist "
        "WHERE e.deregistered_on IS NULL "
        "AND coalesce(a.last_log_in_at, '-infinity') < now() - interval '30 days'",
    ),
)
"""Refused tries are counted by code in `si_refused`."""
