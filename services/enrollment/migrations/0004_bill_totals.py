"""The sum of each bill, so that a month without one is known."""

from alembic import op

revision = "enrollment_0004"
down_revision = "enrollment_0003"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE bill_months ADD COLUMN total bigint, ADD COLUMN total_version integer NOT NULL DEFAULT 0"
    )
