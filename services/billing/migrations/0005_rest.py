"""The part of a posted payment that its debts no longer take, kept in suspense (A11)."""

from alembic import op

revision = "billing_0005"
down_revision = "billing_0004"

REST = """
ALTER TABLE payments ADD COLUMN rest bigint NOT NULL DEFAULT 0
    CONSTRAINT ck_payments_rest CHECK (rest BETWEEN 0 AND amount);
CREATE INDEX ix_payments_rest ON payments (paid_on) WHERE rest > 0;
"""


def upgrade() -> None:
    op.execute(REST)
