"""Recount everything from the tables and compare. Each check is one statement, so it is exact while others write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from niangjia.worklog.db import NEVER, QS, fetch, only
from niangjia.worklog.triggers import KEYS, LEFT, MINUS, QLIST, SUMS

KEPT = "SELECT number, name, lines FROM books_book WHERE installed IS NOT NULL AND after_posting IS NOT NULL ORDER BY number"
MONTHLY = """
SELECT book, union_id, date_trunc('month', day)::date AS month, cut, sum(n) AS n, sum(q1) AS q1, sum(q2) AS q2, sum(q3) AS q3, sum(q4) AS q4
  FROM books_ledger GROUP BY 1, 2, 3, 4"""

TALLY = f"""
SELECT book, union_id, month, cut FROM (
    SELECT book, union_id, month, cut, n, q1, q2, q3, q4 FROM books_tally
    UNION ALL
    SELECT book, ancestor, month, coalesce(cut, 0), -sum(n), -sum(q1), -sum(q2), -sum(q3), -sum(q4)
      FROM ({MONTHLY}) AS monthly JOIN books_rollup r ON r.descendant = union_id
     GROUP BY GROUPING SETS ((book, ancestor, month, cut), (book, ancestor, month))) AS x
 GROUP BY 1, 2, 3, 4 HAVING {LEFT} LIMIT 20"""

# A sum over lines of quantity times hash: lines that cancel add nothing, so both sides agree without a sort.
PRINT = "coalesce(sum(n * h), 0), " + ", ".join(f"coalesce(sum({q} * h), 0)" for q in QS)
HASH = f"hash_record_extended(ROW({KEYS}), 0)::numeric AS h"

TREE = f"""
(SELECT ancestor, descendant, since, until FROM books_descent
 EXCEPT SELECT ancestor, descendant, since, until FROM books_lineage WHERE struck = {NEVER})
UNION ALL
(SELECT ancestor, descendant, since, until FROM books_lineage WHERE struck = {NEVER}
 EXCEPT SELECT * FROM books_descent)"""


@dataclass(frozen=True)
class Fault:
    """Something that the books and the tables say differently."""

    where: str
    what: tuple[Any, ...]


def difference(told: str, said: str) -> str:
    return (
        f"SELECT {KEYS}, sum(n), {SUMS} FROM (SELECT {KEYS}, n, {QLIST} FROM ({told}) AS told "
        f"UNION ALL SELECT {KEYS}, -n, {MINUS} FROM ({said}) AS said) AS line GROUP BY {KEYS} HAVING {LEFT} LIMIT 20"
    )


def audit(series: str | None = None) -> list[Fault]:
    """Every difference between books and tables; twenty of each kind are enough to be alarmed.

    The chain is checked too, which only the owner and the auditors may do.
    """
    faults = []
    for book, name, lines in fetch(KEPT):
        if series in (None, name):
            told, said = lines.replace("%", "%%"), "SELECT * FROM books_entry WHERE book = %(book)s"
            prints = [f"SELECT {PRINT} FROM (SELECT {HASH}, n, {QLIST} FROM ({side}) AS line) AS x" for side in (told, said)]
            if len(fetch(" UNION ".join(prints), {"book": book})) > 1:
                faults += [Fault(name, row) for row in fetch(difference(told, said), {"book": book})]
    if series:
        return faults
    broken = only("SELECT books_broken()")
    faults += [Fault("chain", (broken,))] if broken else []
    faults += [Fault("tally", row) for row in fetch(TALLY)]
    if not fetch("SELECT FROM books_treenote LIMIT 1"):
        faults += [Fault("tree", row) for row in fetch(TREE)]
    return faults
