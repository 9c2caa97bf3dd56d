"""What pages of events and of disputes share: chips, addresses and the figures that count a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.access.api import User, openings
from niangjia.files.api import papers
from niangjia.kit.badges import Count
from niangjia.kit.components import Entry, Paper, day_words, shown_number
from niangjia.kit.dates import at as moment_at
from niangjia.kit.figure import FIGURES
from niangjia.kit.tables import Cell
from niangjia.rights.models import Event

PHASES = {"RED": "red", "ORANGE": "orange", "YELLOW": "yellow", "BLUE": "blue"}


def address(name: str, *args: Any) -> str:
    """Where a page of another floor lies; nothing where it does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def running_words(count: Count | None) -> str:
    """What a list begins with: how much runs now, and how much of it is late."""
    if count is None or not count.total:
        return _("Nothing runs now.")
    if not count.late:
        return ngettext("%(n)d runs now, in time.", "%(n)d run now, all in time.", count.total) % {"n": count.total}
    return ngettext("%(n)d runs now, %(late)d late.", "%(n)d run now, %(late)d late.", count.total) % {"n": count.total, "late": count.late}


def counts_in(measures: Mapping[str, Mapping[str, Decimal | int]], thing: Any) -> list[Paper]:
    """The figures that count a thing, each a link to it: declared conditions are asked of the thing itself."""
    found = []
    for figure in FIGURES.values():
        plan = figure.plan
        value = measures.get(plan["series"], {}).get(plan["measure"]) if plan["op"] == "count" else None
        if value is None or not _narrowed(plan, thing):
            continue
        unit = figure.unit if (get_language() or "zh").startswith("zh") else ""
        found.append(Paper(figure.words(get_language() or "zh"), f"{shown_text(value)}{unit}", address("worklog:figure", figure.name)))
    return found


def _narrowed(plan: Mapping[str, Any], thing: Any) -> bool:
    def holds(name: str, values: Sequence[str | None]) -> bool:
        return str(getattr(thing, name.removeprefix("dispute__"))) in values

    return all(holds(n, v) for n, v in plan["only"].items()) and not any(holds(n, v) for n, v in plan["without"].items())


def shown_text(value: Decimal | int) -> str:
    """A number in running text."""
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


def money(value: Decimal | None) -> Any:
    """Yuan in a cell; what was not agreed says so."""
    return Cell(_("not agreed"), "faint") if value is None else shown_number(Decimal(value))


def paper_rows(thing: Any) -> list[Paper]:
    """The papers that lie on a thing."""
    rows = papers(thing)
    if isinstance(thing, Event):  # its pictures are shown as such
        rows = rows.exclude(pk__in=thing.pictures.values("paper"))
    return [Paper(one.name, one.purpose or day_words(one.at), one.get_absolute_url()) for one in rows]


def seen_by(thing: Any, reader: User, *, but: int | None = None) -> list[Paper]:
    """Who else opened a thing lately: each once, with the last day; never whoever reported it and does not want to be named."""
    last: dict[int | None, Any] = {}
    for one in openings(thing)[:60]:
        if one.user_id not in (reader.pk, but):
            last.setdefault(one.user_id, one)
    return [Paper(one.user.name if one.user else "", day_words(one.at)) for one in list(last.values())[:5]]


def doer(event: Event, who: User | None) -> str:
    """Who did something about an event, by name; not whoever reported it and does not want to be named."""
    if who is None:
        return _("The house")
    return _("anonymous") if event.anonymous and who.pk == event.reported_by_id else who.name


def unnamed(event: Event, entries: Sequence[Entry]) -> list[Entry]:
    """A story without the name of whoever reported it and does not want to be named, whatever she did about it later."""
    if not event.anonymous or event.reported_by is None:
        return list(entries)
    return [replace(one, who=_("anonymous")) if one.who == event.reported_by.name else one for one in entries]


def begun(entries: Sequence[Entry], did: str) -> list[Entry]:
    """A flow's story with its first line, the oldest, in the words of the matter."""
    return [*entries[:-1], *(replace(first, did=did) for first in entries[-1:])]


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """A story in order, whether its lines have an hour or only a day."""
    return sorted(entries, key=lambda one: one.at if isinstance(one.at, datetime) else moment_at(one.at), reverse=True)
