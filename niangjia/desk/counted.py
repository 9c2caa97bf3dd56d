"""The figures of a desk: each counted by the books, for the reader's union, and each leading to its own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.kit.components import english
from niangjia.kit.dates import add_months, today
from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.periods import Period, until
from niangjia.unions.api import Kind
from niangjia.unions.models import Union
from niangjia.worklog.api import Asked, board, by_year, grid

SMALL = ("members.people", "unions.grassroots", "rights.events", "rights.disputes.cases", "rights.disputes.rate", "rights.recovered")
FIVE = ("members.people", "unions.grassroots", "rights.events", "rights.disputes.cases", "rights.recovered")
COMPARED = ("members.people", "unions.grassroots", "unions.women.rate", "rights.disputes.rate", "rights.recovered")
MONTHS = 12
TEN_THOUSAND = 10_000
MILLION = 1_000_000


def this_year() -> Period:
    """From New Year to today."""
    day = today()
    return Period(date(day.year, 1, 1), day + timedelta(days=1))


def period_of(figure: Figure) -> Period:
    """What a desk asks of a figure: a stock today, a flow this year so far."""
    return until(today()) if figure.stock else this_year()


def address(figure: Figure, period: Period, union: Union) -> str:
    """The page of a figure that shows the same number."""
    return reverse("worklog:figure", args=[figure.name]) + "?" + urlencode({"period": str(period), "union": union.code})


@dataclass(frozen=True)
class Number:
    """A value as it is printed: scaled to the unit that people read it in."""

    text: str
    unit: str
    value: Decimal | None


def printed(figure: Figure, value: Any, beside: Any = None) -> Number:
    """A value in its unit: whole numbers as they are, shares to one place, money to two.

    In Chinese from 100,000 on in ten thousands; in English money from a million on in millions. Two that stand
    beside each other are scaled alike, by the larger.
    """
    if value is None:
        return Number("—", "", None)
    unit = figure.units[0]
    big = next((one for one in figure.units[1:] if one.startswith("万")), "")
    money = unit == "元"
    if big and not english() and max(abs(value), abs(beside or 0)) >= 10 * TEN_THOUSAND:
        return Number(f"{_round(value / TEN_THOUSAND, 2):,}", big, value)
    if money and english() and max(abs(value), abs(beside or 0)) >= MILLION:
        return Number(f"{_round(value / MILLION, 2):,}".replace("-", "−"), "million yuan", value)
    places = 2 if money else 1 if unit == "%" else 0
    return Number(f"{_round(value, places):,}".replace("-", "−"), words(unit), value)


def plainly(figure: Figure, value: Decimal) -> str:
    """A value in its first unit, for columns whose head says the unit."""
    return f"{_round(value, 2 if figure.units[0] == '元' else 1 if figure.units[0] == '%' else 0):,}".replace("-", "−")


def _round(value: Decimal, places: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def words(unit: str) -> str:
    """A unit in the reader's language."""
    return {"人": _("people"), "件": _("cases"), "家": pgettext("unit", "unions"), "元": _("yuan")}.get(unit, unit)


def gap() -> str:
    """What stands between a number and its unit."""
    return " " if english() else ""


def name(figure: Figure) -> str:
    """What a figure is called in the reader's language."""
    return figure.words("en" if english() else "zh")


@dataclass(frozen=True)
class Line:
    """A figure on a desk: now, and at the same time a year ago."""

    figure: Figure
    now: Number
    was: Number
    url: str


def small(union: Union) -> list[Line]:
    """The small figures of an ordinary desk."""
    lines = []
    for code in SMALL:
        figure = FIGURES[code]
        period = period_of(figure)
        found = grid(figure.plan, Asked(period, union.pk), [union.pk], [period, period.before()])
        now, was = found[union.pk, 0], found[union.pk, 1]
        lines.append(Line(figure, printed(figure, now, was), printed(figure, was, now), address(figure, period, union)))
    return lines


