"""From a declaration to SQL, by Django's own compiler.

The rows of a series become *lines*: (source, union_id, subject, day, by, n, q1..q4). The same SQL
reads a transition table instead of the table when a common table expression takes the table's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection
from django.db.models import BigIntegerField, DateField, DateTimeField, F, ForeignKey, Func, QuerySet, Subquery, TimeField, Value
from django.db.models.expressions import Col
from django.db.models.functions import Least, Now, Random, TruncDate
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable

from niangjia.kit.dates import CHINA
from niangjia.kit.series import Series
from niangjia.worklog.db import QS

Rows = QuerySet[Any, dict[str, Any]]


class Unsafe(ValueError):
    """A declaration whose rows could change without a trigger seeing it."""


@dataclass
class Table:
    """One table that the series reads, and how its rows lead on to the next ones."""

    name: str
    key: str
    columns: set[str] = field(default_factory=set)
    onward: list[tuple[str, Table]] = field(default_factory=list)  # (our column, the table it points to)
    reached: str = ""  # SQL: pairs (source, via), where via is a key of this table


@dataclass
class Compiled:
    """All that the triggers of one series are made of."""

    lines: str
    base: Table
    tables: list[Table]

    @property
    def reaches(self) -> bool:
        return len(self.tables) > 1


def literal(queryset: Rows) -> str:
    """The SQL of a queryset with its parameters written in by psycopg."""
    sql, params = queryset.query.get_compiler(connection=connection).as_sql()
    connection.ensure_connection()
    return str(psycopg.ClientCursor(connection.connection).mogrify(sql, params))


def walk(node: Any) -> Iterator[Any]:
    """Every expression below a where node or an expression, lookups' right sides included."""
    yield node
    children = getattr(node, "children", None)
    if children is None:
        children = node.get_source_expressions() if hasattr(node, "get_source_expressions") else ()
    for child in children:
        if child is not None:
            yield from walk(child)
    if hasattr(rhs := getattr(node, "rhs", None), "resolve_expression"):
        yield from walk(rhs)


def volatile(function: str | None) -> bool:
    """Whether any function of that name may answer differently another time, by PostgreSQL's own word."""
    with connection.cursor() as cursor:
        asked = "SELECT bool_or(provolatile <> 'i') FROM pg_proc WHERE proname = lower(%s) AND prokind = 'f'"
        cursor.execute(asked, [function or ""])
        return bool(cursor.fetchone()[0])


def check(name: str, nodes: Iterable[Any]) -> None:
    """Refuse, with a sentence, whatever may change without a write to the rows that are read."""
    for node in nodes:
        if isinstance(node, (Query, Subquery)):
            raise Unsafe(f"{name}: a condition may not look into other rows; store the answer on the row")
        if isinstance(node, (Now, Random)) or getattr(node, "function", None) in {"NOW", "CURRENT_DATE", "RANDOM"}:
            raise Unsafe(f"{name}: what counts may not depend on when one looks")
        if isinstance(node, Func) and volatile(called := node.extra.get("function", node.function)):
            raise Unsafe(f"{name}: PostgreSQL does not promise that {called} always answers alike")
        if getattr(node, "contains_aggregate", False) or getattr(node, "contains_over_clause", False):
            raise Unsafe(f"{name}: only plain expressions of one row can be counted")


def day_of(of: Series, path: str) -> Any:
    """A moment's day is that of the clocks on the wall in China, whatever the session's time zone."""
    output = of.model._base_manager.values(_=F(path)).query.annotations["_"].output_field
    if isinstance(output, DateTimeField):
        return TruncDate(path, tzinfo=CHINA)
    if isinstance(output, DateField):
        return F(path)
    raise Unsafe(f"{of.name}: {path} is not a date")


