-- The first posting that is not what the chain says; null when all is well. Found from the rows, in their own order.
CREATE OR REPLACE FUNCTION books_broken() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path FROM CURRENT SET datestyle = 'ISO, YMD' SET work_mem = '256MB' AS $$
DECLARE was bytea := ''; last bigint := 0; r record;
BEGIN
    FOR r IN
        SELECT p.*, coalesce(l.count, 0) AS k, coalesce(l.print, sha256('')) AS print, c.cuts, t.tree, coalesce(t.count, 0) AS moved
          FROM books_posting p
          FULL JOIN (SELECT posting AS number, count(*), sha256(convert_to(string_agg(x::text, E'\n' ORDER BY book, union_id, day, source, subject, cut), 'UTF8')) AS print
                       FROM books_ledger x GROUP BY posting) l USING (number)
          LEFT JOIN (SELECT posting AS number, string_agg(x::text, E'\n' ORDER BY x.number) AS cuts FROM books_cut x GROUP BY posting) c USING (number)
          LEFT JOIN (SELECT number, count(*), string_agg(ROW(ancestor, descendant, since, until, posted)::text, E'\n' ORDER BY ancestor, descendant, since, until, posted) AS tree
                       FROM books_lineage CROSS JOIN LATERAL (VALUES (posted), (struck)) AS e (number) GROUP BY number) t USING (number)
         ORDER BY number
    LOOP
        was := books_link(was, r.number, r.at, r.known_on, r.print, r.cuts, r.tree);
        IF was IS DISTINCT FROM r.chain OR r.number <> last + 1 OR r.lines <> r.k + r.moved THEN
            RETURN r.number;
        END IF;
        last := r.number;
    END LOOP;
    RETURN NULL;
END $$;
