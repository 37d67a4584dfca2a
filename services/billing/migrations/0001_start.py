"""Employers, rates and roster."""

from alembic import op

from services.chassis import chassis_schema

revision = "billing_0001"
down_revision = None

EMPLOYERS = """
CREATE TABLE employers (
    employer_no varchar NOT NULL,
    version integer NOT NULL DEFAULT 0,
    name varchar NOT NULL DEFAULT '',
    credit_code varchar NOT NULL DEFAULT '',
    scheme varchar NOT NULL DEFAULT '',
    district varchar NOT NULL DEFAULT '',
    agency varchar NOT NULL DEFAULT '',
    address varchar NOT NULL DEFAULT '',
    postcode varchar NOT NULL DEFAULT '',
    insured_from integer,
    deregistered_on date,
    slip_sequence integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_employers PRIMARY KEY (employer_no)
);
CREATE INDEX ix_employers_district ON employers (district);

CREATE TABLE injury_rates (
    employer_no varchar NOT NULL,
    from_month integer NOT NULL,
    to_month integer NOT NULL,
    injury_class integer NOT NULL,
    float_percent integer NOT NULL,
    rate integer NOT NULL CONSTRAINT ck_injury_rates_ppm CHECK (rate BETWEEN 0 AND 1000000),
    CONSTRAINT pk_injury_rates PRIMARY KEY (employer_no, from_month)
);
"""

RATES = """
CREATE TABLE rate_sets (
    no integer GENERATED ALWAYS AS IDENTITY,
    id uuid NOT NULL,
    scheme varchar NOT NULL,
    from_month integer NOT NULL,
    until_month integer,
    document_no varchar NOT NULL,
    drafted_by varchar NOT NULL,
    drafted_at timestamptz NOT NULL,
    released_by varchar,
    released_at timestamptz,
    CONSTRAINT pk_rate_sets PRIMARY KEY (no),
    CONSTRAINT uq_rate_sets_id UNIQUE (id),
    CONSTRAINT ck_rate_sets_two_officers CHECK (drafted_by <> released_by),
    CONSTRAINT ck_rate_sets_released CHECK (num_nonnulls(released_by, released_at) IN (0, 2)),
    CONSTRAINT ck_rate_sets_span CHECK (until_month >= from_month)
);
CREATE UNIQUE INDEX uq_rate_sets_released ON rate_sets (scheme, from_month) WHERE released_by IS NOT NULL;

CREATE TABLE rates (
    rate_set integer NOT NULL CONSTRAINT fk_rates_rate_set_rate_sets REFERENCES rate_sets,
    kind varchar NOT NULL,
    unit integer NOT NULL CONSTRAINT ck_rates_unit CHECK (unit BETWEEN 0 AND 1000000),
    person integer NOT NULL CONSTRAINT ck_rates_person CHECK (person BETWEEN 0 AND 1000000),
    fixed_unit bigint NOT NULL CONSTRAINT ck_rates_fixed_unit CHECK (fixed_unit >= 0),
    fixed_person bigint NOT NULL CONSTRAINT ck_rates_fixed_person CHECK (fixed_person >= 0),
    CONSTRAINT pk_rates PRIMARY KEY (rate_set, kind)
);
"""

ROSTER = """
CREATE TABLE roster (
    enrollment_id uuid NOT NULL,
    from_month integer NOT NULL,
    to_month integer NOT NULL,
    version integer NOT NULL,
    employer_no varchar NOT NULL,
    person_no varchar NOT NULL,
    scheme varchar NOT NULL,
    relation_from integer NOT NULL,
    relation_to integer NOT NULL,
    imported boolean NOT NULL,
    base bigint NOT NULL,
    rural smallint NOT NULL,
    pension smallint NOT NULL,
    gov_pension smallint NOT NULL,
    annuity smallint NOT NULL,
    medical smallint NOT NULL,
    large_medical smallint NOT NULL,
    unemployment smallint NOT NULL,
    injury smallint NOT NULL,
    maternity smallint NOT NULL,
    CONSTRAINT pk_roster PRIMARY KEY (enrollment_id, from_month)
);
CREATE INDEX ix_roster_employer_no ON roster (employer_no);

CREATE TABLE late_increases (
    enrollment_id uuid NOT NULL,
    limit_day date NOT NULL,
    CONSTRAINT pk_late_increases PRIMARY KEY (enrollment_id)
);

CREATE TABLE supplements (
    enrollment_id uuid NOT NULL,
    month integer NOT NULL,
    employer_no varchar NOT NULL,
    bill_month integer,
    fee_from date,
    recorded_on date NOT NULL,
    CONSTRAINT pk_supplements PRIMARY KEY (enrollment_id, month)
);
CREATE INDEX ix_supplements_employer_no ON supplements (employer_no);
"""


def upgrade() -> None:
    chassis_schema.create(op)
    for script in (EMPLOYERS, RATES, ROSTER):
        op.execute(script)
