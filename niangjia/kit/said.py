"""How parameters and their values are said to people, in the language of the page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.kit.answer import Answer, book
from niangjia.kit.components import english
from niangjia.kit.parameter import AREAS, Parameter, area_of
from niangjia.kit.spans import Span
from niangjia.kit.values import Value


def span_words(span: Span) -> str:
    """15 days, 5 working days, 30 minutes."""
    n = span.count
    said = {
        "m": ngettext("%(n)d minute", "%(n)d minutes", n), "h": ngettext("%(n)d hour", "%(n)d hours", n),
        "d": ngettext("%(n)d calendar day", "%(n)d calendar days", n), "wd": ngettext("%(n)d working day", "%(n)d working days", n),
        "mo": ngettext("%(n)d month", "%(n)d months", n), "y": ngettext("%(n)d year", "%(n)d years", n),
    }[span.unit]  # fmt: skip
    return said % {"n": n}


def value_words(what: Parameter, value: Value | None) -> str:
    """A value with its unit."""
    if value is None:
        return _("as the place above")
    if isinstance(value, Span):
        return span_words(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        if what.kind == "percent":
            return f"{(value * 100).normalize():f}%"
        return _("%(yuan)s yuan") % {"yuan": f"{value:,.2f}"}
    if isinstance(value, int):
        gap = " " if english() else ""
        return f"{value:,}{gap}{what.unit}" if what.unit else f"{value:,}"
    return str(what.choices.get(value, value))


def name(what: Parameter) -> str:
    """What a parameter is called."""
    return what.words(get_language() or "")


def area_name(what: Parameter | str) -> str:
    """What the area of a parameter is called."""
    code = area_of(what) if isinstance(what, Parameter) else what
    return AREAS.get(code, (code, code))[1 if english() else 0]


def full_name(what: Parameter) -> str:
    """Area and name: for lines that stand alone."""
    return f"{area_name(what)}{': ' if english() else '：'}{name(what)}"


def place_name(division: int | None) -> str:
    """What a place is called; none is everywhere."""
    return _("everywhere") if division is None else book().names.get(division, str(division))


def given_words(said: Answer) -> str:
    """What holds and who says so: 15 calendar days, Law art. 14; or another place's value, its year and paper, with the default behind it."""
    default = _("%(value)s, %(basis)s") % {"value": value_words(said.of, said.of.default), "basis": said.of.basis}
    if said.row is None:
        return default
    facts: dict[str, Any] = {
        "value": value_words(said.of, said.value), "place": place_name(said.row.at), "year": said.row.since.year, "basis": said.row.basis,
        "default": default,
    }  # fmt: skip
    return _("%(value)s, %(place)s %(year)s, %(basis)s (else %(default)s)") % facts
