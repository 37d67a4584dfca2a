"""Debts, slips, payments, allocations, receipts."""

from alembic import op

revision = "billing_0003"
down_revision = "billing_0002"

DEBTS = """
CREATE TABLE debts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    employer_no varchar NOT NULL,
    bill_month integer NOT NULL,
    month integer NOT NULL,
    kind varchar NOT NULL,
    sort varchar NOT NULL,
    fee_from date NOT NULL,
    unit bigint NOT NULL,
    person bigint NOT NULL,
    unit_paid bigint NOT NULL DEFAULT 0,
    person_paid bigint NOT NULL DEFAULT 0,
    fee_paid bigint NOT NULL DEFAULT 0,
    opened_on date,
    closed_on date,
    CONSTRAINT pk_debts PRIMARY KEY (id),
    CONSTRAINT uq_debts_part UNIQUE (employer_no, bill_month, month, kind, sort, fee_from),
    CONSTRAINT ck_debts_unit CHECK (unit_paid BETWEEN 0 AND unit),
    CONSTRAINT ck_debts_person CHECK (person_paid BETWEEN 0 AND person),
    CONSTRAINT ck_debts_fee CHECK (fee_paid >= 0)
);
CREATE INDEX ix_debts_open ON debts (employer_no) WHERE closed_on IS NULL;
"""

SLIPS = """
CREATE TABLE slips (
    slip_no varchar NOT NULL,
    version integer NOT NULL,
    employer_no varchar NOT NULL,
    sort varchar NOT NULL,
    principal bigint NOT NULL,
    fee bigint NOT NULL,
    amount bigint NOT NULL CONSTRAINT ck_slips_amount CHECK (amount = principal + fee AND amount > 0),
    issued_at timestamptz NOT NULL,
    pay_on date NOT NULL,
    valid_until timestamptz NOT NULL,
    state varchar NOT NULL,
    voided_at timestamptz,
    void_cause varchar NOT NULL DEFAULT '',
    queried_at timestamptz,
    queried_by varchar NOT NULL DEFAULT '',
    CONSTRAINT pk_slips PRIMARY KEY (slip_no)
);
CREATE INDEX ix_slips_employer_no ON slips (employer_no);
CREATE UNIQUE INDEX uq_slips_valid ON slips (employer_no, sort) WHERE state = 'valid';

CREATE TABLE slip_parts (
    slip_no varchar NOT NULL CONSTRAINT fk_slip_parts_slip_no_slips REFERENCES slips,
    debt_id bigint NOT NULL,
    unit bigint NOT NULL,
    person bigint NOT NULL,
    fee bigint NOT NULL,
    CONSTRAINT pk_slip_parts PRIMARY KEY (slip_no, debt_id)
);
"""

PAYMENTS = """
CREATE TABLE payments (
    id uuid NOT NULL,
    version integer NOT NULL,
    employer_no varchar NOT NULL,
    channel varchar NOT NULL,
    bank varchar,
    serial varchar,
    agency varchar,
    reference varchar,
    slip_no varchar,
    amount bigint NOT NULL CONSTRAINT ck_payments_amount CHECK (amount >= 0),
    paid_at timestamptz NOT NULL,
    paid_on date NOT NULL,
    clearing_day date,
    recorded_at timestamptz NOT NULL,
    recorded_by varchar NOT NULL,
    state varchar NOT NULL,
    reason varchar NOT NULL DEFAULT '',
    receipt_no varchar NOT NULL DEFAULT '',
    refund bigint NOT NULL DEFAULT 0 CONSTRAINT ck_payments_refund CHECK (refund BETWEEN 0 AND amount),
    CONSTRAINT pk_payments PRIMARY KEY (id),
    CONSTRAINT uq_payments_bank_serial UNIQUE (bank, serial),
    CONSTRAINT uq_payments_agency_reference UNIQUE (agency, reference)
);
CREATE INDEX ix_payments_employer_no ON payments (employer_no, paid_at);
CREATE INDEX ix_payments_suspended ON payments (paid_on) WHERE state = 'suspended';

CREATE TABLE untaken_payments (
    bank varchar NOT NULL,
    serial varchar NOT NULL,
    employer_no varchar NOT NULL,
    paid_on date NOT NULL,
    CONSTRAINT pk_untaken_payments PRIMARY KEY (bank, serial)
);
CREATE INDEX ix_untaken_payments_employer_no ON untaken_payments (employer_no);

CREATE TABLE allocations (
    payment_id uuid NOT NULL CONSTRAINT fk_allocations_payment_id_payments REFERENCES payments,
    debt_id bigint NOT NULL,
    paid_on date NOT NULL,
    unit bigint NOT NULL,
    person bigint NOT NULL,
    fee bigint NOT NULL,
    CONSTRAINT pk_allocations PRIMARY KEY (payment_id, debt_id)
);
CREATE INDEX ix_allocations_debt_id ON allocations (debt_id);

CREATE TABLE disposals (
    id uuid NOT NULL,
    payment_id uuid NOT NULL CONSTRAINT fk_disposals_payment_id_payments REFERENCES payments,
    act varchar NOT NULL,
    employer_no varchar,
    slip_no varchar,
    ground varchar NOT NULL,
    amount bigint NOT NULL,
    placed bigint NOT NULL,
    state varchar NOT NULL,
    proposed_by varchar NOT NULL,
    proposed_at timestamptz NOT NULL,
    decided_by varchar,
    decided_at timestamptz,
    CONSTRAINT pk_disposals PRIMARY KEY (id),
    CONSTRAINT ck_disposals_two_officers CHECK (state <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX ix_disposals_payment_id ON disposals (payment_id);
CREATE UNIQUE INDEX uq_disposals_open ON disposals (payment_id) WHERE state = 'proposed';

CREATE TABLE serial_conflicts (
    notification_id uuid NOT NULL,
    bank varchar NOT NULL,
    serial varchar NOT NULL,
    slip_no varchar NOT NULL,
    employer_no varchar NOT NULL,
    amount bigint NOT NULL,
    paid_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT pk_serial_conflicts PRIMARY KEY (notification_id)
);
"""

RECEIPTS = """
CREATE TABLE receipts (
    receipt_no varchar NOT NULL,
    payment_id uuid NOT NULL,
    employer_no varchar NOT NULL,
    amount bigint NOT NULL,
    issued_on date NOT NULL,
    CONSTRAINT pk_receipts PRIMARY KEY (receipt_no),
    CONSTRAINT uq_receipts_payment_id UNIQUE (payment_id)
);

CREATE TABLE receipt_counters (
    agency varchar NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT pk_receipt_counters PRIMARY KEY (agency, year)
);
"""


def upgrade() -> None:
    for script in (DEBTS, SLIPS, PAYMENTS, RECEIPTS):
        op.execute(script)
