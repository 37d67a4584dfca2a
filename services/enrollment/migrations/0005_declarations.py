"""Annual declarations of bases."""

from alembic import op

revision = "enrollment_0005"
down_revision = "enrollment_0004"

DECLARATIONS = """
CREATE TABLE base_rounds (
    employer_no varchar NOT NULL,
    year integer NOT NULL,
    declaration_no varchar NOT NULL,
    version integer NOT NULL,
    submitted_at timestamptz NOT NULL,
    submitted_by varchar NOT NULL,
    channel varchar NOT NULL,
    posted_from date,
    posted_to date,
    CONSTRAINT pk_base_rounds PRIMARY KEY (employer_no, year),
    CONSTRAINT uq_base_rounds_declaration_no UNIQUE (declaration_no),
    CONSTRAINT ck_base_rounds_posted CHECK (posted_to >= posted_from)
);

CREATE TABLE declared_bases (
    enrollment_id uuid NOT NULL CONSTRAINT fk_declared_bases_enrollment_id_relations REFERENCES relations,
    year integer NOT NULL,
    employer_no varchar NOT NULL,
    wage_total bigint NOT NULL,
    months integer NOT NULL,
    declared_wage bigint NOT NULL,
    base bigint NOT NULL,
    clamped varchar NOT NULL,
    signed_on date,
    CONSTRAINT pk_declared_bases PRIMARY KEY (enrollment_id, year),
    CONSTRAINT ck_declared_bases_months CHECK (months BETWEEN 1 AND 12)
);
CREATE INDEX ix_declared_bases_employer_no ON declared_bases (employer_no);
"""


def upgrade() -> None:
    """Both tables."""
    op.execute(DECLARATIONS)
