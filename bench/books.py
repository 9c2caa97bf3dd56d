"""The books: figures from the tally and from the ledger, who is told apart, records, the review, the audit, and what triggers cost."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

import psycopg
from django.core.cache import cache as remembered
from django.db import connection
from django.db.models import Model, UUIDField

from bench.measure import Result, at_most, clock, measure, once, percentile, times
from niangjia.kit.dates import today
from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.periods import Period, until, year
from niangjia.kit.series import SERIES
from niangjia.worklog.api import Asked, audit, digests, evaluate, evaluate_many, grid, latest, post, question, records
from niangjia.worklog.ask import ask
from niangjia.worklog.asking import default_period
from niangjia.worklog.counting import by_ledger
from niangjia.worklog.db import fetch, only
from niangjia.worklog.question import terms_of
from niangjia.worklog.reader import top

LEADING = "SELECT DISTINCT ancestor FROM books_rollup GROUP BY ancestor HAVING count(*) > 20 ORDER BY 1 LIMIT 82"
WRITERS, EACH, ROUNDS = 16, 25, 4


@cache
def scan() -> float:
    """The baseline of every reading: the ledger read once, from end to end."""
    return clock(lambda: fetch("SELECT book, count(*), sum(n) FROM books_ledger GROUP BY 1"), 3)


@cache
def size() -> int:
    """How many lines the ledger holds."""
    post()
    return int(only("SELECT count(*) FROM books_ledger"))


def leaders() -> list[int]:
    """The 82 units: city, counties, townships."""
    return [union for (union,) in fetch(LEADING)]


def last_years() -> list[Period]:
    """The last five whole years."""
    return [year(y) for y in range(today().year - 5, today().year)]


def busiest(*, stock: bool, distinct: bool) -> Figure | None:
    """The counted figure whose series has the most lines: the hardest of its kind."""
    lines: dict[str, int] = dict(fetch("SELECT b.name, count(*) FROM books_ledger l JOIN books_book b ON b.number = l.book GROUP BY 1"))
    those = [f for f in FIGURES.values() if f.plan["op"] == "count" and f.distinct == distinct and SERIES[f.plan["series"]].stock == stock]
    return max(those, key=lambda f: (lines.get(f.plan["series"], 0), not f.plan["only"]), default=None)


@measure
def units_by_years() -> list[Result]:
    """One figure × 82 units × 5 years, from the tally: a flow, and a stock at the years' ends."""
    post()
    out = []
    for kind, stock in (("flow", False), ("stock", True)):
        figure = busiest(stock=stock, distinct=False)
        if figure is not None:
            spans = [until(p.last) for p in last_years()] if stock else last_years()
            asked, under = Asked(spans[0], top()), leaders()
            took = clock(partial(grid, figure.plan, asked, under, spans), 9)
            name = f"{figure.name} ({kind}) × {len(under)} units × 5 years, {size():,} lines"
            out.append(at_most(name, took, "ms", 15, scan()))
    return out


