"""Where a session was opened from, and whether it must set up one-time codes first."""

from alembic import op

revision = "gateway_0002"
down_revision = "gateway_0001"

COLUMNS = """
ALTER TABLE sessions ADD COLUMN address varchar NOT NULL DEFAULT '';
ALTER TABLE sessions ALTER COLUMN address DROP DEFAULT;
ALTER TABLE sessions ADD COLUMN must_enrol_totp boolean NOT NULL DEFAULT false;
ALTER TABLE sessions ALTER COLUMN must_enrol_totp DROP DEFAULT;
"""


def upgrade() -> None:
    """Two columns."""
    op.execute(COLUMNS)
