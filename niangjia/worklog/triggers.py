"""The triggers of a series: whatever changes a table it reads writes the difference to the daybook.

A series of one table writes minus what the old rows said, plus what the new rows say: it reads nothing.
A series that reaches through foreign keys *restates*: for each source touched, plus what the tables
say now, minus what the books say. Nothing then depends on the order in which tables change.
"""

from __future__ import annotations

from niangjia.worklog.compile import Compiled, Table, shadowed
from niangjia.worklog.db import LINE, QS

COLUMNS = ", ".join(LINE)
KEYS = "source, union_id, subject, day, by"
SUMS = ", ".join(f"sum({q}) AS {q}" for q in QS)
MINUS = ", ".join(f"-{q}" for q in QS)
LEFT = " OR ".join(["sum(n) <> 0", *(f"sum({q}) <> 0" for q in QS)])
QLIST = ", ".join(QS)
FEW = 200  # sources up to which one plan, made once, is quick enough
CHANGED = {
    "INSERT": "SELECT {c} FROM new_rows",
    "DELETE": "SELECT {c} FROM old_rows",
    "UPDATE": "(SELECT {c} FROM new_rows EXCEPT SELECT {c} FROM old_rows) UNION (SELECT {c} FROM old_rows EXCEPT SELECT {c} FROM new_rows)",
}
TRANSITIONS = {
    "INSERT": "REFERENCING NEW TABLE AS new_rows",
    "DELETE": "REFERENCING OLD TABLE AS old_rows",
    "UPDATE": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "TRUNCATE": "",
}


def netted(book: int, plus: str, minus: str) -> str:
    """Lines that remain when what is said twice, once each way, is left out."""
    return (
        f"INSERT INTO books_daybook ({COLUMNS}) SELECT {book}, {KEYS}, sum(n), {SUMS} FROM ("
        f"SELECT {KEYS}, n, {QLIST} FROM ({plus}) AS plus UNION ALL SELECT {KEYS}, -n, {MINUS} FROM ({minus}) AS minus"
        f") AS line GROUP BY {KEYS} HAVING {LEFT}"
    )


def restate(book: int, made: Compiled) -> str:
    """The function that makes the books say what the tables say, for some sources or for all."""
    said = f"SELECT {KEYS}, n, {QLIST} FROM books_entry WHERE book = {book}"
    true = f"SELECT * FROM ({made.lines}) AS told"
    every = netted(book, true, said)
    some = netted(book, true + " WHERE source = ANY (sources)", said + " AND source = ANY (sources)")
    return f"""CREATE OR REPLACE FUNCTION books_restate_{book}(sources bigint[]) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan AS $books$
DECLARE k bigint;
BEGIN
    IF sources IS NULL THEN EXECUTE $sql${every}$sql$;
    ELSIF cardinality(sources) <= {FEW} THEN {some};  -- planned once
    ELSE EXECUTE $sql${some.replace("(sources)", "($1)")}$sql$ USING sources; END IF;  -- planned for as many as there are
    GET DIAGNOSTICS k = ROW_COUNT;
    RETURN k;
END $books$;"""


def fill(book: int, made: Compiled) -> str:
    """The function that fills a new book slice by slice, holding still only the rows of one slice at a time."""
    table, key = f'"{made.base.name}"', f'"{made.base.key}"'
    held = " ".join(locks(made.base, f"{table} WHERE {key} = ANY (touched)", []))
    return f"""CREATE OR REPLACE FUNCTION books_fill_{book}(beyond bigint, many integer) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $books$
DECLARE touched bigint[];{declarations(made)}
BEGIN
    touched := ARRAY(SELECT {key} FROM {table} WHERE {key} > beyond ORDER BY {key} LIMIT many FOR SHARE);
    {held} PERFORM books_restate_{book}(touched);
    RETURN touched[cardinality(touched)];
END $books$;"""


def simple(book: int, made: Compiled) -> dict[str, str]:
    """What to do on each event of the one table."""
    plus, minus = (f"SELECT * FROM ({shadowed(made, t)}) AS x" for t in ("new_rows", "old_rows"))
    insert = f"INSERT INTO books_daybook ({COLUMNS}) SELECT {book}, {KEYS}, {{}}n, {{}} FROM ({{}}) AS line;"
    return {
        "INSERT": insert.format("", QLIST, plus),
        "DELETE": insert.format("-", MINUS, minus),
        "UPDATE": netted(book, plus, minus) + ";",
    }


def declarations(made: Compiled) -> str:
    return "".join(f" held_{i} bigint[];" for i in range(len(made.tables)))


def locks(table: Table, rows: str, held: list[str]) -> list[str]:
    """Hold still, from here up, every row that the touched rows read: two writers cannot cross."""
    steps = []
    for column, above in table.onward:
        mine = f"held_{len(held)}"
        held.append(mine)
        steps.append(f'{mine} := ARRAY(SELECT DISTINCT "{column}"::bigint FROM {rows});')
        steps.append(f'PERFORM FROM "{above.name}" WHERE "{above.key}" = ANY ({mine}) ORDER BY "{above.key}" FOR SHARE;')
        steps += locks(above, f'"{above.name}" WHERE "{above.key}" = ANY ({mine})', held)
    return steps


def reaching(book: int, made: Compiled, table: Table) -> dict[str, str]:
    """What to do on each event of one of several tables."""
    columns = ", ".join(f'"{c}"' for c in sorted(table.columns))
    events = {}
    for event, changed in CHANGED.items():
        rows = f"({changed.format(c=columns)}) AS c"
        keys = f'SELECT "{table.key}" FROM {rows}'
        touched = keys if table is made.base else f"SELECT c_source FROM ({table.reached}) AS p WHERE c_via = ANY (via)"
        via = "" if table is made.base else f"via := ARRAY({keys}); IF via = '{{}}' THEN RETURN NULL; END IF; "
        events[event] = (
            " ".join(locks(table, rows, [])) + f" {via}touched := ARRAY({touched}); "
            f"IF touched <> '{{}}' THEN PERFORM books_restate_{book}(touched); END IF;"
        )
    return events


def statements(book: int, made: Compiled) -> list[str]:
    """All the SQL that installs one series."""
    out = [restate(book, made), fill(book, made)]
    declared = declarations(made)
    planned = " SET plan_cache_mode = force_generic_plan" if made.reaches else ""  # keys in arrays: else planned again at each row
    for i, table in enumerate(made.tables):
        bodies = reaching(book, made, table) if made.reaches else simple(book, made)
        bodies["TRUNCATE"] = f"PERFORM books_restate_{book}(NULL);"
        branches = "\n    ELSIF ".join(f"TG_OP = '{event}' THEN {body}" for event, body in bodies.items())
        function = f"books_see_{book}_{i}"
        out.append(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger\n"
            f"LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT{planned} AS $books$\n"
            f"DECLARE touched bigint[]; via bigint[];{declared}\nBEGIN\n    IF {branches}\n    END IF;\n    RETURN NULL;\nEND $books$;"
        )
        out += [
            f'CREATE TRIGGER books_{book}_{i}_{event.lower()} AFTER {event} ON "{table.name}" '
            f"{TRANSITIONS[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
            for event in bodies
        ]
    return out
