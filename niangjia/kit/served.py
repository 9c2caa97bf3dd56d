"""Whom a union has served: each part of the house says which of its series name people who got something, and they are told apart together.

A person who got help twice, or from two parts of the house, counts once; who is only registered counts nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from niangjia.kit.series import Series


@dataclass(frozen=True)
class Service:
    """A series of people who got something, what that is called, and the figure that counts it alone."""

    series: Series
    label: Any
    figure: str


SERVICES: list[Service] = []


def serves(series: Series, label: Any, figure: str) -> None:
    """Declare that the subjects of a series have been served. ValueError where it has none, or lasts."""
    if series.subject is None or series.when is None:
        raise ValueError(f"{series.name}: people are served on a day, and named")
    SERVICES.append(Service(series, label, figure))


@dataclass(frozen=True)
class Served:
    """How many people, by place, and in the whole: who was served in two places counts in both, and once in the whole."""

    places: dict[int, int]
    total: int


def served(place: str, within: dict[str, int], first: date, after: date) -> Served:
    """The people served from a day to the day before another: told apart together, in one question.

    `place` is the column of a union by which they are listed (county_id, township_id, id), `within` narrows the unions.
    """
    asked = [_asked(one.series, place, within, first, after) for one in SERVICES]
    if not asked:
        return Served({}, 0)
    parts = [query.query.sql_with_params() for query in asked]
    inner = " UNION ".join(f"({sql})" for sql, _params in parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT grouping(place), place, count(DISTINCT person) FROM ({inner}) AS x (place, person) GROUP BY GROUPING SETS ((place), ())",
            [value for _sql, params in parts for value in params],
        )
        rows = cursor.fetchall()
    return Served({at: many for whole, at, many in rows if not whole and at}, next((many for whole, _at, many in rows if whole), 0))


def _asked(series: Series, place: str, within: dict[str, int], first: date, after: date) -> Any:
    """Where each person of a series was served."""
    narrowed = {f"{series.where}__{name}": value for name, value in within.items()}
    assert series.subject is not None  # whoever is counted as served is somebody
    rows = series.model._default_manager.filter(
        series.if_, **narrowed, **{f"{series.when}__gte": first, f"{series.when}__lt": after, f"{series.subject}__isnull": False}
    )
    return rows.order_by().values_list(f"{series.where}__{place}", series.subject).distinct()
