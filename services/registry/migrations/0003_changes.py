"""Further items of registration, changes filed and decided, versions of the register entry."""

from alembic import op

revision = "registry_0003"
down_revision = "registry_0002"

TABLES = """
ALTER TABLE employers ADD COLUMN particulars jsonb NOT NULL DEFAULT '{}';
ALTER TABLE employers ALTER COLUMN particulars DROP DEFAULT;
ALTER TABLE employers ADD COLUMN bank_account bytea;

CREATE TABLE registration_changes (
    change_no varchar NOT NULL,
    employer_no varchar NOT NULL
        CONSTRAINT fk_registration_changes_employer_no_employers REFERENCES employers,
    state varchar NOT NULL,
    asked bytea NOT NULL,
    items jsonb NOT NULL,
    effective_on date NOT NULL,
    reason varchar NOT NULL,
    filed_on date NOT NULL,
    filed_by varchar NOT NULL,
    channel varchar NOT NULL,
    decided_on date,
    decided_by varchar,
    refused_for varchar NOT NULL,
    CONSTRAINT pk_registration_changes PRIMARY KEY (change_no)
);
CREATE UNIQUE INDEX uq_registration_changes_open ON registration_changes (employer_no)
    WHERE state IN ('filed', 'accepted');
CREATE INDEX ix_registration_changes_state_effective_on ON registration_changes (state, effective_on);

CREATE TABLE employer_versions (
    employer_no varchar NOT NULL
        CONSTRAINT fk_employer_versions_employer_no_employers REFERENCES employers,
    version integer NOT NULL,
    effective_on date NOT NULL,
    recorded_on date NOT NULL,
    change_no varchar NOT NULL,
    items jsonb NOT NULL,
    CONSTRAINT pk_employer_versions PRIMARY KEY (employer_no, version)
);
"""


def upgrade() -> None:
    """The tables."""
    op.execute(TABLES)
