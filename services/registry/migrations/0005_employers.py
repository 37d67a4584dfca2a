"""Kinds by month; deregistration, with what it is judged by; import of the register."""

from alembic import op

revision = "registry_0005"
down_revision = "registry_0004"

TABLES = """
ALTER TABLE employers ADD COLUMN kind_terms jsonb NOT NULL DEFAULT '[]';
ALTER TABLE employers ALTER COLUMN kind_terms DROP DEFAULT;

CREATE TABLE bill_standings (
    employer_no varchar NOT NULL,
    month integer NOT NULL,
    total bigint NOT NULL,
    total_version integer NOT NULL,
    confirmed boolean NOT NULL,
    confirmed_version integer NOT NULL,
    settled boolean NOT NULL,
    in_arrears boolean NOT NULL,
    arrears_version integer NOT NULL,
    CONSTRAINT pk_bill_standings PRIMARY KEY (employer_no, month)
);

CREATE TABLE insured_relations (
    enrollment_id uuid NOT NULL,
    employer_no varchar NOT NULL,
    version integer NOT NULL,
    last_month integer,
    imported boolean NOT NULL,
    newest_fact date,
    CONSTRAINT pk_insured_relations PRIMARY KEY (enrollment_id)
);
CREATE INDEX ix_insured_relations_employer_no ON insured_relations (employer_no);

CREATE TABLE deregistrations (
    deregistration_no varchar NOT NULL,
    employer_no varchar NOT NULL
        CONSTRAINT fk_deregistrations_employer_no_employers REFERENCES employers,
    state varchar NOT NULL,
    ground varchar NOT NULL,
    ended_on date NOT NULL,
    document varchar NOT NULL,
    reason varchar NOT NULL,
    filed_on date NOT NULL,
    filed_by varchar NOT NULL,
    channel varchar NOT NULL,
    decided_on date,
    decided_by varchar,
    refused_for varchar NOT NULL,
    CONSTRAINT pk_deregistrations PRIMARY KEY (deregistration_no)
);
CREATE UNIQUE INDEX uq_deregistrations_open ON deregistrations (employer_no) WHERE state IN ('filed', 'done');
CREATE INDEX ix_deregistrations_state ON deregistrations (state);

CREATE TABLE register_imports (
    id uuid NOT NULL,
    digest bytea NOT NULL,
    title varchar NOT NULL,
    state varchar NOT NULL,
    reach varchar NOT NULL,
    total integer NOT NULL,
    faulty integer NOT NULL,
    done integer NOT NULL,
    skipped integer NOT NULL,
    districts jsonb NOT NULL,
    drafted_on date NOT NULL,
    drafted_by varchar NOT NULL,
    released_by varchar,
    CONSTRAINT pk_register_imports PRIMARY KEY (id),
    CONSTRAINT uq_register_imports_digest UNIQUE (digest),
    CONSTRAINT ck_register_imports_four_eyes CHECK (released_by <> drafted_by)
);

CREATE TABLE register_import_rows (
    import_id uuid NOT NULL
        CONSTRAINT fk_register_import_rows_import_id_register_imports REFERENCES register_imports,
    "row" integer NOT NULL,
    given jsonb NOT NULL,
    faults jsonb NOT NULL,
    CONSTRAINT pk_register_import_rows PRIMARY KEY (import_id, "row")
);
"""


def upgrade() -> None:
    """The tables."""
    op.execute(TABLES)
