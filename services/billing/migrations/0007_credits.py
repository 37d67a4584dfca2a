"""Bills as their slips froze them, and what was paid for months that the roster no longer covers (A11, A23, 3.4)."""

from alembic import op

revision = "billing_0007"
down_revision = "billing_0006"

FROZEN_BILLS = """
CREATE TABLE frozen_bills (
    slip_no varchar NOT NULL CONSTRAINT fk_frozen_bills_slip_no_slips REFERENCES slips,
    month integer NOT NULL,
    employer_no varchar NOT NULL,
    lines jsonb NOT NULL,
    CONSTRAINT pk_frozen_bills PRIMARY KEY (slip_no, month)
);
CREATE INDEX ix_frozen_bills_employer_no ON frozen_bills (employer_no, month);
"""

CREDITS = """
CREATE TABLE credits (
    enrollment_id uuid NOT NULL,
    month integer NOT NULL,
    kind varchar NOT NULL,
    employer_no varchar NOT NULL,
    bill_month integer NOT NULL,
    unit bigint NOT NULL CONSTRAINT ck_credits_unit CHECK (unit >= 0),
    person bigint NOT NULL CONSTRAINT ck_credits_person CHECK (person >= 0),
    recorded_on date NOT NULL,
    CONSTRAINT pk_credits PRIMARY KEY (enrollment_id, month, kind),
    CONSTRAINT ck_credits_some CHECK (unit + person > 0)
);
CREATE INDEX ix_credits_employer_no ON credits (employer_no);
"""


def upgrade() -> None:
    for script in (FROZEN_BILLS, CREDITS):
        op.execute(script)
