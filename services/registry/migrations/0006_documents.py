"""Opening cases; years of working days; templates of papers and the guide, each with a first version of our own."""

import json
import tomllib
from pathlib import Path
from uuid import UUID

from alembic import op

revision = "registry_0006"
down_revision = "registry_0005"

TABLES = """
CREATE TABLE opening_cases (
    case_no varchar NOT NULL,
    employer_no varchar NOT NULL CONSTRAINT fk_opening_cases_employer_no_employers REFERENCES employers,
    state varchar NOT NULL,
    version integer NOT NULL,
    agreement_no varchar NOT NULL,
    agreement_signed_on date,
    employer_handler varchar NOT NULL,
    officer varchar NOT NULL,
    materials varchar[] NOT NULL,
    specialist bytea,
    specialist_name varchar NOT NULL,
    received_on date NOT NULL,
    again_for varchar NOT NULL,
    decided_on date,
    decided_by varchar,
    reason varchar NOT NULL,
    CONSTRAINT pk_opening_cases PRIMARY KEY (case_no),
    CONSTRAINT uq_opening_cases_agreement_no UNIQUE (agreement_no)
);
CREATE UNIQUE INDEX uq_opening_cases_open ON opening_cases (employer_no) WHERE state IN ('received', 'again');
CREATE INDEX ix_opening_cases_employer_no ON opening_cases (employer_no);
CREATE INDEX ix_opening_cases_state_case_no ON opening_cases (state, case_no);

CREATE TABLE working_day_drafts (
    id uuid NOT NULL,
    year integer NOT NULL,
    holidays date[] NOT NULL,
    swapped date[] NOT NULL,
    document_no varchar NOT NULL,
    drafted_by varchar NOT NULL,
    drafted_on date NOT NULL,
    released_by varchar,
    CONSTRAINT pk_working_day_drafts PRIMARY KEY (id),
    CONSTRAINT ck_working_day_drafts_four_eyes CHECK (released_by <> drafted_by)
);
CREATE INDEX ix_working_day_drafts_year ON working_day_drafts (year);

CREATE TABLE working_years (
    year integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT pk_working_years PRIMARY KEY (year)
);

CREATE TABLE guide_versions (
    version integer NOT NULL,
    items jsonb NOT NULL,
    edited_by varchar NOT NULL,
    edited_on date NOT NULL,
    reason varchar NOT NULL,
    CONSTRAINT pk_guide_versions PRIMARY KEY (version)
);

CREATE TABLE templates (
    id uuid NOT NULL,
    paper varchar NOT NULL,
    name varchar NOT NULL,
    effective_on date NOT NULL,
    sample boolean NOT NULL,
    text varchar NOT NULL,
    imported_by varchar NOT NULL,
    imported_on date NOT NULL,
    released_by varchar,
    CONSTRAINT pk_templates PRIMARY KEY (id),
    CONSTRAINT ck_templates_four_eyes CHECK (released_by <> imported_by)
);
CREATE UNIQUE INDEX uq_templates_released ON templates (paper, effective_on) WHERE released_by IS NOT NULL;
"""
SAMPLES = ("agreement", "authorisation")
"""Texts of our own, short, with every blank of the annex; they say on every print that they are samples."""


def _sample(number: int, paper: str) -> str:
    body = _quoted(Path(__file__).with_name(f"0006_{paper}.txt").read_text(encoding="utf-8"))
    return (
        f"('{UUID(int=number)}', '{paper}', '示例文本', '2016-01-01', true, {body}, "
        "'shipped.draft', '2016-01-01', 'shipped.release')"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _guide() -> str:
    items = tomllib.loads(Path(__file__).with_name("0006_guide.toml").read_text(encoding="utf-8"))["item"]
    return _quoted(json.dumps(items, ensure_ascii=False))


def upgrade() -> None:
    """The tables, the samples, the first guide."""
    op.execute(TABLES)
    rows = ", ".join(_sample(number, paper) for number, paper in enumerate(SAMPLES, start=1))
    op.execute(
        "INSERT INTO templates (id, paper, name, effective_on, sample, text, imported_by, imported_on, "
        f"released_by) VALUES {rows}"
    )
    op.execute(
        "INSERT INTO guide_versions (version, items, edited_by, edited_on, reason) "
        f"VALUES (1, {_guide()}, 'shipped.draft', '2016-01-01', '系统预置')"
    )
