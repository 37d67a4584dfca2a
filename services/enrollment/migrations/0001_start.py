"""Employers, persons, relations."""

from alembic import op

from services.chassis import chassis_schema

revision = "enrollment_0001"
down_revision = None

PEOPLE = """
CREATE TABLE employers (
    employer_no varchar NOT NULL,
    version integer NOT NULL DEFAULT 0,
    name varchar NOT NULL DEFAULT '',
    scheme varchar NOT NULL DEFAULT '',
    kinds varchar[] NOT NULL DEFAULT '{}',
    kind_terms jsonb NOT NULL DEFAULT '[]',
    district varchar NOT NULL DEFAULT '',
    insured_from integer,
    registered_on date,
    opened_on date,
    deregistered_on date,
    CONSTRAINT pk_employers PRIMARY KEY (employer_no)
);
CREATE INDEX ix_employers_district ON employers (district);

CREATE TABLE bill_months (
    employer_no varchar NOT NULL,
    month integer NOT NULL,
    confirmed boolean NOT NULL DEFAULT false,
    settled boolean NOT NULL DEFAULT false,
    arrears boolean NOT NULL DEFAULT false,
    CONSTRAINT pk_bill_months PRIMARY KEY (employer_no, month)
);

CREATE TABLE persons (
    person_no varchar NOT NULL,
    version integer NOT NULL DEFAULT 0,
    name varchar NOT NULL,
    name_key varchar NOT NULL,
    id_kind varchar NOT NULL,
    id_number bytea NOT NULL,
    id_number_blind bytea NOT NULL,
    blind_version varchar NOT NULL,
    id_number_masked varchar NOT NULL,
    sex varchar NOT NULL DEFAULT '',
    born_on date,
    household varchar NOT NULL DEFAULT '',
    household_address varchar NOT NULL DEFAULT '',
    home_address varchar NOT NULL DEFAULT '',
    phone bytea NOT NULL DEFAULT '',
    phone_masked varchar NOT NULL DEFAULT '',
    CONSTRAINT pk_persons PRIMARY KEY (person_no),
    CONSTRAINT uq_persons_id_number_blind UNIQUE (id_number_blind)
);

CREATE TABLE relations (
    enrollment_id uuid NOT NULL,
    person_no varchar NOT NULL CONSTRAINT fk_relations_person_no_persons REFERENCES persons,
    employer_no varchar NOT NULL,
    version integer NOT NULL,
    scheme varchar NOT NULL,
    kinds varchar[] NOT NULL,
    rural_contract boolean NOT NULL,
    hired_on date NOT NULL,
    contract_until date,
    from_month integer NOT NULL,
    last_month integer,
    declared_wage bigint NOT NULL CONSTRAINT ck_relations_declared_wage CHECK (declared_wage >= 0),
    base bigint NOT NULL CONSTRAINT ck_relations_base CHECK (base >= 0),
    base_from integer NOT NULL,
    imported boolean NOT NULL DEFAULT false,
    left_on date,
    left_reason varchar NOT NULL DEFAULT '',
    CONSTRAINT pk_relations PRIMARY KEY (enrollment_id)
);
CREATE INDEX ix_relations_person_no ON relations (person_no);
CREATE INDEX ix_relations_employer_no ON relations (employer_no);
CREATE UNIQUE INDEX uq_relations_open ON relations (employer_no, person_no) WHERE last_month IS NULL;

CREATE TABLE series (
    name varchar NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT pk_series PRIMARY KEY (name)
);
"""


def upgrade() -> None:
    chassis_schema.create(op)
    op.execute(PEOPLE)
