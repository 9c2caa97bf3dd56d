"""The slow, independent audit: plain Python over plain rows, and no SQL but SELECT columns.

It shares nothing with `compile.py`: what that module misunderstands, this one finds (`reading.py` reads the declarations).
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db import connection

from niangjia.kit.series import SERIES, SLOTS, Series
from niangjia.worklog.audit import Fault
from niangjia.worklog.db import Row, fetch
from niangjia.worklog.reading import Rows, teller

AT_ONCE = 20_000
NEAR = 1e-9  # two divisions may round differently
SAID = "union_id, subject, day, {}, n, q1, q2, q3, q4 FROM"
KEPT = (
    "SELECT name, number, current_setting('search_path') FROM books_book "
    "WHERE installed IS NOT NULL AND after_posting IS NOT NULL ORDER BY number"
)


def net(lines: list[Row]) -> dict[Row, list[Any]]:
    """What lines say together; what cancels is left out."""
    sums: dict[Row, list[Any]] = defaultdict(lambda: [0] * (SLOTS + 1))
    for union, subject, day, by, *amounts in lines:
        mine = sums[union, subject, day, by]
        for i, amount in enumerate(amounts):
            mine[i] += amount or 0
    return {key: amounts for key, amounts in sums.items() if any(abs(a) > NEAR for a in amounts)}


def reverse(line: Row) -> Row:
    return (*line[:4], *(a and -a for a in line[4:]))


class Ledger:
    """What the books say of each source, in the order of the sources: the ledger streamed, the daybook held."""

    def __init__(self, book: int, raw: Any, posted: Any) -> None:
        cuts = {number: tuple(by) for number, by in raw.execute("SELECT number, by FROM books_cut WHERE book = %s", [book])}
        self.cuts: dict[int, tuple[str | None, ...]] = cuts
        self.pending: dict[int, list[Row]] = defaultdict(list)
        for source, union, subject, day, by, *amounts in raw.execute(
            f"SELECT source, {SAID.format('by')} books_daybook WHERE book = %s", [book]
        ):
            self.pending[source].append((union, subject, day, tuple(by), *amounts))
        posted.execute(f"SELECT source, {SAID.format('cut')} books_ledger WHERE book = %s ORDER BY source", [book])
        self.groups = groupby(posted, operator.itemgetter(0))
        self.source: int | None
        self.lines: Iterator[Row]
        self.step()

    def step(self) -> None:
        self.source, self.lines = next(self.groups, (None, iter(())))

    def take(self) -> list[Row]:
        """The lines of the source at which we stand; goes on to the next."""
        cuts = self.cuts
        mine = [(u, s, d, cuts[c], n, q1, q2, q3, q4) for _, u, s, d, c, n, q1, q2, q3, q4 in self.lines]
        self.step()
        return mine


def recount_series(of: Series, book: int, raw: Any) -> Iterator[Fault]:
    """Walk rows and ledger side by side, source by source."""
    rows = Rows(of.model)
    tell = teller(of, rows)
    rows.load(raw)
    with raw.cursor(name="told") as told, raw.cursor(name="said") as posted:
        told.itersize = posted.itersize = AT_ONCE
        told.execute(f"{rows.sql()} ORDER BY 1")
        ledger = Ledger(book, raw, posted)
        pending = ledger.pending

        def faults(key: int, told: list[Row], said: list[Row]) -> Iterator[Fault]:
            said += pending.pop(key, [])
            if told != said and net(told + [reverse(line) for line in said]):
                yield Fault(of.name, (key, told, said))

        for row in told:
            key = row[0]
            while ledger.source is not None and ledger.source < key:  # a row that is gone
                yield from faults(ledger.source, [], ledger.take())
            mine = ledger.take() if ledger.source == key else []
            now = tell(row)
            if now != mine or pending:
                yield from faults(key, now, mine)
        while ledger.source is not None:
            yield from faults(ledger.source, [], ledger.take())
        for key in list(pending):
            yield from faults(key, [], [])


def recount(series: str | None = None, limit: int = 20) -> list[Fault]:
    """Every series once more, in one snapshot, while others write. The first faults of each."""
    found: list[Fault] = []
    books = [row for row in fetch(KEPT) if row[0] in SERIES and series in (None, row[0])]
    own = connection.copy()
    own.ensure_connection()
    raw: Any = own.connection
    try:
        with raw.transaction():
            raw.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for name, number, path in books:
                raw.execute("SELECT set_config('search_path', %s, true)", [path])
                found += [fault for _, fault in zip(range(limit), recount_series(SERIES[name], number, raw), strict=False)]
    finally:
        own.close()
    return found
