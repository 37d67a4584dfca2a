"""What new people will cost a month: priced by billing's own statement, stored nowhere."""

from collections import defaultdict
from collections.abc import Sequence

from contracts.http.billing import Estimate, Estimated, EstimateRow
from contracts.http.enrollment import Path, PreviewRow
from contracts.month import Month
from gateway.parts import Part, part
from gateway.sessions.visit import Visit


async def estimates_of(visit: Visit, rows: Sequence[PreviewRow]) -> tuple[Part[Estimated], ...]:
    """One estimate for each first month of contribution, rows that cannot be sent left out."""
    months: dict[Month, list[EstimateRow]] = defaultdict(list)
    for row in rows:
        if row.path is not Path.REFUSED and row.first_month is not None:
            months[row.first_month].append(_row(row))
    asked = (Estimate(month=month, rows=tuple(found)) for month, found in sorted(months.items()))
    return tuple([await part(visit.calls.post("billing", "/estimates", Estimated, one)) for one in asked])


def _row(row: PreviewRow) -> EstimateRow:
    return EstimateRow(
        ref=str(row.row), base=row.base, scheme=row.scheme, kinds=row.kinds, rural_contract=row.rural_contract
    )
