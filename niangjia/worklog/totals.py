"""The line of totals over a list, out of the tallies: one reading for all its numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from niangjia.kit.components import english
from niangjia.kit.dates import now, today
from niangjia.kit.figure import FIGURES, Figure, Plan, chosen
from niangjia.kit.periods import Period, until, year
from niangjia.kit.totals import Beside, Part, Total, Totals
from niangjia.worklog.evaluate import Asked, Value, grid
from niangjia.worklog.frames import address
from niangjia.worklog.many import Wanted, evaluate_many
from niangjia.worklog.wording import cell, shown, unit_words

WIDE, MINUTE = 2, 60  # the level of a county; how long its line holds, in seconds: it says as of when it was found


def narrowed(figure: Figure, part: Part) -> Plan | None:
    """The figure's plan with the list's own filter; None where the two leave nothing, or the figure is not simply counted."""
    if not part.only:
        return figure.plan
    if figure.plan["op"] != "count":
        return None
    only: dict[str, Any] = dict(figure.plan["only"])
    for name, values in chosen(part.only).items():
        left = [value for value in values if value in only.get(name, values)]
        if not left:
            return None
        only[name] = left
    return {**figure.plan, "only": only}


def remembered(wanted: Sequence[Wanted], *, wide: bool) -> tuple[list[Value], datetime]:
    """The values, and as of when. Of a county or the city they are found once a minute, because every reader of the list asks again."""
    if not wide:
        return evaluate_many(wanted), now()
    said = [(plan, asked.union, str(asked.period), asked.tree) for plan, asked in wanted]
    key = "totals:" + hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    found: tuple[list[Value], datetime] | None = cache.get(key)
    if found is None:
        found = evaluate_many(wanted), now()
        cache.set(key, found, MINUTE)
    return found


def answer(union: Any, parts: Sequence[Part], on: date | None = None) -> Totals | None:
    """What some figures come to at a union today, or by the tree of a day. A figure that was narrowed has no page of its own to open, so only whole ones are links."""
    plans = [narrowed(FIGURES[part.figure], part) for part in parts]
    if any(plan is None for plan in plans):
        return None
    day, tree, language = on or today(), tree_of(on), get_language() or ""
    this_year = Period(date(day.year, 1, 1), until(day).after) if on else year(day.year)
    periods = [this_year if part.this_year else until(day) for part in parts]
    wanted = [(plan, Asked(period, union.pk, tree)) for plan, period in zip(plans, periods, strict=True) if plan is not None]
    values, at = remembered(wanted, wide=getattr(union, "level", 9) <= WIDE)
    found: list[Total] = []
    for part, value, period in zip(parts, values, periods, strict=True):
        figure = FIGURES[part.figure]
        if found and not value:
            continue  # what there is none of needs no words
        url = "" if part.only else opens(figure, period, union, tree)
        unit = unit_words(figure.unit)
        found.append(Total(part.label or figure.words(language), shown(figure, value), f" {unit}" if unit and english() else unit, url))
    return Totals(found, at)


def tree_of(on: date | None) -> str:
    """By which tree is counted: that of the day, where a day was asked for."""
    return "then" if on else "today"


def opens(figure: Figure, period: Period, union: Any, tree: str = "today") -> str:
    """The page of a figure as it stands at a union."""
    return address(figure, {"period": str(period), "union": union.code, "tree": "then" if tree == "then" else ""})


def each(unions: Sequence[Any], names: Sequence[str], on: date | None = None) -> Beside:
    """What some figures come to at each of some unions, today or by the tree of a day: a figure is asked once for all of them."""
    figures = [FIGURES[name] for name in names if name in FIGURES]
    keys, period, tree = [one.pk for one in unions], until(on or today()), tree_of(on)
    found = [grid(figure.plan, Asked(period, keys[0], tree), keys, [period]) for figure in figures]
    return Beside(
        {figure.name: unit_words(figure.unit) for figure in figures},
        {
            one.pk: [
                Total("", cell(figure, values[one.pk, 0]), "", opens(figure, period, one, tree))
                for figure, values in zip(figures, found, strict=True)
            ]
            for one in unions
        },
    )
