"""Written applications and their working days, separate approvers, one-time codes and revocations of accounts."""

from alembic import op

from services.chassis.workdays import seed_from_chinesecalendar

revision = "registry_0002"
down_revision = "registry_0001"

YEARS = range(2004, 2027)
"""What the package chinesecalendar knows."""
TABLES = """
ALTER TABLE accounts ADD COLUMN revocations integer NOT NULL DEFAULT 0;
ALTER TABLE accounts ALTER COLUMN revocations DROP DEFAULT;
ALTER TABLE accounts ADD COLUMN totp_secret bytea;
ALTER TABLE accounts ADD COLUMN totp_on boolean NOT NULL DEFAULT false;
ALTER TABLE accounts ALTER COLUMN totp_on DROP DEFAULT;
ALTER TABLE accounts ADD COLUMN totp_step bigint NOT NULL DEFAULT 0;
ALTER TABLE accounts ALTER COLUMN totp_step DROP DEFAULT;
CREATE INDEX ix_accounts_last_log_in_at ON accounts (last_log_in_at) WHERE employer_no IS NOT NULL;

CREATE TABLE applications (
    application_no varchar NOT NULL,
    employer_no varchar NOT NULL CONSTRAINT fk_applications_employer_no_employers REFERENCES employers,
    matter varchar NOT NULL,
    state varchar NOT NULL,
    reason varchar NOT NULL,
    new_specialist bytea,
    new_name varchar NOT NULL,
    old_name varchar NOT NULL,
    received_on date NOT NULL,
    received_by varchar NOT NULL,
    check_by date NOT NULL,
    checked_on date,
    checked_by varchar,
    due_on date,
    finished_on date,
    finished_by varchar,
    returned_for varchar NOT NULL,
    CONSTRAINT pk_applications PRIMARY KEY (application_no)
);
CREATE UNIQUE INDEX uq_applications_open ON applications (employer_no, matter)
    WHERE state IN ('received', 'checked');
CREATE INDEX ix_applications_state_received_on ON applications (state, received_on);

CREATE TABLE approvers (
    id uuid NOT NULL,
    employer_no varchar NOT NULL CONSTRAINT fk_approvers_employer_no_employers REFERENCES employers,
    account varchar NOT NULL,
    name varchar NOT NULL,
    id_number bytea NOT NULL,
    id_number_blind bytea NOT NULL,
    blind_version varchar NOT NULL,
    office_phone bytea NOT NULL,
    mobile bytea NOT NULL,
    since date NOT NULL,
    until date,
    CONSTRAINT pk_approvers PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_approvers_current ON approvers (employer_no) WHERE until IS NULL;

CREATE TABLE working_days (
    day date NOT NULL,
    working boolean NOT NULL,
    CONSTRAINT pk_working_days PRIMARY KEY (day)
);
"""


def upgrade() -> None:
    """The tables, and every year whose calendar is published."""
    op.execute(TABLES)
    days = ", ".join(f"('{row.day}', {row.working})" for row in seed_from_chinesecalendar(YEARS))
    op.execute(f"INSERT INTO working_days (day, working) VALUES {days}")
