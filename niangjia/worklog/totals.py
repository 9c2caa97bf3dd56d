"""The line of totals over a list, out of the tallies: one reading for all its numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from niangjia.kit.components import english
from niangjia.kit.dates import now, today
from niangjia.kit.figure import FIGURES, Figure, Plan, chosen
from niangjia.kit.periods import until
from niangjia.kit.totals import Part, Total, Totals
from niangjia.worklog.evaluate import Asked, Value
from niangjia.worklog.frames import address
from niangjia.worklog.many import evaluate_many
from niangjia.worklog.wording import shown, unit_words

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


def remembered(plans: Sequence[Plan], asked: Asked, *, wide: bool) -> tuple[list[Value], datetime]:
    """The values, and as of when. Of a county or the city they are found once a minute, because every reader of the list asks again."""
    if not wide:
        return evaluate_many([(plan, asked) for plan in plans]), now()
    key = "totals:" + hashlib.sha256(json.dumps([asked.union, str(asked.period), list(plans)], sort_keys=True).encode()).hexdigest()
    found: tuple[list[Value], datetime] | None = cache.get(key)
    if found is None:
        found = evaluate_many([(plan, asked) for plan in plans]), now()
        cache.set(key, found, MINUTE)
    return found


def answer(union: Any, parts: Sequence[Part]) -> Totals | None:
    """What some figures come to at a union today. A figure that was narrowed has no page of its own to open, so only whole ones are links."""
    plans = [narrowed(FIGURES[part.figure], part) for part in parts]
    if any(plan is None for plan in plans):
        return None
    asked, language = Asked(until(today()), union.pk), get_language() or ""
    values, at = remembered([plan for plan in plans if plan is not None], asked, wide=getattr(union, "level", 9) <= WIDE)
    found: list[Total] = []
    for part, value in zip(parts, values, strict=True):
        figure = FIGURES[part.figure]
        if found and not value:
            continue  # what there is none of needs no words
        url = "" if part.only else address(figure, {"period": str(asked.period), "union": union.code})
        unit = unit_words(figure.unit)
        found.append(Total(part.label or figure.words(language), shown(figure, value), f" {unit}" if unit and english() else unit, url))
    return Totals(found, at)
