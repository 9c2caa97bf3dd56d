"""A figure opened: the records behind it, each with the page that shows it, and those that the reader may not see as one number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import Model

from niangjia.kit.figure import Figure, text
from niangjia.kit.series import Series
from niangjia.worklog import reader
from niangjia.worklog.describe import choice, counted_series, label
from niangjia.worklog.evaluate import Asked, counted, question
from niangjia.worklog.question import part_of
from niangjia.worklog.records import records

PAGE = 50
Told = tuple[str, str | None] | None  # one value of a breakdown
AT_ONCE = 200  # records asked for together
PASSED = 4000  # records after which a page ends, however few of them may be opened


@dataclass(frozen=True)
class Record:
    """One row that counts: what it is called, where it opens, when and where it counts, and how much it gives."""

    source: int
    label: str
    url: str
    day: Any
    union: int | None
    told: tuple[str, ...]
    amount: Decimal
    row: Any = None  # whose page it is


@dataclass(frozen=True)
class Opened:
    """One page of the records behind a figure."""

    records: list[Record]
    heads: tuple[str, ...]  # of what tells them apart
    hidden: int  # rows among them that the reader may not open
    hidden_amount: Decimal
    gone: int  # rows that counted then, and are no more
    older: int | None  # where the next page begins


NOTHING = Opened([], (), 0, Decimal(0), 0, None)


@dataclass
class Page:
    """The row whose page shows a record: the record itself, or the one that it hangs on."""

    of: Series
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.steps = self.of.page.split("__") if self.of.page else []

    def model(self) -> type[Model]:
        found: Any = self.of.model
        for step in self.steps:
            found = found._meta.get_field(step).related_model
        return found  # type: ignore[no-any-return]

    def row(self, record: Model) -> Any:
        return follow(record, self.of.page)


def follow(row: Any, path: str) -> Any:
    """The value at the end of a path from a row; None where the path ends early."""
    for step in path.split("__") if path else ():
        row = None if row is None else row.pk if step == "pk" else getattr(row, step)
    return row


def key_at(row: Any, path: str) -> int | None:
    """The key of the row that a path points to."""
    value = follow(row, path)
    return int(value.pk) if isinstance(value, Model) else value


def related(of: Series, paths: Iterable[str]) -> list[str]:
    """The foreign keys to follow in the same query."""
    out = []
    for path in paths:
        steps, model, taken = path.split("__") if path else [], of.model, []
        for step in steps:
            found = None if step == "pk" else model._meta.get_field(step)
            if found is None or not found.is_relation or step == getattr(found, "attname", ""):
                break
            taken.append(step)
            model = found.related_model  # type: ignore[assignment]
        if taken:
            out.append("__".join(taken))
    return sorted(set(out))


def named_rows(of: Series, keys: Sequence[int], user: Any) -> tuple[dict[int, Record], set[int]]:
    """The records among some keys that a person may open, and the keys that exist at all."""
    day = of.when or of.since or ""
    paths = related(of, [of.page, day, of.where, *of.by])
    query = of.model._base_manager.filter(pk__in=keys)
    rows: list[Any] = list(query.select_related(*paths) if paths else query)
    page = Page(of)
    shown_by = {row.pk: page.row(row) for row in rows}
    may = set(reader.visible(user, page.model(), {by.pk for by in shown_by.values() if by is not None}).values_list("pk", flat=True))
    found = {}
    for row in rows:
        by = shown_by[row.pk]
        if by is not None and by.pk in may:
            told = tuple(choice(of.model, path, text(follow(row, path))) for path in of.by)
            url = by.get_absolute_url() if hasattr(by, "get_absolute_url") else ""
            found[row.pk] = Record(row.pk, str(by), url, follow(row, day), key_at(row, of.where), told, Decimal(0), by)
    return found, {row.pk for row in rows}


def named(figure: Figure, sources: Sequence[int], user: Any) -> list[tuple[int, str, str, Any]]:
    """Records of a figure by their keys, in that order: key, name, address, and the row whose page it is; those that a person may open."""
    of = counted_series(figure)
    found, _there = named_rows(of, sources, user) if of is not None and sources else ({}, set())
    return [(key, found[key].label, found[key].url, found[key].row) for key in dict.fromkeys(sources) if key in found]


def opened(figure: Figure, asked: Asked, user: Any, older: int | None = None, many: int = PAGE, told: Told = None) -> Opened:
    """One page of the records behind a figure (or behind one value of a breakdown), the newest first, as known then. It goes on until it has enough that may be
    opened, or has passed many that may not.
    """
    of = counted_series(figure)
    q = part_of(question(counted(figure.plan), replace(asked, by=())), told)
    heads = tuple(label(of.model, path) for path in of.by) if of is not None else ()
    shown: list[Record] = []
    hidden, hidden_amount, gone, at, passed = 0, Decimal(0), 0, older, 0
    while True:
        found = records(q, at, AT_ONCE + 1, newest=True)
        page, more = found[:AT_ONCE], len(found) > AT_ONCE
        named, there = named_rows(of, [source for source, _ in page], user) if of is not None else ({}, {source for source, _ in page})
        for source, amount in page:
            at, passed = source, passed + 1
            if source in named:
                shown.append(replace(named[source], amount=amount))
            elif source in there:
                hidden, hidden_amount = hidden + 1, hidden_amount + amount
            else:
                gone += 1
            if len(shown) == many or passed == PASSED:
                more = more or source != page[-1][0]
                return Opened(shown, heads, hidden, hidden_amount, gone, at if more else None)
        if not more:
            return Opened(shown, heads, hidden, hidden_amount, gone, None)
