"""What pages say of fields, of what the check found, and of cells that cannot be read."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.asked.checking import Found, words_of
from niangjia.asked.enums import Verdict
from niangjia.asked.models import Field
from niangjia.kit.components import day_words, shown_number


def fault(why: str, field: Field | None = None) -> str:
    """Why a value was not taken, and how it is written."""
    words = {
        "number": _("Write a number, such as 120 or 1,200, with at most two places."), "below": _("This cannot be below zero."), "large": _("That is more than can be kept. Look whether the unit is right."),
        "day": _("Write a day that there is, such as 2026-09-30."), "yesno": _("Write 是 or 否."), "long": _("At most 200 characters."),
        "column": _("This request has no such field; the column was not read."), "union": _("This union was not asked, or there is no such code."),
        "other": _("Another place answers for this union."), "answered": _("It has answered already, or is no longer asked."), "twice": _("This union stands in an earlier row."),
        "missing": _("To be filled in before it can be sent."),
    }  # fmt: skip
    if why == "choice" and field is not None:
        return _("Choose one of: %(choices)s.") % {"choices": pgettext("between words in a row", ", ").join(field.choices)}
    return words.get(why, why)


def found_words(verdict: str, held: str, reused: Field | None, contested: str = "") -> str:
    """What the check says of a field, in a sentence."""
    if verdict == Verdict.HELD:
        return _("The platform holds this: “%(what)s”. It is not sent out; read it where it stands.") % {"what": words_of(held) or held}
    if verdict == Verdict.CONTESTED:
        return _("The platform holds this as “%(what)s”; it is asked because: %(why)s") % {"what": words_of(held) or held, "why": contested}
    if reused is not None:
        facts = {
            "asker": reused.request.union.short_name,
            "reference": reused.request.reference,
            "day": day_words(reused.request.issued_on) if reused.request.issued_on else "",
        }
        return _("Asked by %(asker)s on %(day)s (%(reference)s): what was given then is filled in, and only confirmed.") % facts
    return _("Neither held nor given before: it is asked.")


def found_said(found: Found) -> str:
    """The same of a field that is not written down yet."""
    return found_words(found.verdict, found.held, found.reused)


def value_words(field: Field, value: str) -> Any:
    """An answer as people read it."""
    if not value:
        return ""
    if field.kind == "YESNO":
        return _("yes") if value == "YES" else _("no") if value == "NO" else value
    if field.kind in ("NUMBER", "YUAN"):
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        return shown_number(number if field.kind == "YUAN" else int(number) if number == int(number) else number)
    return value
