"""Employers, openings, accounts."""

from alembic import op

from services.chassis import chassis_schema

revision = "registry_0001"
down_revision = None

TABLES = """
CREATE TABLE employers (
    employer_no varchar NOT NULL,
    version integer NOT NULL,
    name varchar NOT NULL,
    credit_code varchar NOT NULL,
    kind varchar NOT NULL,
    scheme varchar NOT NULL,
    kinds varchar[] NOT NULL,
    district varchar NOT NULL,
    paying_agency varchar NOT NULL,
    address varchar NOT NULL,
    postcode varchar NOT NULL,
    legal_representative varchar NOT NULL,
    insured_from integer NOT NULL,
    registered_on date NOT NULL,
    opened_on date,
    specialist varchar,
    deregistered_on date,
    imported boolean NOT NULL,
    CONSTRAINT pk_employers PRIMARY KEY (employer_no),
    CONSTRAINT uq_employers_credit_code UNIQUE (credit_code)
);
CREATE INDEX ix_employers_district ON employers (district);

CREATE TABLE injury_rates (
    employer_no varchar NOT NULL CONSTRAINT fk_injury_rates_employer_no_employers REFERENCES employers,
    from_month integer NOT NULL,
    injury_class integer NOT NULL,
    float_percent integer NOT NULL,
    rate integer NOT NULL,
    CONSTRAINT pk_injury_rates PRIMARY KEY (employer_no, from_month)
);

CREATE TABLE openings (
    employer_no varchar NOT NULL CONSTRAINT fk_openings_employer_no_employers REFERENCES employers,
    agreement_no varchar NOT NULL,
    agreement_signed_on date NOT NULL,
    employer_handler varchar NOT NULL,
    officer varchar NOT NULL,
    opened_on date NOT NULL,
    materials varchar[] NOT NULL,
    CONSTRAINT pk_openings PRIMARY KEY (employer_no),
    CONSTRAINT uq_openings_agreement_no UNIQUE (agreement_no)
);

CREATE TABLE accounts (
    account varchar NOT NULL,
    display_name varchar NOT NULL,
    password_hash varchar NOT NULL,
    roles varchar[] NOT NULL,
    employer_no varchar CONSTRAINT fk_accounts_employer_no_employers REFERENCES employers,
    district varchar,
    must_change boolean NOT NULL,
    locked boolean NOT NULL,
    created_at timestamptz NOT NULL,
    last_log_in_at timestamptz,
    CONSTRAINT pk_accounts PRIMARY KEY (account),
    CONSTRAINT ck_accounts_one_reach CHECK (num_nonnulls(employer_no, district) = 1),
    CONSTRAINT ck_accounts_administrators_separate CHECK (
        ('system_admin' = ANY (roles))::int + ('security_admin' = ANY (roles))::int
        + ('audit_admin' = ANY (roles))::int <= 1
    )
);

CREATE TABLE specialists (
    id uuid NOT NULL,
    employer_no varchar NOT NULL CONSTRAINT fk_specialists_employer_no_employers REFERENCES employers,
    account varchar NOT NULL,
    name varchar NOT NULL,
    id_number bytea NOT NULL,
    id_number_blind bytea NOT NULL,
    blind_version varchar NOT NULL,
    office_phone bytea NOT NULL,
    mobile bytea NOT NULL,
    since date NOT NULL,
    until date,
    CONSTRAINT pk_specialists PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_specialists_current ON specialists (employer_no) WHERE until IS NULL;

CREATE TABLE failed_tries (
    key bytea NOT NULL,
    failed integer NOT NULL,
    last_at timestamptz NOT NULL,
    CONSTRAINT pk_failed_tries PRIMARY KEY (key)
);
CREATE INDEX ix_failed_tries_last_at ON failed_tries (last_at);

CREATE TABLE series (
    name varchar NOT NULL,
    last integer NOT NULL,
    CONSTRAINT pk_series PRIMARY KEY (name)
);
"""


def upgrade() -> None:
    """Chassis tables and registry's own."""
    chassis_schema.create(op)
    op.execute(TABLES)
