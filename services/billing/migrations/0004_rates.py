"""Rates of Yantai for 2014 to 2019 as shipped policy data (domain 3.1)."""

from alembic import op

revision = "billing_0004"
down_revision = "billing_0003"

MEDICAL, MATERNITY, LARGE = ("medical", 70000, 20000), ("maternity", 5000, 0), ("large_medical", 0, 0)
OLD, EASED, LOW = (15000, 5000), (10000, 5000), (7000, 3000)
"""Unemployment until 2016-04, from 2016-05 and from 2017-01 (Shandong)."""


def enterprise(unit: int, unemployment: tuple[int, int]) -> tuple[tuple[str, int, int], ...]:
    return (("pension", unit, 80000), MEDICAL, LARGE, ("unemployment", *unemployment), MATERNITY)


def government(unit: int, unemployment: tuple[int, int]) -> tuple[tuple[str, int, int], ...]:
    annuity = ("annuity", 80000, 40000)
    pensions = (("gov_pension", unit, 80000), annuity)
    return (*pensions, MEDICAL, LARGE, ("unemployment", *unemployment), MATERNITY)


SETS = (
    ("enterprise", 201401, 201604, enterprise(180000, OLD)),
    ("enterprise", 201605, 201612, enterprise(180000, EASED)),
    ("enterprise", 201701, 201904, enterprise(180000, LOW)),
    ("enterprise", 201905, 201912, enterprise(160000, LOW)),
    ("government", 201410, 201604, government(200000, OLD)),
    ("government", 201605, 201612, government(200000, EASED)),
    ("government", 201701, 201904, government(200000, LOW)),
    ("government", 201905, 201912, government(160000, LOW)),
)
SHIPPED = "系统预置费率表"


def upgrade() -> None:
    for scheme, first, last, rates in SETS:
        op.execute(
            f"INSERT INTO rate_sets (id, scheme, from_month, until_month, document_no, drafted_by, drafted_at,"
            f" released_by, released_at) VALUES (gen_random_uuid(), '{scheme}', {first}, {last}, '{SHIPPED}',"
            f" 'shipped.draft', now(), 'shipped.release', now())"
        )
        for kind, unit, person in rates:
            op.execute(
                f"INSERT INTO rates SELECT no, '{kind}', {unit}, {person}, 0, 0 FROM rate_sets"
                f" WHERE scheme = '{scheme}' AND from_month = {first}"
            )
