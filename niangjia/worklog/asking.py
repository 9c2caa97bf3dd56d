"""From an address to a question: which period, which union, as known when, by which tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit.components import day_words
from niangjia.kit.dates import day_of, today
from niangjia.kit.errors import RuleBroken
from niangjia.kit.figure import Figure
from niangjia.kit.periods import Period, parse, until, year
from niangjia.worklog import reader
from niangjia.worklog.board import breakdowns
from niangjia.worklog.clerk import begun_on, day_of_posting, known_at, latest
from niangjia.worklog.evaluate import Asked
from niangjia.worklog.freeze import Frozen, freezes_of, frozen


@dataclass(frozen=True)
class Looked:
    """A question as a page asks it, and how it was named: as known on a day or at a posting, or as published."""

    asked: Asked
    known_on: date | None = None
    frozen: Frozen | None = None
    posting: int | None = None


def default_period(figure: Figure) -> Period:
    """A stock today, a flow this year; the years of a run, the last ten."""
    day = today()
    if figure.plan["op"] in ("run", "peak"):
        return Period(date(day.year - 9, 1, 1), date(day.year + 1, 1, 1))
    return until(day) if figure.stock and figure.plan["op"] != "difference" else year(day.year)


def read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleBroken(_("“%(text)s” is no day: write it like 2015-06-30.") % {"text": text[:20]}) from None


def read_period(text: str) -> Period:
    """A period from an address, or a sentence about how it is written."""
    try:
        return parse(text)
    except (ValueError, OverflowError):
        raise RuleBroken(_("“%(text)s” is no period: write 2014, 2012-01..2015-06 or ..2015-06-30.") % {"text": text[:40]}) from None


def read_union(text: str) -> int:
    """The union that an address names by its code."""
    union = reader.union_at(text[:40])
    if union is None:
        raise RuleBroken(_("No union has the code “%(text)s”.") % {"text": text[:40]})
    return union


def read_posting(text: str) -> int:
    """The number of a posting from an address."""
    if not text.isdecimal() or len(text) > 18 or not 0 < int(text) <= latest():
        raise RuleBroken(_("“%(text)s” is the number of no posting.") % {"text": text[:20]})
    return int(text)


def look(figure: Figure, said: Mapping[str, Any], user: Any) -> Looked:
    """Read the question of a page. A freeze says everything; else each part may be left out."""
    if number := said.get("freeze"):
        f = frozen(int(number)) if str(number).isdecimal() and len(str(number)) < 18 else None
        if f is None or f.figure != figure.name:
            raise RuleBroken(_("This figure was not published under that number."))
        return Looked(f.asked, day_of(f.at), f)
    period = read_period(said["period"]) if said.get("period") else default_period(figure)
    if figure.stock and figure.plan["op"] != "difference":
        period = Period(None, period.after)
    union = read_union(said["union"]) if said.get("union") else reader.home(user)
    if not union:
        raise RuleBroken(_("There is no union yet whose figures could be shown."))
    asked = Asked(period, union, "then" if said.get("tree") == "then" else "today")
    if said.get("posting"):
        posting = read_posting(said["posting"])
        return Looked(replace(asked, known=posting), day_of_posting(posting), posting=posting)
    if said.get("known"):
        day = read_day(said["known"])
        if not (posting := known_at(day)) and (begun := begun_on()):
            raise RuleBroken(
                _("The books begin on %(first)s; what was known on %(day)s stands in none of them. Ask as known on a later day.")
                % {"first": day_words(begun, year=True), "day": day_words(day, year=True)}
            )
        return Looked(replace(asked, known=posting), day)
    return Looked(asked)


def read_told(figure: Figure, looked: Looked, text: str) -> tuple[str, str | None] | None:
    """One value of a breakdown, as an address names it: cause:012; nothing behind the colon is what was not recorded."""
    if not text:
        return None
    name, _colon, value = text.partition(":")
    if name not in breakdowns(figure, looked.asked.known):
        raise RuleBroken(_("This figure is not told apart by “%(text)s”.") % {"text": name[:40]})
    return name, value or None


def published(figure: Figure, looked: Looked) -> Frozen | None:
    """The publication to compare with: the one that is looked at, else the latest of the same union and period."""
    if looked.frozen is not None:
        return looked.frozen
    mine = (looked.asked.union, looked.asked.period)
    return next((f for f in freezes_of(figure.name) if (f.asked.union, f.asked.period) == mine), None)