@measure
def then() -> list[Result]:
    """City × year by the lines themselves: as known long ago, and by the tree of the day."""
    figure = busiest(stock=False, distinct=False)
    if figure is None:
        return []
    span = last_years()[-1]
    q = question(figure.plan, Asked(span, top(), known=max(1, latest() // 2)))
    as_known = clock(lambda: by_ledger(q, terms_of(q)), 3)
    of_the_day = clock(lambda: evaluate(figure.plan, Asked(span, top(), "then")), 3)
    just_now = clock(lambda: evaluate(figure.plan, Asked(span, top(), today(), latest())), 5)
    return [
        at_most(f"{figure.name} × city × year, as known half the postings ago", as_known, "ms", 500, scan()),
        at_most(f"{figure.name} × city × year, by the tree of the day", of_the_day, "ms", 500, scan()),
        at_most(f"{figure.name} × city × year, as the last posting knows it", just_now, "ms", 15, scan()),
    ]


@measure
def told_apart() -> list[Result]:
    """Distinct persons of the city on a day: the first time, and from what was remembered."""
    figure = busiest(stock=True, distinct=True)
    if figure is None:
        return []
    day = until(date(today().year - 1, 12, 30))
    q = question(figure.plan, Asked(day, top()))

    def cold() -> None:
        remembered.clear()
        ask(q)

    first = clock(cold, 3)
    return [
        at_most(f"{figure.name} × city × a day, the first time", first / 1000, "s", 2, scan() / 1000),
        at_most(f"{figure.name} × city × a day, remembered", clock(lambda: ask(q), 9), "ms", 20, first),
    ]


@measure
def review() -> Result:
    """Every figure of the house for the city, in its own period, with its digest; who is told apart is remembered by posting."""
    wanted = [(f.plan, Asked(default_period(f), top())) for f in FIGURES.values()]

    def all_of_them() -> None:
        evaluate_many(wanted)
        digests([(plan, None) for plan, _ in wanted])

    return at_most(f"the books of a review: {len(wanted)} figures with their digests", clock(all_of_them, 5), "ms", 300, scan())


@measure
def one_page_of_records() -> list[Result]:
    """The first page of the records behind the busiest flow and the busiest stock."""
    out = []
    for figure, span in ((busiest(stock=False, distinct=False), last_years()[-1]), (busiest(stock=True, distinct=False), until(today()))):
        if figure is not None:
            q = question(figure.plan, Asked(span, top()))
            for known, name in ((None, "now"), (latest(), "as posted")):
                took = clock(partial(records, replace(q, known=known), newest=True), 5)
                out.append(at_most(f"{figure.name}: first page of the records, {name}", took, "ms", 100, scan()))
    return out


@measure
def auditing() -> Result:
    """The audit of everything in SQL: each series against its rows, tally, tree and chain."""
    faults: list[Any] = []
    took = once(lambda: faults.extend(audit()))
    if faults:
        raise SystemExit(f"the books are not equal to the tables: {faults[:3]}")
    return at_most(f"audit of everything, {size():,} lines", took / 1000, "s", 90, scan() / 1000)


# ---------- writing ----------


def copied(model: type[Model], into: str) -> str:
    """The statement that writes one more row like the first of a model, its unique columns anew."""
    said = []
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        new = "gen_random_uuid()" if isinstance(field, UUIDField) else f"left(md5(random()::text), {field.max_length or 32})"
        said.append((f'"{field.column}"', new if field.unique else f'"{field.column}"'))
    columns, values = (", ".join(part) for part in zip(*said, strict=True))
    return f'INSERT INTO {into} ({columns}) SELECT {values} FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s'


def together(act: Callable[[psycopg.Connection[Any], int], object]) -> list[float]:
    """What each act of many writers took, in milliseconds; each act is a transaction that is then given up.

    Requests find their connections in a pool, their statements planned: the first act of each writer is not measured.
    """
    spent: list[float] = []
    start = threading.Barrier(WRITERS)

    def work(mine: int) -> None:
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.ClientCursor}) as link:
            act(link, mine)
            link.rollback()
            start.wait()
            for _ in range(EACH):
                spent.append(once(lambda: act(link, mine)))
                link.rollback()

    threads = [threading.Thread(target=work, args=[mine]) for mine in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent


def write(sql: str, rows: list[int], link: psycopg.Connection[Any], mine: int) -> None:
    """One writer's act: one more row like her own."""
    link.execute(sql, [rows[mine % len(rows)]])


@measure
def writing() -> list[Result]:
    """One row of each kind of case, 16 writers at once, each at a case of her own, against the same rows in the same table without triggers.

    The rows are never committed: the books must not remember a benchmark. What a commit costs is the same on both sides.
    """
    out = []
    for name in ("rights.disputes", "rights.events", "rights.receipts"):
        model = SERIES[name].model if name in SERIES else None
        rows = list(model._base_manager.order_by("pk").values_list("pk", flat=True)[:WRITERS]) if model else []
        if model is None or not rows:
            continue
        bare = f'"bench_{uuid.uuid4().hex[:8]}"'
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TABLE {bare} (LIKE "{model._meta.db_table}" INCLUDING ALL)')
        plain, kept = copied(model, bare), copied(model, f'"{model._meta.db_table}"')
        without: list[float] = []
        within: list[float] = []
        try:
            for _ in range(ROUNDS):  # in turns: whatever else the machine does falls on both
                without += together(partial(write, plain, rows))
                within += together(partial(write, kept, rows))
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {bare}")
        mean, baseline = sum(within) / len(within), sum(without) / len(without)
        out.append(times(f"{name}: a row written by one of {WRITERS} writers", mean, "ms", 2, baseline))
        out.append(at_most(f"{name}: the same, 95 of 100", percentile(within), "ms", 50, percentile(without)))
    return out