def rows_of(of: Series) -> Rows:
    """The queryset of one row per source, before it is cut into lines."""
    subject = F(of.subject) if of.subject else Value(None, BigIntegerField())
    said: dict[str, Any] = {"c_source": F("pk"), "c_union": F(of.where), "c_subject": subject}
    said["c_day"] = day_of(of, of.when or of.since or "")
    if of.until:
        days = [day_of(of, path) for path in of.last_days]
        said["c_until"] = Least(*days) if len(days) > 1 else days[0]
    for i, path in enumerate(of.by):
        said[f"c_by{i}"] = F(path)
    for name, column in of.columns.items():
        if column != "n":
            quantity = of.quantities[name]
            said[f"c_{column}"] = F(quantity) if isinstance(quantity, str) else Value(quantity) if isinstance(quantity, int) else quantity
    return of.model._base_manager.filter(of.if_).order_by().values(**said)


def lines_of(of: Series, rows: str) -> str:
    """One line per row of a flow; of a stock, one on the day it begins and its reverse on the day it ends."""
    used = set(of.columns.values())
    by = f"ARRAY[{', '.join(f'c_by{i}::text' for i in range(len(of.by)))}]::text[]"
    sign, day = ("sign", "at") if of.stock else ("1", "c_day")
    qs = [f"{sign} * coalesce(c_{q}, 0)::numeric AS {q}" if q in used else f"NULL::numeric AS {q}" for q in QS]
    sql = (
        f"SELECT c_source::bigint AS source, c_union::bigint AS union_id, c_subject::bigint AS subject, {day} AS day, "
        f"{by} AS by, {sign} AS n, {', '.join(qs)} FROM ({rows}) AS r"
    )
    if of.stock:
        until = "c_until" if of.until else "NULL::date"
        sql += f" CROSS JOIN LATERAL (VALUES (c_day, 1), ({until}, -1)) AS turn (at, sign)"
        sql += f" WHERE at IS NOT NULL AND c_day < coalesce({until}, 'infinity')"
    else:
        sql += " WHERE c_day IS NOT NULL"
    return sql + " AND c_union IS NOT NULL"


def tables_of(of: Series, query: Query, nodes: Iterable[Any]) -> list[Table]:
    """Every table that the query reads, the base first, each with its columns and the way to it by foreign keys."""
    tables: dict[str | None, Table] = {}
    paths: dict[str | None, list[str]] = {}
    joins: dict[str, Any] = query.alias_map
    for alias, join in joins.items():
        if not query.alias_refcount.get(alias):
            continue
        if isinstance(join, BaseTable):
            tables[alias], paths[alias] = Table(str(join.table_name), str(of.model._meta.pk.column)), []
            continue
        if not isinstance(join.join_field, ForeignKey):
            raise Unsafe(f"{of.name}: {join.table_name} holds many rows for one; count those rows instead")
        [(ours, theirs)] = join.join_cols
        tables[alias] = Table(join.table_name, theirs)
        tables[join.parent_alias].onward.append((ours, tables[alias]))
        tables[join.parent_alias].columns.add(ours)
        paths[alias] = [*paths[join.parent_alias], join.join_field.name]
        via = of.model._base_manager.order_by().values(c_source=F("pk"), c_via=F("__".join(paths[alias])))
        tables[alias].reached = literal(via)
    for node in nodes:
        if isinstance(node, Col):
            tables[node.alias].columns.add(str(node.target.column))
    for table in tables.values():
        table.columns.add(table.key)
    return list(tables.values())


def compiled(of: Series) -> Compiled:
    """Compile a declaration, or say why it cannot be counted safely."""
    queryset = rows_of(of)
    rows = literal(queryset)
    query = queryset.query
    nodes = [*walk(query.where)]
    for annotation in query.annotations.values():
        nodes += walk(annotation)
    check(of.name, nodes)
    for i, path in enumerate(of.by):
        if isinstance(query.annotations[f"c_by{i}"].output_field, (DateField, TimeField)):  # a DateTimeField is a DateField
            raise Unsafe(f"{of.name}: {path} reads differently by time zone; tell days apart by periods")
    tables = tables_of(of, query, nodes)
    return Compiled(lines_of(of, rows), tables[0], tables)


def shadowed(made: Compiled, transition: str) -> str:
    """The lines of a transition table: it takes the table's name, so Django's SQL need not know."""
    return f'WITH "{made.base.name}" AS (SELECT * FROM {transition}) {made.lines}'
