"""The line of totals over a list, out of the tallies: one reading for all its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from niangjia.kit.components import english
from niangjia.kit.dates import now, today
from niangjia.kit.figure import FIGURES, Figure, Plan, chosen
from niangjia.kit.periods import until
from niangjia.kit.totals import Part, Total, Totals
from niangjia.worklog.evaluate import Asked
from niangjia.worklog.frames import address
from niangjia.worklog.many import evaluate_many
from niangjia.worklog.reader import called
from niangjia.worklog.wording import shown, unit_words


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


def answer(union: int, parts: Sequence[Part]) -> Totals | None:
    """What some figures come to at a union today. A figure that was narrowed has no page of its own to open, so only whole ones are links."""
    plans = [narrowed(FIGURES[part.figure], part) for part in parts]
    if any(plan is None for plan in plans):
        return None
    asked = Asked(until(today()), union)
    values = evaluate_many([(plan, asked) for plan in plans if plan is not None])
    code, language = called([union])[union].code, get_language() or ""
    found = []
    for part, value in zip(parts, values, strict=True):
        figure = FIGURES[part.figure]
        url = "" if part.only else address(figure, {"period": str(asked.period), "union": code})
        unit = unit_words(figure.unit)
        found.append(Total(part.label or figure.words(language), shown(figure, value), f" {unit}" if unit and english() else unit, url))
    return Totals(found, now())