def week(union: Union) -> list[Number]:
    """Events reported and disputes accepted within seven days."""
    span = Period(today() - timedelta(days=6), today() + timedelta(days=1))
    codes = ("rights.events", "rights.disputes.cases")
    return [printed(FIGURES[code], grid(FIGURES[code].plan, Asked(span, union.pk), [union.pk], [span])[union.pk, 0]) for code in codes]


@dataclass(frozen=True)
class Great:
    """A figure of a leader's screen: its value, its course, and what it is held against."""

    figure: Figure
    now: Number
    url: str
    course: list[float]
    against: str


def five(union: Union) -> list[Great]:
    """The five figures of a leader's screen. A stock shows its years, a flow its months."""
    return [_stock(FIGURES[code], union) if FIGURES[code].stock else _flow(FIGURES[code], union) for code in FIVE]


def _stock(figure: Figure, union: Union) -> Great:
    period = until(today())
    years = [value or Decimal(0) for _year, value in by_year(figure, Asked(period, union.pk))]
    rise = years[-1] - years[-2]
    said = printed(figure, abs(rise))
    against = (
        _("%(rise)s since the end of last year") % {"rise": f"{'+' if rise > 0 else '−'}{said.text}{gap()}{said.unit}"}
        if rise
        else _("as at the end of last year")
    )
    return Great(figure, printed(figure, years[-1]), address(figure, period, union), list(map(float, years)), against)


def _flow(figure: Figure, union: Union) -> Great:
    period = this_year()
    first = today().replace(day=1)
    starts = [add_months(first, n - MONTHS + 1) for n in range(MONTHS)]
    months = [Period(start, add_months(start, 1)) for start in starts]
    found = grid(figure.plan, Asked(period, union.pk), [union.pk], [period, period.before(), *months])
    now, before = found[union.pk, 0], found[union.pk, 1]
    was = printed(figure, before, now)
    against = _("%(value)s in the same time last year") % {"value": f"{was.text}{gap()}{was.unit}"}
    course = [float(found[union.pk, n + 2] or 0) for n in range(MONTHS)]
    return Great(figure, printed(figure, now, before), address(figure, period, union), course, against)


@dataclass(frozen=True)
class Compared:
    """The unions below side by side: for each figure the values of the rows, of what stands at the union itself, and the total."""

    figures: list[Figure]
    unions: list[Union]
    cells: dict[tuple[int, str], Decimal | None]  # by union and figure
    own: dict[str, Decimal | None]
    total: dict[str, Decimal | None]
    period: dict[str, Period]


def below(union: Union) -> list[Union]:
    """The places one level below: counties and zones, or townships; never industries, which lie in no place."""
    rows = Union.objects.filter(parent=union, level=union.level + 1).exclude(state="ABOLISHED").exclude(kind=Kind.INDUSTRY)
    return list(rows.order_by("division__code", "name_py", "pk"))


def compared(union: Union) -> Compared:
    """The unions one level below, by five figures; what they do not cover stands in a line of its own where parts can be added up."""
    those_below = below(union)
    cells: dict[tuple[int, str], Decimal | None] = {}
    own: dict[str, Decimal | None] = {}
    total: dict[str, Decimal | None] = {}
    periods = {code: period_of(FIGURES[code]) for code in COMPARED}
    for code in COMPARED:
        # Who is told apart is remembered for all the unions below, and asked so; what is added up needs only those that are shown.
        those = None if FIGURES[code].distinct else [one.pk for one in those_below]
        found = board(FIGURES[code], Asked(periods[code], union.pk), below=those)
        values = {row: value for row, [value] in found.rows}
        cells |= {(one.pk, code): values.get(one.pk) for one in those_below}
        [total[code]] = found.total
        own[code] = (
            None
            if found.own is None
            else (total[code] or Decimal(0)) - sum((values.get(one.pk) or Decimal(0) for one in those_below), Decimal(0))
        )
    return Compared([FIGURES[code] for code in COMPARED], those_below, cells, own, total, periods)
