"""Spans of days, and the names by which unions call them.

>>> year(2014)
2014
>>> months("2012-01", "2015-06").last
datetime.date(2015, 6, 30)
>>> union_year(2015) == parse("2014-10-01..2015-09-30")
True
>>> season(2014, "11-01", "03-31")
2014-11..2015-03
>>> until(date(2015, 10, 8)).words("zh"), parse("2012-01..2015-06").words("zh")
('截至2015年10月8日', '2012年1月至2015年6月')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from niangjia.kit.dates import add_months

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """From a day to the day before another; `first` may be open: since the beginning."""

    first: date | None
    after: date

    @property
    def last(self) -> date:
        return self.after - DAY

    def before(self) -> Period:
        """The same span one year earlier, for growth."""
        return Period(self.first and add_months(self.first, -12), add_months(self.after, -12))

    def years(self) -> list[Period]:
        """The yearly steps of the span, the last one first; a broken year comes last.

        >>> months("2012-01", "2014-06").years()
        [2013-07..2014-06, 2012-07..2013-06, 2012-01..2012-06]
        """
        steps, after = [], self.after
        while self.first and after > self.first:
            steps.append(Period(max(add_months(after, -12), self.first), after))
            after = add_months(after, -12)
        return steps

    def calendar_years(self) -> list[Period]:
        """The calendar years that the span touches, in order, each cut to the span.

        >>> months("2012-01", "2013-06").calendar_years()
        [2012, 2013-01..2013-06]
        """
        first = self.first or date(self.last.year, 1, 1)
        spans = [year(y) for y in range(first.year, self.last.year + 1)]
        return [Period(max(first, s.first or first), min(self.after, s.after)) for s in spans]

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        """The span as it stands in an address; `parse` reads it."""
        first, last = self.first, self.last
        if first is None:
            return f"..{last}"
        if first.day > 1 or self.after.day > 1:
            return f"{first}..{last}"
        if (first.month, self.after) == (1, date(first.year + 1, 1, 1)):
            return str(first.year)
        return f"{first:%Y-%m}..{last:%Y-%m}"

    def words(self, language: str = "zh") -> str:
        """The span as people say it, in Chinese (zh…) or English."""
        zh, first, last, months_ = language.startswith("zh"), self.first, self.last, self.after.day == 1
        if first is None:
            return f"截至{spoken(last, zh=zh)}" if zh else f"by {spoken(last, zh=zh)}"
        if str(self) == str(first.year):
            return f"{first.year}年" if zh else str(first.year)
        whole = months_ and first.day == 1
        ends = [spoken(day, zh=zh, month=whole) for day in (first, last)]
        return ("至" if zh else " to ").join(dict.fromkeys(ends))


def spoken(day: date, *, zh: bool, month: bool = False) -> str:
    if zh:
        return f"{day.year}年{day.month}月" + ("" if month else f"{day.day}日")
    return f"{day:%B %Y}" if month else f"{day.day} {day:%B %Y}"


def year(y: int) -> Period:
    """Calendar year 自然年."""
    return Period(date(y, 1, 1), date(y + 1, 1, 1))


def union_year(y: int, starts: tuple[int, int] = (10, 1)) -> Period:
    """The unions' statistical year: from 1 October of the year before, unless the dated parameter says another day."""
    return Period(date(y - 1, *starts), date(y, *starts))


def months(first: str, last: str) -> Period:
    """`months("2012-01", "2015-06")`: whole months, both included."""
    return Period(date.fromisoformat(f"{first}-01"), add_months(date.fromisoformat(f"{last}-01"), 1))


def until(day: date) -> Period:
    """Since the beginning, that day included; the only period of a stock."""
    return Period(None, day + DAY)


def season(y: int, first: str, last: str) -> Period:
    """`season(2014, "11-01", "03-31")`: days of a year; where the last comes before the first, it is the next year's."""
    begins, ends = date.fromisoformat(f"{y}-{first}"), date.fromisoformat(f"{y + (last < first)}-{last}")
    return Period(begins, ends + DAY)


def term(congresses: Sequence[date], number: int, today: date) -> Period:
    """A congress term 届: from the opening of one congress (1 is the first) to the eve of the next, or until today.

    >>> term([date(2010, 5, 18), date(2015, 10, 20)], 1, date(2015, 6, 30))
    2010-05-18..2015-06-30
    """
    begins = congresses[number - 1]
    following = congresses[number] if number < len(congresses) else date.max
    return Period(begins, min(following, today + DAY))


def parse(text: str) -> Period:
    """Read what `str` wrote: `2014`, `2014-05`, `2012-01..2015-06`, `2012-01-15..2015-06-20`, `..2015-06-30`."""
    first, dots, last = text.partition("..")
    if not dots:
        return year(int(text)) if len(text) == 4 else months(text, text)
    end = months(last, last).after if len(last) == 7 else date.fromisoformat(last) + DAY
    if not first:
        return Period(None, end)
    begin = date.fromisoformat(f"{first}-01" if len(first) == 7 else first)
    if begin >= end:
        raise ValueError(f"{text} ends before it begins")
    return Period(begin, end)
