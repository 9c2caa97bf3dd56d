-- Who may do what. Everything in the schema belongs to the owner; others have what is said here and no more.
DO $$
DECLARE f regprocedure;
BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema::regnamespace AND proname LIKE 'books\_%' LOOP
        -- A trigger needs no such right to fire; who has it could hang the trigger on a table of her own, and write lines.
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
    IF has_schema_privilege('public', current_schema, 'CREATE') THEN
        EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema);
    END IF;
END $$;

-- The application: its own tables, the books to read, the clerk to call, values to publish (never their number or moment).
CREATE OR REPLACE FUNCTION books_grant_application(who name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE t record;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema, who);
    FOR t IN SELECT oid::regclass AS name, relkind IN ('r', 'p') AND relname !~ '^(books_|django_migrations$)' AS writes
               FROM pg_class WHERE relnamespace = current_schema::regnamespace AND relkind IN ('r', 'p', 'v', 'm') LOOP
        EXECUTE format('GRANT SELECT%s ON %s TO %I', CASE WHEN t.writes THEN ', INSERT, UPDATE, DELETE' ELSE '' END, t.name, who);
    END LOOP;
    -- Serial columns of others' tables draw their numbers themselves; the books' own are identities and need no right.
    FOR t IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = current_schema::regnamespace AND relkind = 'S' AND relname NOT LIKE 'books\_%' LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I', t.name, who);
    END LOOP;
    EXECUTE format('GRANT INSERT (figure, digest, question, posting, value) ON books_freeze TO %I', who);
    EXECUTE format('GRANT INSERT (name, freezes, root) ON books_review TO %I', who);
    EXECUTE format('GRANT EXECUTE ON FUNCTION books_post(), books_today(), books_descent_of(bigint[]) TO %I', who);
END $$;

-- The auditors: everything to read, the chain to check. (Backups: pg_read_all_data, and BYPASSRLS if rows are guarded.)
CREATE OR REPLACE FUNCTION books_grant_audit(who name) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema, who);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', current_schema, who);
    EXECUTE format('GRANT EXECUTE ON FUNCTION books_broken(), books_today(), books_descent_of(bigint[]) TO %I', who);
END $$;
REVOKE ALL ON FUNCTION books_grant_application(name), books_grant_audit(name) FROM PUBLIC;
