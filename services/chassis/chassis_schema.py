"""DDL of the chassis tables; each service's first migration calls `create(op)`."""

from typing import Protocol

TABLES = """
CREATE TABLE outbox (
    day date NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    event_id uuid NOT NULL,
    bucket smallint GENERATED ALWAYS AS (abs(hashtext(key)) % 12) STORED,
    topic varchar NOT NULL,
    key varchar NOT NULL,
    type varchar NOT NULL,
    subject varchar NOT NULL,
    time timestamptz NOT NULL,
    traceparent varchar,
    body json NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);
CREATE INDEX ix_outbox_event_id ON outbox (event_id);
CREATE TABLE outbox_default PARTITION OF outbox DEFAULT;

-- What waits for the relay stands apart: a mark in the outbox itself would write each body and its index entries again.
CREATE TABLE outbox_unsent (
    id bigint NOT NULL,
    day date NOT NULL,
    bucket smallint NOT NULL,
    CONSTRAINT pk_outbox_unsent PRIMARY KEY (id)
);
CREATE FUNCTION note_unsent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox_unsent (id, day, bucket) SELECT id, day, bucket FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER note_unsent AFTER INSERT ON outbox REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION note_unsent();

CREATE TABLE inbox (
    day date NOT NULL,
    event_id uuid NOT NULL,
    topic varchar NOT NULL,
    CONSTRAINT pk_inbox PRIMARY KEY (day, event_id)
) PARTITION BY RANGE (day);
CREATE TABLE inbox_default PARTITION OF inbox DEFAULT;

CREATE TABLE dead_letters (
    id bigint GENERATED ALWAYS AS IDENTITY,
    event_id uuid,
    topic varchar NOT NULL,
    type varchar NOT NULL,
    subject varchar NOT NULL,
    key bytea,
    value bytea,
    headers jsonb NOT NULL,
    error text NOT NULL,
    tries integer NOT NULL,
    parked_at timestamptz NOT NULL,
    resolved_at timestamptz,
    CONSTRAINT pk_dead_letters PRIMARY KEY (id)
);
CREATE INDEX ix_dead_letters_open ON dead_letters (subject) WHERE resolved_at IS NULL;

CREATE TABLE days (
    day date NOT NULL,
    job varchar NOT NULL,
    chunks integer NOT NULL,
    problem varchar NOT NULL,
    done_at timestamptz,
    CONSTRAINT pk_days PRIMARY KEY (day, job)
);

CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tx bigint DEFAULT txid_current(),
    at timestamptz NOT NULL,
    business_at timestamptz NOT NULL,
    account varchar NOT NULL,
    roles varchar NOT NULL,
    channel varchar NOT NULL,
    employer_no varchar,
    act varchar NOT NULL,
    subject varchar NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT pk_audit PRIMARY KEY (id)
);
CREATE INDEX ix_audit_subject ON audit (subject);
CREATE INDEX ix_audit_employer_no ON audit (employer_no);
CREATE INDEX ix_audit_tx_id ON audit (tx, id);

CREATE TABLE audit_seals (
    seal_no bigint NOT NULL,
    tx bigint NOT NULL,
    audit_id bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT pk_audit_seals PRIMARY KEY (seal_no),
    CONSTRAINT uq_audit_seals_audit_id UNIQUE (audit_id)
);

CREATE TABLE idempotency_keys (
    account varchar NOT NULL,
    route varchar NOT NULL,
    key varchar NOT NULL,
    request_hash bytea NOT NULL,
    status integer NOT NULL,
    answer bytea NOT NULL,
    headers jsonb NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (account, route, key)
);
"""

PARTITIONS = """
CREATE FUNCTION open_day_partitions(first date, last date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE d date; parent text; child text; early boolean; kept text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['outbox', 'inbox'] LOOP
        FOR d IN SELECT generate_series(first, last, interval '1 day')::date LOOP
            child := parent || '_p' || to_char(d, 'YYYYMMDD');
            IF to_regclass(child) IS NULL THEN
                EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', parent);
                -- rows that came before their day had room lie in the default partition, which may not keep them
                EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE day = %L)', parent || '_default', d) INTO early;
                IF early THEN
                    EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', parent, parent || '_default');
                END IF;
                EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                               child, parent, d, d + 1);
                IF early THEN
                    SELECT string_agg(quote_ident(attname), ', ') INTO kept FROM pg_attribute
                    WHERE attrelid = parent::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
                    -- into the day's own table, so that no row is noted as unsent a second time
                    EXECUTE format('WITH early AS (DELETE FROM %I WHERE day = %L RETURNING %s) '
                                   'INSERT INTO %I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM early',
                                   parent || '_default', d, kept, child, kept, kept);
                    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I DEFAULT', parent, parent || '_default');
                END IF;
            END IF;
        END LOOP;
    END LOOP;
END $$;

CREATE FUNCTION drop_day_partitions(before date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE child text; dropped integer := 0; waiting boolean;
BEGIN
    FOR child IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        JOIN pg_class p ON p.oid = i.inhparent
        WHERE p.relname IN ('outbox', 'inbox') AND c.relname ~ '_p[0-9]{8}$'
          AND to_date(right(c.relname, 8), 'YYYYMMDD') < before
    LOOP
        waiting := false;
        IF child LIKE 'outbox%' THEN
            SELECT EXISTS (SELECT FROM outbox_unsent u WHERE u.day = to_date(right(child, 8), 'YYYYMMDD')) INTO waiting;
        END IF;
        IF NOT waiting THEN
            EXECUTE format('DROP TABLE %I', child);
            dropped := dropped + 1;
        END IF;
    END LOOP;
    RETURN dropped;
END $$;
"""

APPEND_ONLY = """
DO $$
DECLARE member name;
BEGIN
    FOR member IN SELECT rolname FROM pg_roles WHERE rolname = current_database() || '_app' LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit, audit_seals FROM %I', member);
    END LOOP;
END $$;
"""


class Executes(Protocol):
    """Alembic's `op`, as far as it is needed here."""

    def execute(self, sqltext: str, /) -> None:
        """Run a script."""


def create(op: Executes) -> None:
    """Create outbox with its unsent rows, inbox, dead letters, days, audit with seals, idempotency keys."""
    for script in (TABLES, PARTITIONS, APPEND_ONLY):
        op.execute(script)
