"""Material requests and the scans that answer them."""

from alembic import op

revision = "registry_0004"
down_revision = "registry_0003"

TABLES = """
CREATE TABLE material_requests (
    request_no varchar NOT NULL,
    employer_no varchar NOT NULL
        CONSTRAINT fk_material_requests_employer_no_employers REFERENCES employers,
    version integer NOT NULL,
    sort varchar NOT NULL,
    what varchar NOT NULL,
    ground varchar NOT NULL,
    deadline date NOT NULL,
    state varchar NOT NULL,
    sent_on date NOT NULL,
    sent_by varchar NOT NULL,
    note varchar NOT NULL,
    again_for varchar NOT NULL,
    answered_on date,
    judged_on date,
    judged_by varchar,
    CONSTRAINT pk_material_requests PRIMARY KEY (request_no)
);
CREATE INDEX ix_material_requests_employer_no ON material_requests (employer_no);
CREATE INDEX ix_material_requests_state_deadline ON material_requests (state, deadline);

CREATE TABLE material_files (
    id uuid NOT NULL,
    request_no varchar NOT NULL
        CONSTRAINT fk_material_files_request_no_material_requests REFERENCES material_requests,
    name varchar NOT NULL,
    media_type varchar NOT NULL,
    size integer NOT NULL,
    digest bytea NOT NULL,
    uploaded_on date NOT NULL,
    uploaded_by varchar NOT NULL,
    CONSTRAINT pk_material_files PRIMARY KEY (id)
);
CREATE INDEX ix_material_files_request_no ON material_files (request_no);
"""


def upgrade() -> None:
    """The tables."""
    op.execute(TABLES)
