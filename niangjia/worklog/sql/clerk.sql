-- The clerk: moves what is committed from the daybook to the ledger, under one number.
-- One at a time; never waits for a writer, never makes a writer wait. Only for READ COMMITTED, where
-- each statement below has its own snapshot: the lock first, then one statement that sees it all.
-- The lock is a table's, not an advisory one: the application could take that, and stop the clerk.

-- One link of the chain: whoever keeps a later link, or a root printed under a review, sees any change before it.
CREATE OR REPLACE FUNCTION books_link(was bytea, number bigint, at timestamptz, known_on date, lines bytea, cuts text, tree text)
RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(was || convert_to(concat_ws('|', number, extract(epoch FROM at), known_on - date '2000-01-01',
                                              encode(lines, 'hex'), coalesce(cuts, ''), coalesce(tree, '')), 'UTF8')) $$;

CREATE OR REPLACE FUNCTION books_post_as(declared date) RETURNS bigint LANGUAGE plpgsql
SET search_path FROM CURRENT SET enable_nestloop = off SET datestyle = 'ISO, YMD' AS $$
DECLARE
    p bigint; k bigint; moved bigint := 0; was bytea; wrote smallint[]; print bytea; cuts text; tree text; moment timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the clerk works in READ COMMITTED only' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF NOT EXISTS (SELECT FROM books_daybook) AND NOT EXISTS (SELECT FROM books_treenote)
       AND (SELECT day IS NOT DISTINCT FROM books_today() FROM books_tree) THEN
        RETURN (SELECT coalesce(max(number), 0) FROM books_posting);
    END IF;
    LOCK TABLE books_tree IN SHARE ROW EXCLUSIVE MODE;
    SELECT number, chain INTO p, was FROM books_posting ORDER BY number DESC LIMIT 1;
    p := coalesce(p, 0) + 1;
    IF declared > books_today() OR declared < (
        SELECT max(coalesce(known_on, (at AT TIME ZONE 'Asia/Shanghai')::date)) FROM books_posting WHERE lines > 0) THEN
        RAISE EXCEPTION 'the books know later things already, or % is still to come', declared USING ERRCODE = 'restrict_violation',
            HINT = 'History can be declared only before the first ordinary posting, in the order of its days.';
    END IF;

    WITH taken AS (DELETE FROM books_daybook RETURNING *),
    net AS (
        SELECT book, source, union_id, subject, day, by, sum(n) AS n, sum(q1) AS q1, sum(q2) AS q2, sum(q3) AS q3, sum(q4) AS q4
          FROM taken GROUP BY book, source, union_id, subject, day, by
        HAVING sum(n) <> 0 OR sum(q1) <> 0 OR sum(q2) <> 0 OR sum(q3) <> 0 OR sum(q4) <> 0),
    fresh AS (
        INSERT INTO books_cut (number, book, by, posting)
        SELECT (SELECT coalesce(max(number), 0) FROM books_cut) + row_number() OVER (ORDER BY book, by), book, by, p
          FROM (SELECT book, by FROM net EXCEPT SELECT book, by FROM books_cut) AS unknown
        RETURNING *),
    cut AS (SELECT number, book, by FROM books_cut UNION ALL SELECT number, book, by FROM fresh),
    posted AS (
        INSERT INTO books_ledger (posting, source, union_id, subject, day, cut, book, n, q1, q2, q3, q4)
        SELECT p, source, union_id, subject, day, cut.number, book, n, q1, q2, q3, q4
          FROM net JOIN cut USING (book, by) ORDER BY book, union_id, day, source, subject, cut.number
        RETURNING *),
    monthly AS (
        SELECT book, union_id, date_trunc('month', day)::date AS month, cut,
               sum(n) AS n, sum(q1) AS q1, sum(q2) AS q2, sum(q3) AS q3, sum(q4) AS q4
          FROM posted GROUP BY 1, 2, 3, 4),
    fold AS (
        INSERT INTO books_tally AS t (book, union_id, month, cut, n, q1, q2, q3, q4)
        SELECT book, ancestor, month, coalesce(cut, 0), sum(n), sum(q1), sum(q2), sum(q3), sum(q4)
          FROM monthly JOIN books_rollup ON descendant = union_id
         GROUP BY GROUPING SETS ((book, ancestor, month, cut), (book, ancestor, month))
        ON CONFLICT (book, union_id, month, cut) DO UPDATE SET n = t.n + excluded.n,
            q1 = t.q1 + excluded.q1, q2 = t.q2 + excluded.q2, q3 = t.q3 + excluded.q3, q4 = t.q4 + excluded.q4)
    SELECT count(*), sha256(convert_to(coalesce(string_agg(posted::text, E'\n'), ''), 'UTF8')),  -- in the order in which they were inserted
           (SELECT string_agg(fresh::text, E'\n' ORDER BY number) FROM fresh), (SELECT coalesce(array_agg(DISTINCT book ORDER BY book), '{}') FROM monthly)
      INTO k, print, cuts, wrote FROM posted;

    IF EXISTS (SELECT FROM books_treenote) OR (SELECT day IS DISTINCT FROM books_today() FROM books_tree) THEN
        moved := books_regrow(p);
        SELECT string_agg(ROW(ancestor, descendant, since, until, posted)::text, E'\n' ORDER BY ancestor, descendant, since, until, posted)
          INTO tree FROM books_lineage WHERE moved > 0 AND p IN (posted, struck);
    END IF;
    IF k + moved = 0 THEN
        RETURN p - 1;  -- nothing became known
    END IF;
    moment := clock_timestamp();
    INSERT INTO books_posting (number, at, known_on, lines, books, chain)
    VALUES (p, moment, declared, k + moved, CASE WHEN moved > 0 THEN 0::smallint || wrote ELSE wrote END,
            books_link(coalesce(was, ''), p, moment, declared, print, cuts, tree));
    RETURN p;
END $$;

-- What everybody may call, and the clerk does once a second.
CREATE OR REPLACE FUNCTION books_post() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS
    $$ SELECT books_post_as(NULL) $$;

-- A posting without lines, from which on another edition answers.
CREATE OR REPLACE FUNCTION books_turn(turned smallint) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE p bigint; was bytea; moment timestamptz := clock_timestamp();
BEGIN
    LOCK TABLE books_tree IN SHARE ROW EXCLUSIVE MODE;
    SELECT number, chain INTO p, was FROM books_posting ORDER BY number DESC LIMIT 1;
    UPDATE books_book SET after_posting = coalesce(p, 0) WHERE number = turned;
    IF p IS NOT NULL THEN
        INSERT INTO books_posting (number, at, lines, books, chain)
        VALUES (p + 1, moment, 0, '{}', books_link(was, p + 1, moment, NULL, sha256(''), NULL, NULL));
    END IF;
END $$;
