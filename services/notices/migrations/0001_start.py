"""Copies, board, results, orders."""

from alembic import op

from services.chassis import chassis_schema
from services.chassis.workdays import seed_from_chinesecalendar

revision = "notices_0001"
down_revision = None

YEARS = range(2004, 2027)
"""What the package chinesecalendar knows; later years come from registry."""
WORKING_DAYS = """
CREATE TABLE working_days (
    day date NOT NULL,
    working boolean NOT NULL,
    CONSTRAINT pk_working_days PRIMARY KEY (day)
);

CREATE TABLE working_years (
    year integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_working_years PRIMARY KEY (year)
);
"""
COPIES = """
CREATE TABLE employers (
    employer_no varchar NOT NULL,
    version integer NOT NULL,
    name varchar NOT NULL,
    credit_code varchar NOT NULL,
    address varchar NOT NULL,
    district varchar NOT NULL,
    paying_agency varchar NOT NULL,
    CONSTRAINT pk_employers PRIMARY KEY (employer_no)
);
CREATE INDEX ix_employers_district ON employers (district);

CREATE TABLE arrears (
    employer_no varchar NOT NULL,
    month integer NOT NULL,
    opened_version integer NOT NULL,
    opened_on date,
    fee_from date,
    debts jsonb NOT NULL,
    deducted jsonb NOT NULL,
    principal_version integer NOT NULL,
    principal_paid_on date,
    settled_version integer NOT NULL,
    settled_on date,
    CONSTRAINT pk_arrears PRIMARY KEY (employer_no, month)
);

CREATE TABLE payments (
    payment_id uuid NOT NULL,
    version integer NOT NULL,
    employer_no varchar NOT NULL,
    paid_on date NOT NULL,
    allocations jsonb NOT NULL,
    CONSTRAINT pk_payments PRIMARY KEY (payment_id)
);
CREATE INDEX ix_payments_employer_no ON payments (employer_no);

CREATE TABLE untold_payments (
    payment_id uuid NOT NULL,
    employer_no varchar NOT NULL,
    CONSTRAINT pk_untold_payments PRIMARY KEY (payment_id)
);
CREATE INDEX ix_untold_payments_employer_no ON untold_payments (employer_no);
"""

ORDERS = """
CREATE TABLE orders (
    id uuid NOT NULL,
    employer_no varchar NOT NULL,
    state varchar NOT NULL,
    version integer NOT NULL,
    prepared_on date NOT NULL,
    months jsonb NOT NULL,
    order_no varchar,
    employer_name varchar NOT NULL,
    credit_code varchar NOT NULL,
    address varchar NOT NULL,
    agency_name varchar NOT NULL,
    debts jsonb NOT NULL,
    principal bigint NOT NULL,
    fee bigint NOT NULL,
    fee_from date,
    words jsonb,
    issued_on date,
    issued_by varchar,
    digest varchar NOT NULL,
    served_at timestamptz,
    deadline date,
    paper_since date,
    settled_on date,
    lapsed_on date,
    CONSTRAINT pk_orders PRIMARY KEY (id),
    CONSTRAINT uq_orders_order_no UNIQUE (order_no),
    CONSTRAINT ck_orders_state CHECK (
        state IN ('prepared', 'withdrawn', 'issued', 'served', 'settled', 'lapsed')
    ),
    CONSTRAINT ck_orders_numbered CHECK ((order_no IS NULL) = (state IN ('prepared', 'withdrawn'))),
    CONSTRAINT ck_orders_issued CHECK (order_no IS NULL OR num_nulls(issued_on, issued_by, words) = 0),
    CONSTRAINT ck_orders_served CHECK (
        num_nonnulls(served_at, deadline) <> 1 AND (state NOT IN ('served', 'lapsed') OR served_at IS NOT NULL)
    )
);
CREATE INDEX ix_orders_employer_no ON orders (employer_no);
CREATE INDEX ix_orders_state ON orders (state);
CREATE UNIQUE INDEX uq_orders_prepared ON orders (employer_no) WHERE state = 'prepared';

CREATE TABLE series (
    agency varchar NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT pk_series PRIMARY KEY (agency, year)
);
"""

BOARD = """
CREATE TABLE notices (
    id uuid NOT NULL,
    title varchar NOT NULL,
    body varchar NOT NULL,
    posted_at timestamptz NOT NULL,
    posted_by varchar NOT NULL,
    CONSTRAINT pk_notices PRIMARY KEY (id)
);

CREATE TABLE notice_reads (
    notice_id uuid NOT NULL CONSTRAINT fk_notice_reads_notice_id_notices REFERENCES notices,
    employer_no varchar NOT NULL,
    account varchar NOT NULL,
    read_at timestamptz NOT NULL,
    CONSTRAINT pk_notice_reads PRIMARY KEY (notice_id, employer_no)
);

CREATE TABLE results (
    id uuid NOT NULL,
    subject varchar NOT NULL,
    version integer NOT NULL,
    employer_no varchar NOT NULL,
    matter varchar NOT NULL,
    matter_name varchar NOT NULL,
    submission_no varchar NOT NULL,
    person_no varchar,
    outcome varchar NOT NULL,
    outcome_name varchar NOT NULL,
    reason varchar NOT NULL,
    next_step varchar NOT NULL,
    deadline date,
    decided_at timestamptz NOT NULL,
    read_at timestamptz,
    read_by varchar,
    CONSTRAINT pk_results PRIMARY KEY (id),
    CONSTRAINT uq_results_subject UNIQUE (subject)
);
CREATE INDEX ix_results_employer_no ON results (employer_no);
"""


def upgrade() -> None:
    """Chassis tables and those of notices."""
    chassis_schema.create(op)
    for script in (WORKING_DAYS, COPIES, ORDERS, BOARD):
        op.execute(script)
    days = ", ".join(f"('{row.day}', {row.working})" for row in seed_from_chinesecalendar(YEARS))
    op.execute(f"INSERT INTO working_days (day, working) VALUES {days}")
