-- The books. Triggers write the daybook; the clerk posts it to the ledger and numbers each posting.

-- A series as installed: one wording of its declaration, a book of its own. A changed wording is a new book
-- under the same name; it is filled beside the old one, and in force from the posting after `after_posting` on.
CREATE TABLE books_book (
    number smallint PRIMARY KEY, name text NOT NULL, digest text NOT NULL, spec jsonb NOT NULL, lines text NOT NULL,
    installed text,         -- digest of its triggers; null when it is no longer kept
    after_posting bigint,   -- null while it is being filled
    made_at timestamptz NOT NULL DEFAULT now());

-- One combination of a series' breakdowns, as a small number.
CREATE TABLE books_cut (number integer PRIMARY KEY, book smallint NOT NULL, by text[] NOT NULL,
    posting bigint NOT NULL, UNIQUE (book, by));

-- Written by triggers in the writer's own transaction; emptied by the clerk.
CREATE TABLE books_daybook (
    source bigint NOT NULL, union_id bigint NOT NULL, subject bigint, day date NOT NULL,
    book smallint NOT NULL, n smallint NOT NULL,
    q1 numeric, q2 numeric, q3 numeric, q4 numeric, by text[] NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp()  -- how long it has waited for the clerk; never a moment of knowledge
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_analyze_scale_factor = 0.5);
CREATE INDEX books_daybook_source ON books_daybook (book, source);

-- What was committed when the clerk last looked. Numbers have no gaps and never share a moment.
-- `known_on`: the facts were declared, when history was loaded, to have been known on that day.
CREATE TABLE books_posting (
    number bigint PRIMARY KEY, at timestamptz NOT NULL, known_on date, lines bigint NOT NULL,
    books smallint[] NOT NULL,  -- which books it wrote to; 0 is the tree
    chain bytea NOT NULL);      -- SHA-256 over this posting and the chain before it

CREATE TABLE books_ledger (
    posting bigint NOT NULL, source bigint NOT NULL, union_id bigint NOT NULL, subject bigint,
    day date NOT NULL, cut integer NOT NULL, book smallint NOT NULL, n smallint NOT NULL,
    q1 numeric, q2 numeric, q3 numeric, q4 numeric);
CREATE INDEX books_ledger_place ON books_ledger (book, union_id, day);
CREATE INDEX books_ledger_source ON books_ledger (book, source);
CREATE INDEX books_ledger_subject ON books_ledger (book, subject) WHERE subject IS NOT NULL;
CREATE INDEX books_ledger_posting ON books_ledger USING brin (posting) WITH (pages_per_range = 32);

-- The ledger added up by month for every union that leads others, by the tree of today; cut 0 is all cuts.
CREATE TABLE books_tally (
    union_id bigint NOT NULL, month date NOT NULL, cut integer NOT NULL, book smallint NOT NULL,
    n bigint NOT NULL, q1 numeric, q2 numeric, q3 numeric, q4 numeric,
    PRIMARY KEY (book, union_id, month, cut)) WITH (fillfactor = 80);

-- Who stood under whom, on which days, as known from one posting to another.
CREATE TABLE books_lineage (
    ancestor bigint NOT NULL, descendant bigint NOT NULL, since date NOT NULL, until date NOT NULL,
    posted bigint NOT NULL, struck bigint NOT NULL DEFAULT 9223372036854775807);
CREATE INDEX books_lineage_down ON books_lineage (ancestor, descendant);
CREATE INDEX books_lineage_up ON books_lineage (descendant);
CREATE INDEX books_lineage_turns ON books_lineage (since, until) WHERE since > '-infinity' OR until < 'infinity';
CREATE TABLE books_rollup (ancestor bigint NOT NULL, descendant bigint NOT NULL, PRIMARY KEY (descendant, ancestor));
CREATE TABLE books_treenote (noted_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE books_tree (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), day date);
INSERT INTO books_tree DEFAULT VALUES;

-- A published value, with all that is needed to ask again; and a document of them under one root.
CREATE TABLE books_freeze (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, figure text NOT NULL, digest text NOT NULL,
    question jsonb NOT NULL, posting bigint NOT NULL, value jsonb NOT NULL,
    frozen_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE books_review (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, freezes bigint[] NOT NULL,
    root text NOT NULL, signed_at timestamptz NOT NULL DEFAULT now());

CREATE FUNCTION books_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER books_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON books_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse();
CREATE TRIGGER books_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON books_posting
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse();
CREATE TRIGGER books_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON books_cut
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse();
CREATE TRIGGER books_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON books_freeze
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse();
CREATE TRIGGER books_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON books_review
    FOR EACH STATEMENT EXECUTE FUNCTION books_refuse();

-- Everything ever written, posted or not. A reader's one snapshot sees each line exactly once.
CREATE VIEW books_entry AS
    SELECT l.posting, l.book, l.source, l.union_id, l.subject, l.day, c.by, l.n, l.q1, l.q2, l.q3, l.q4
      FROM books_ledger l JOIN books_cut c ON c.number = l.cut
    UNION ALL
    SELECT NULL, book, source, union_id, subject, day, by, n, q1, q2, q3, q4 FROM books_daybook;

CREATE FUNCTION books_today() RETURNS date LANGUAGE sql STABLE AS
    $$ SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date $$;

CREATE FUNCTION books_note_tree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS
    $$ BEGIN INSERT INTO books_treenote DEFAULT VALUES; RETURN NULL; END $$;
