"""The catalogue of figures: what there is, what it comes to today, in which edition it stands, where it is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps

from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.names import initials, reading
from niangjia.kit.nav import GROUPS
from niangjia.worklog.asking import default_period
from niangjia.worklog.db import fetch
from niangjia.worklog.describe import latest_editions
from niangjia.worklog.evaluate import Asked, Value
from niangjia.worklog.guard import heads, leaves
from niangjia.worklog.many import evaluate_many
from niangjia.worklog.suppress import hide, small

USED = "SELECT f.figure, count(DISTINCT r.id) FROM books_review r JOIN books_freeze f ON f.id = ANY (r.freezes) GROUP BY 1"


@dataclass(frozen=True)
class Line:
    """One figure in the catalogue."""

    figure: Figure
    value: Value
    edition: int
    changed_on: date | None
    used: int


def group_of(figure: Figure) -> str:
    """The part of the house that answers for a figure: the first word of its code."""
    return figure.name.partition(".")[0]


def group_title(code: str) -> Any:
    """What that part is called."""
    if code in GROUPS:
        return GROUPS[code]
    config = apps.app_configs.get(code)
    return config.verbose_name if config else code


def matches(figure: Figure, words: str) -> bool:
    """Whether a figure is found by these words: its names, its code, its reference, or the initials of its Chinese name."""
    wanted = words.strip().lower()
    return not wanted or any(
        wanted in said.lower() for said in (figure.name, figure.zh, figure.en, figure.ref, initials(reading(figure.zh, person=False)))
    )


def groups(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Figures by the part of the house that answers for them, in the order of their declaration."""
    out: dict[str, list[Figure]] = {}
    for figure in figures:
        out.setdefault(group_of(figure), []).append(figure)
    return out


def lines(figures: Iterable[Figure], union: int, *, mine: bool = True) -> list[Line]:
    """The catalogue's lines for one union, each figure in its own default period; outside of a reader's unions small numbers are hidden."""
    those = list(figures)
    editions = latest_editions()
    used = {name: int(many) for name, many in fetch(USED)}
    asked = [Asked(default_period(figure), union) for figure in those]
    values = evaluate_many([(figure.plan, one) for figure, one in zip(those, asked, strict=True)])
    if not mine:
        behind = [(k, heads(leaf)) for k, figure in enumerate(those) for leaf in leaves(figure.plan)]
        found = evaluate_many([(plan, asked[k]) for k, plan in behind])
        risky = {k for (k, _), value in zip(behind, found, strict=True) if small(value)}
        values = hide(values, whole=False, few=[k in risky for k in range(len(those))])
    return [
        Line(figure, value, editions[figure.name].number, editions[figure.name].since, used.get(figure.name, 0))
        for figure, value in zip(those, values, strict=True)
    ]


def empty_series() -> set[str]:
    """The series that have no line yet: their figures have nothing to count."""
    rows = fetch(
        "SELECT DISTINCT name FROM books_book b WHERE after_posting IS NOT NULL AND NOT EXISTS "
        "(SELECT FROM books_ledger e WHERE e.book = b.number) AND NOT EXISTS (SELECT FROM books_daybook e WHERE e.book = b.number)"
    )
    return {name for (name,) in rows}


def everything() -> list[Figure]:
    """All figures, in the order of their declaration."""
    return list(FIGURES.values())
