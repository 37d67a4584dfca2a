"""Increases, decreases, limits, working days, cut-over imports."""

from alembic import op

revision = "enrollment_0002"
down_revision = "enrollment_0001"

PEOPLE = """
ALTER TABLE employers ADD COLUMN paying_agency varchar NOT NULL DEFAULT '';
ALTER TABLE bill_months ADD COLUMN arrears_version integer NOT NULL DEFAULT 0;
ALTER TABLE relations ADD COLUMN confirmed_on date NOT NULL;
CREATE SEQUENCE person_numbers START 1000000001 MAXVALUE 9999999999;
"""

INCREASES = """
CREATE TABLE increases (
    submission_no varchar NOT NULL,
    employer_no varchar NOT NULL CONSTRAINT fk_increases_employer_no_employers REFERENCES employers,
    person_no varchar NOT NULL CONSTRAINT fk_increases_person_no_persons REFERENCES persons,
    enrollment_id uuid,
    version integer NOT NULL,
    replaces varchar,
    state varchar NOT NULL,
    household varchar NOT NULL,
    household_address varchar NOT NULL,
    home_address varchar NOT NULL,
    phone bytea NOT NULL,
    phone_masked varchar NOT NULL,
    employment_form varchar NOT NULL,
    rural_contract boolean NOT NULL,
    hired_on date NOT NULL,
    contract_until date,
    reason varchar NOT NULL,
    declared_wage bigint NOT NULL CONSTRAINT ck_increases_declared_wage CHECK (declared_wage >= 0),
    base bigint NOT NULL CONSTRAINT ck_increases_base CHECK (base >= 0),
    clamped varchar NOT NULL,
    scheme varchar NOT NULL,
    kinds varchar[] NOT NULL,
    first_month integer NOT NULL,
    reasons varchar[] NOT NULL,
    limit_day date NOT NULL,
    late boolean NOT NULL,
    until date,
    void_on date,
    note varchar NOT NULL,
    submitted_at timestamptz NOT NULL,
    submitted_by varchar NOT NULL,
    channel varchar NOT NULL,
    decided_at timestamptz,
    decided_by varchar,
    decision_note varchar NOT NULL DEFAULT '',
    printed_at timestamptz,
    CONSTRAINT pk_increases PRIMARY KEY (submission_no)
);
CREATE INDEX ix_increases_employer_no ON increases (employer_no);
CREATE INDEX ix_increases_person_no ON increases (person_no);
CREATE INDEX ix_increases_void_on ON increases (void_on) WHERE state = 'awaiting_counter';
CREATE UNIQUE INDEX uq_increases_awaiting ON increases (employer_no, person_no) WHERE state = 'awaiting_counter';
"""

DECREASES = """
CREATE TABLE decreases (
    submission_no varchar NOT NULL,
    employer_no varchar NOT NULL CONSTRAINT fk_decreases_employer_no_employers REFERENCES employers,
    enrollment_id uuid NOT NULL CONSTRAINT fk_decreases_enrollment_id_relations REFERENCES relations,
    person_no varchar NOT NULL,
    version integer NOT NULL,
    state varchar NOT NULL,
    left_on date NOT NULL,
    reason varchar NOT NULL,
    extra_date date,
    note varchar NOT NULL,
    last_month integer NOT NULL,
    waits_for integer,
    submitted_at timestamptz NOT NULL,
    submitted_by varchar NOT NULL,
    channel varchar NOT NULL,
    decided_at timestamptz,
    forced_by varchar,
    forced_reason varchar NOT NULL DEFAULT '',
    force_released_by varchar,
    CONSTRAINT pk_decreases PRIMARY KEY (submission_no),
    CONSTRAINT ck_decreases_four_eyes CHECK (
        force_released_by IS NULL OR (forced_by IS NOT NULL AND force_released_by <> forced_by)
    )
);
CREATE INDEX ix_decreases_employer_no ON decreases (employer_no);
CREATE UNIQUE INDEX uq_decreases_queued ON decreases (enrollment_id) WHERE state = 'queued';
CREATE INDEX ix_decreases_waits_for ON decreases (employer_no, waits_for) WHERE state = 'queued';
"""

POLICY = """
CREATE TABLE base_limits (
    id uuid NOT NULL,
    year integer NOT NULL,
    average_wage bigint NOT NULL,
    floor bigint NOT NULL,
    ceiling bigint NOT NULL,
    effective_from integer NOT NULL,
    published_on date NOT NULL,
    document_no varchar NOT NULL,
    drafted_by varchar NOT NULL,
    released_by varchar,
    CONSTRAINT pk_base_limits PRIMARY KEY (id),
    CONSTRAINT ck_base_limits_order CHECK (floor > 0 AND floor <= ceiling),
    CONSTRAINT ck_base_limits_four_eyes CHECK (released_by <> drafted_by)
);
CREATE UNIQUE INDEX uq_base_limits_released ON base_limits (effective_from) WHERE released_by IS NOT NULL;

CREATE TABLE working_years (
    year integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_working_years PRIMARY KEY (year)
);

CREATE TABLE working_days (
    day date NOT NULL,
    working boolean NOT NULL,
    CONSTRAINT pk_working_days PRIMARY KEY (day)
);
"""

IMPORTS = """
CREATE TABLE imports (
    id uuid NOT NULL,
    title varchar NOT NULL,
    state varchar NOT NULL,
    persons integer NOT NULL,
    base_sum bigint NOT NULL,
    done_persons integer NOT NULL DEFAULT 0,
    skipped_persons integer NOT NULL DEFAULT 0,
    drafted_by varchar NOT NULL,
    released_by varchar,
    CONSTRAINT pk_imports PRIMARY KEY (id),
    CONSTRAINT ck_imports_four_eyes CHECK (released_by <> drafted_by)
);

CREATE TABLE import_parts (
    import_id uuid NOT NULL CONSTRAINT fk_import_parts_import_id_imports REFERENCES imports,
    part integer NOT NULL,
    persons integer NOT NULL,
    base_sum bigint NOT NULL,
    CONSTRAINT pk_import_parts PRIMARY KEY (import_id, part)
);

CREATE TABLE import_rows (
    import_id uuid NOT NULL,
    part integer NOT NULL,
    row integer NOT NULL,
    employer_no varchar NOT NULL,
    name varchar NOT NULL,
    name_key varchar NOT NULL,
    id_kind varchar NOT NULL,
    id_number bytea NOT NULL,
    id_number_blind bytea NOT NULL,
    blind_version varchar NOT NULL,
    id_number_masked varchar NOT NULL,
    sex varchar NOT NULL,
    born_on date,
    household varchar NOT NULL,
    home_address varchar NOT NULL,
    phone bytea NOT NULL,
    phone_masked varchar NOT NULL,
    rural_contract boolean NOT NULL,
    hired_on date NOT NULL,
    from_month integer NOT NULL,
    declared_wage bigint NOT NULL,
    base bigint NOT NULL,
    CONSTRAINT pk_import_rows PRIMARY KEY (import_id, part, row),
    CONSTRAINT uq_import_rows_number UNIQUE (import_id, id_number_blind)
);
CREATE INDEX ix_import_rows_order ON import_rows (import_id, employer_no, part, row);
"""


def upgrade() -> None:
    for script in (PEOPLE, INCREASES, DECREASES, POLICY, IMPORTS):
        op.execute(script)
