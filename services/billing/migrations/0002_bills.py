"""Bills with their lines by month, sums per kind, monthly runs."""

from alembic import op

revision = "billing_0002"
down_revision = "billing_0001"

KINDS = (
    "pension",
    "gov_pension",
    "annuity",
    "medical",
    "large_medical",
    "unemployment",
    "injury",
    "maternity",
)
AMOUNTS = ",\n    ".join(f"{part}_{kind} bigint NOT NULL" for kind in KINDS for part in ("unit", "person"))

BILLS = """
CREATE TABLE bills (
    employer_no varchar NOT NULL,
    month integer NOT NULL,
    sort varchar NOT NULL,
    version integer NOT NULL,
    assessed_version integer DEFAULT 1 NOT NULL,
    state varchar NOT NULL,
    persons integer NOT NULL,
    unit bigint NOT NULL CONSTRAINT ck_bills_unit CHECK (unit >= 0),
    person bigint NOT NULL CONSTRAINT ck_bills_person CHECK (person >= 0),
    total bigint NOT NULL CONSTRAINT ck_bills_total CHECK (total = unit + person),
    due_day date NOT NULL,
    stale boolean NOT NULL DEFAULT false,
    confirmed_at timestamptz,
    confirmed_version integer,
    opened_on date,
    settled_on date,
    CONSTRAINT pk_bills PRIMARY KEY (employer_no, month, sort)
);
CREATE INDEX ix_bills_open ON bills (due_day, employer_no) WHERE state IN ('assessed', 'confirmed');
-- with the employer: without statistics PostgreSQL takes either index to find one bill, and must find one in both
CREATE INDEX ix_bills_month ON bills (month, employer_no);
CREATE INDEX ix_bills_stale ON bills (employer_no) WHERE stale;

CREATE TABLE kind_sums (
    employer_no varchar NOT NULL,
    month integer NOT NULL,
    contribution_month integer NOT NULL,
    sort varchar NOT NULL,
    fee_from date NOT NULL,
    kind varchar NOT NULL,
    persons integer NOT NULL,
    base_sum bigint NOT NULL,
    unit bigint NOT NULL,
    person bigint NOT NULL,
    CONSTRAINT pk_kind_sums PRIMARY KEY (employer_no, month, contribution_month, sort, fee_from, kind)
);

CREATE TABLE monthly_runs (
    month integer NOT NULL,
    after_employer varchar NOT NULL,
    bills integer NOT NULL,
    persons integer NOT NULL,
    done_at timestamptz,
    CONSTRAINT pk_monthly_runs PRIMARY KEY (month)
);
"""

LINES = f"""
CREATE TABLE person_lines (
    month integer NOT NULL,
    employer_no varchar NOT NULL,
    enrollment_id uuid NOT NULL,
    contribution_month integer NOT NULL,
    sort varchar NOT NULL,
    fee_from date NOT NULL,
    person_no varchar NOT NULL,
    base bigint NOT NULL,
    rate_set integer NOT NULL,
    injury_rate integer NOT NULL,
    rural smallint NOT NULL,
    kinds smallint NOT NULL,
    {AMOUNTS},
    CONSTRAINT pk_person_lines PRIMARY KEY (month, employer_no, enrollment_id, contribution_month, sort)
) PARTITION BY RANGE (month);
CREATE TABLE person_lines_default PARTITION OF person_lines DEFAULT;
"""

PARTITIONS = """
CREATE FUNCTION open_month_partition(month integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE child text := 'person_lines_p' || month;
BEGIN
    IF month % 100 NOT BETWEEN 1 AND 12 OR month / 100 NOT BETWEEN 2000 AND 2999 THEN
        RAISE EXCEPTION 'no month: %', month;
    END IF;
    IF to_regclass(child) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(child, 0));
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF person_lines FOR VALUES FROM (%s) TO (%s)',
                       child, month, month + 1);
    END IF;
END $$;
"""


def upgrade() -> None:
    for script in (BILLS, LINES, PARTITIONS):
        op.execute(script)
