"""Policy data as shipped: base limits 2014–2018 (domain 3.3) and the working days of 2004–2026."""

from uuid import UUID

from alembic import op

from services.chassis.workdays import seed_from_chinesecalendar

revision = "enrollment_0003"
down_revision = "enrollment_0002"

WAGES_AND_LIMITS = (
    (2014, 47_652, 2_383, 11_913),
    (2015, 52_460, 2_623, 13_115),
    (2016, 58_197, 2_910, 14_549),
    (2017, 63_562, 3_178, 15_891),
    (2018, 69_305, 3_465, 17_326),
)
"""Year, last year's average wage of the province, floor, ceiling; yuan."""
YEARS = range(2004, 2027)


def _limits(year: int, wage: int, floor: int, ceiling: int) -> str:
    """Published in July, in force for the whole year (A17)."""
    document = f"山东省{year - 1}年度在岗职工平均工资{wage}元公布文件"
    return (
        f"('{UUID(int=year)}', {year}, {wage * 100}, {floor * 100}, {ceiling * 100}, {year * 100 + 1}, "
        f"'{year}-07-01', '{document}', 'system.draft', 'system.release')"
    )


def upgrade() -> None:
    limits = ", ".join(_limits(*row) for row in WAGES_AND_LIMITS)
    op.execute(
        "INSERT INTO base_limits (id, year, average_wage, floor, ceiling, effective_from, published_on, "
        f"document_no, drafted_by, released_by) VALUES {limits}"
    )
    days = ", ".join(f"('{row.day}', {row.working})" for row in seed_from_chinesecalendar(YEARS))
    op.execute(f"INSERT INTO working_days (day, working) VALUES {days}")
