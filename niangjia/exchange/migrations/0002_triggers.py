"""What becomes of unions and memberships is noted by the database, in the writer's own transaction: forms, rosters and raw SQL alike.

Nothing is written while no system has a scope. ADR 17 says how changes are told in order, and why none is lost.
"""

from __future__ import annotations

from django.db import migrations

NOTE = "INSERT INTO exchange_change (xid, at, kind, what, thing, union_id, township_id, county_id) SELECT pg_current_xact_id()::text::bigint, now(), "
IN_FORCE = "({0}.state IN ('MEMBER', 'LEAVING') AND {0}.left_on IS NULL)"
PLACE = "(o.union_id, o.township_id, o.county_id) IS DISTINCT FROM (n.union_id, n.township_id, n.county_id)"
COLUMNS = "state, standing, name, sex, work, migrant, \"primary\", joined_on, left_on, ending, person_id, union_id, township_id, county_id"
UNION = "name, short_name, kind, state, parent_id, township_id, county_id, uscc, successor_id, term_end, legal_until, founded_on, closed_on, level"


def row(alias: str, columns: str) -> str:
    return "(" + ", ".join(f"{alias}.{one.strip()}" for one in columns.split(",")) + ")"


def member(state: str) -> str:
    return IN_FORCE.format(state)


SQL = f"""
CREATE FUNCTION exchange_listened() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT EXISTS (SELECT FROM exchange_client WHERE granted_at IS NOT NULL AND closed_at IS NULL) $$;

CREATE FUNCTION exchange_note_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT exchange_listened() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        {NOTE} 'member', CASE WHEN n.how IN ('TRANSFER', 'POOL') THEN 'MOVED' ELSE 'JOINED' END, n.uuid, n.union_id, n.township_id, n.county_id
          FROM fresh n WHERE {member("n")};
    ELSIF TG_OP = 'DELETE' THEN
        {NOTE} 'member', 'GONE', o.uuid, o.union_id, o.township_id, o.county_id FROM stale o WHERE o.state NOT IN ('APPLIED', 'REFUSED');
    ELSE
        {NOTE} 'member', 'GONE', o.uuid, o.union_id, o.township_id, o.county_id FROM stale o JOIN fresh n USING (id)
         WHERE {member("o")} AND {PLACE} OR o.name <> '' AND n.name = '' AND o.state NOT IN ('APPLIED', 'REFUSED');
        {NOTE} 'member', c.what, c.uuid, c.union_id, c.township_id, c.county_id FROM (
            SELECT n.id, n.uuid, n.union_id, n.township_id, n.county_id, CASE
                WHEN NOT {member("o")} AND {member("n")} THEN CASE WHEN n.how IN ('TRANSFER', 'POOL') THEN 'MOVED' ELSE 'JOINED' END
                WHEN {member("o")} AND NOT {member("n")} THEN 'LEFT'
                WHEN {member("n")} AND {row("o", COLUMNS)} IS DISTINCT FROM {row("n", COLUMNS)} THEN 'CHANGED' END AS what
              FROM stale o JOIN fresh n USING (id)) c
         WHERE c.what IS NOT NULL ORDER BY c.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER exchange_joined AFTER INSERT ON members_membership REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_member();
CREATE TRIGGER exchange_changed AFTER UPDATE ON members_membership REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_member();
CREATE TRIGGER exchange_gone AFTER DELETE ON members_membership REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_member();

CREATE FUNCTION exchange_note_union() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT exchange_listened() THEN RETURN NULL; END IF;
    IF TG_OP = 'INSERT' THEN
        {NOTE} 'union', CASE n.state WHEN 'PREPARING' THEN 'CHANGED' ELSE 'FOUNDED' END, n.uuid, n.id, n.township_id, n.county_id FROM fresh n;
    ELSIF TG_OP = 'DELETE' THEN
        {NOTE} 'union', 'GONE', o.uuid, o.id, o.township_id, o.county_id FROM stale o;
    ELSE
        {NOTE} 'union', 'GONE', o.uuid, o.id, o.township_id, o.county_id FROM stale o JOIN fresh n USING (id)
         WHERE (o.township_id, o.county_id) IS DISTINCT FROM (n.township_id, n.county_id);
        {NOTE} 'union', c.what, c.uuid, c.id, c.township_id, c.county_id FROM (
            SELECT n.id, n.uuid, n.township_id, n.county_id, CASE
                WHEN o.state = 'PREPARING' AND n.state NOT IN ('PREPARING', 'ABOLISHED') THEN 'FOUNDED'
                WHEN o.state <> 'ABOLISHED' AND n.state = 'ABOLISHED' THEN 'ENDED'
                WHEN {row("o", UNION)} IS DISTINCT FROM {row("n", UNION)} THEN 'CHANGED' END AS what
              FROM stale o JOIN fresh n USING (id)) c
         WHERE c.what IS NOT NULL ORDER BY c.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER exchange_founded AFTER INSERT ON unions_union REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_union();
CREATE TRIGGER exchange_changed AFTER UPDATE ON unions_union REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_union();
CREATE TRIGGER exchange_gone AFTER DELETE ON unions_union REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION exchange_note_union();
"""
BACK = """
DROP TRIGGER exchange_joined ON members_membership; DROP TRIGGER exchange_changed ON members_membership; DROP TRIGGER exchange_gone ON members_membership;
DROP TRIGGER exchange_founded ON unions_union; DROP TRIGGER exchange_changed ON unions_union; DROP TRIGGER exchange_gone ON unions_union;
DROP FUNCTION exchange_note_member(); DROP FUNCTION exchange_note_union(); DROP FUNCTION exchange_listened();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_systems"), ("members", "0005_own_side")]
    operations = [migrations.RunSQL(SQL, BACK)]
