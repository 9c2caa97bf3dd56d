"""The published figures as the books answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from niangjia.kit.figure import FIGURES
from niangjia.kit.periods import Period, until
from niangjia.scenario.targets import REVIEW, WINDOW
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, evaluate

REFS = ("F043", "F044", "F045", "F046", "F047", "F048", "F102", "F103", "F104", "F105", "F106", "F107", "F108")


def told(ref: str, *, day: date = REVIEW, known: int | None = None) -> Any:
    """One figure of the whole city, in the window or on a day."""
    [figure] = [one for one in FIGURES.values() if one.ref == ref]
    city = Union.objects.values_list("pk", flat=True).get(kind="10")
    period = until(day) if figure.stock else Period(WINDOW[0], date(WINDOW[1].year, WINDOW[1].month + 1, 1))
    return evaluate(figure.plan, Asked(period, city, known=known))


def all_told() -> dict[str, Decimal]:
    """All of them."""
    return {ref: told(ref) for ref in REFS}
