"""The tables and functions of the books; the triggers follow from the declarations after each migrate."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
DROP = "DROP TABLE IF EXISTS books_{} CASCADE;"
TABLES = ["book", "cut", "daybook", "posting", "ledger", "tally", "lineage", "rollup", "treenote", "tree", "kin", "freeze", "review"]
FUNCTIONS = """
DO $$ DECLARE f regprocedure; BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema::regnamespace AND proname LIKE 'books\\_%' LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', f);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL((SQL / "path.sql").read_text(), FUNCTIONS),
        migrations.RunSQL((SQL / "schema.sql").read_text(), "".join(DROP.format(t) for t in TABLES)),
        migrations.RunSQL((SQL / "clerk.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "chain.sql").read_text(), migrations.RunSQL.noop),
    ]
