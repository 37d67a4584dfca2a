"""Start: chassis tables, sessions, bank inbox, live state."""

from alembic import op

from services.chassis import chassis_schema

revision = "gateway_0001"
down_revision = None

TABLES = """
CREATE TABLE sessions (
    token_hash bytea NOT NULL,
    account varchar NOT NULL,
    display_name varchar NOT NULL,
    roles jsonb NOT NULL,
    employer_no varchar,
    employer_name varchar NOT NULL,
    district varchar,
    district_name varchar NOT NULL,
    must_change_password boolean NOT NULL,
    opened_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT pk_sessions PRIMARY KEY (token_hash)
);
CREATE INDEX ix_sessions_account ON sessions (account);

CREATE TABLE bank_payments (
    bank varchar NOT NULL,
    serial varchar NOT NULL,
    notification_id uuid NOT NULL,
    content_hash bytea NOT NULL,
    slip_no varchar NOT NULL,
    amount bigint NOT NULL,
    paid_at timestamptz NOT NULL,
    clearing_day date NOT NULL,
    payer bytea NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT pk_bank_payments PRIMARY KEY (bank, serial),
    CONSTRAINT uq_bank_payments_notification_id UNIQUE (notification_id)
);
CREATE INDEX ix_bank_payments_slip_no ON bank_payments (slip_no);
CREATE INDEX ix_bank_payments_paid_at ON bank_payments (paid_at);

CREATE TABLE bank_nonces (
    bank varchar NOT NULL,
    nonce varchar NOT NULL,
    body_hash bytea NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT pk_bank_nonces PRIMARY KEY (bank, nonce)
);
CREATE INDEX ix_bank_nonces_seen_at ON bank_nonces (seen_at);

CREATE TABLE live_states (
    employer_no varchar NOT NULL,
    version bigint NOT NULL,
    facts jsonb NOT NULL,
    CONSTRAINT pk_live_states PRIMARY KEY (employer_no)
);
"""


def upgrade() -> None:
    """Create everything the gateway starts with."""
    chassis_schema.create(op)
    op.execute(TABLES)
