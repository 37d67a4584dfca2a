"""Duties of employers and the reminders of them."""

from alembic import op

revision = "notices_0002"
down_revision = "notices_0001"

REMINDERS = """
CREATE TABLE duties (
    subject varchar NOT NULL,
    employer_no varchar NOT NULL,
    matter varchar NOT NULL,
    reference varchar NOT NULL,
    due date,
    since date,
    told integer NOT NULL,
    done integer NOT NULL,
    CONSTRAINT pk_duties PRIMARY KEY (subject),
    CONSTRAINT ck_duties_told CHECK (told = 0 OR num_nulls(due, since) = 0)
);
CREATE INDEX ix_duties_employer_no ON duties (employer_no);
CREATE INDEX ix_duties_due ON duties (due) WHERE told > done;

CREATE TABLE reminders (
    id uuid NOT NULL,
    subject varchar NOT NULL CONSTRAINT fk_reminders_subject_duties REFERENCES duties,
    step date NOT NULL,
    employer_no varchar NOT NULL,
    title varchar NOT NULL,
    text varchar NOT NULL,
    due date NOT NULL,
    sent_on date NOT NULL,
    read_at timestamptz,
    read_by varchar,
    CONSTRAINT pk_reminders PRIMARY KEY (id),
    CONSTRAINT uq_reminders_subject UNIQUE (subject, step)
);
CREATE INDEX ix_reminders_employer_no ON reminders (employer_no);
"""


def upgrade() -> None:
    """Both tables."""
    op.execute(REMINDERS)
