"""How the log of who saw what tells of set values and of the calendar."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.kit.parameter import PARAMETERS, Parameter
from niangjia.kit.said import full_name, value_words
from niangjia.kit.told import reason, told
from niangjia.kit.values import Value, unpacked
from niangjia.rulebook.enums import May
from niangjia.rulebook.models import Setting

WRITTEN = re.compile(r"(?P<code>\S+) (?P<place>.+) (?P<since>\d{4}-\d\d-\d\d): (?P<value>.*)")


def named(one: Any) -> str:
    """What is set."""
    return full_name(one.parameter) if one.parameter else str(one.code)


told(Setting, May.VIEW, named)


def _read(what: Parameter, text: str) -> Value | None:
    if text == "None":
        return None
    plain: Any = text == "True" if what.kind == "yesno" else int(text) if what.kind == "number" else text
    return unpacked(what.kind, plain)


@reason("value proposed", "value put in force", "value withdrawn")
def value(why: str) -> str:
    """Where, from when and which value; what is set stands beside it."""
    found = WRITTEN.fullmatch(why)
    what = PARAMETERS.get(found["code"]) if found else None
    if found is None or what is None:
        return why
    try:
        said = value_words(what, _read(what, found["value"]))
    except (ArithmeticError, TypeError, ValueError):  # noted by an older house, for another kind of value
        said = found["value"]
    return _("%(place)s, from %(day)s: %(value)s") % {"place": found["place"], "day": found["since"], "value": said}


@reason("clocks restated")
def restated(why: str) -> str:
    """How many."""
    many = why.rpartition(": ")[2]
    return ngettext("%(n)d clock", "%(n)d clocks", int(many)) % {"n": int(many)} if many.isdecimal() else why


@reason("calendar changed")
def day(why: str) -> str:
    """A day, and what it has become."""
    on, _space, what = why.partition(" ")
    words = {"works": pgettext("a day", "people work"), "rests": pgettext("a day", "people rest"), "as the general calendar": _("as the general calendar")}  # fmt: skip
    return f"{on} {words[what]}" if what in words else why
