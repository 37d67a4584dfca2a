"""Months of employers that wait for policy data, as tasks of the desk (domain 1.5)."""

from alembic import op

revision = "billing_0006"
down_revision = "billing_0005"

SET_ASIDE = """
CREATE TABLE set_aside (
    employer_no varchar NOT NULL,
    month integer NOT NULL,
    what varchar NOT NULL,
    since date NOT NULL,
    CONSTRAINT pk_set_aside PRIMARY KEY (employer_no, month, what)
);
"""


def upgrade() -> None:
    op.execute(SET_ASIDE)
