"""The words of messages: each app declares a template, and the words are made when somebody reads, in her language.

>>> from niangjia.notices.wording import Template
>>> Template("%(number)s has arrived", "Confirm it by %(until)s.").title({"number": "YJ-1", "until": ""})
'YJ-1 has arrived'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from niangjia.kit.components import day_words, moment_words

Label = Any  # a string, or one translated when it is shown


@dataclass(frozen=True)
class Template:
    """What a message says: its title, and a sentence or two; facts stand in as %(name)s."""

    words: Label
    more: Label = ""

    def title(self, facts: Mapping[str, Any]) -> str:
        """The title, with its facts."""
        return str(self.words) % told(facts)

    def text(self, facts: Mapping[str, Any]) -> str:
        """The text, with its facts."""
        return str(self.more) % told(facts)


TEMPLATES: dict[str, Template] = {}


NOTED: dict[str, Callable[[Any], None]] = {}  # by the template: what a floor above does when its reader has taken note


def noted(code: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Say what happens when somebody takes note of a message of a kind: decorate a function of the message."""

    def keep(act: Callable[[Any], None]) -> Callable[[Any], None]:
        NOTED[code] = act
        return act

    return keep


def message(code: str, *, title: Label, text: Label = "") -> None:
    """Declare a message: in an app's messages.py, with lazily translated words. E-mails carry the title, so it names no person."""
    if len(code) > 40:
        raise ValueError(f"{code} is too long for a message's code")
    if code in TEMPLATES:
        raise ValueError(f"{code} is declared twice")
    TEMPLATES[code] = Template(title, text)


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are stored: days and moments keep what they are, so that each language can say them in its way."""
    return {name: _kept(value) for name, value in facts.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Promise):  # a word of the house: kept as the code says it, told in the reader's language
        with translation.override("en"):
            return {"words": str(value)}
    return value if isinstance(value, (str, int, float, bool)) else f"{value:,.2f}" if isinstance(value, Decimal) else str(value)


def told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Stored facts in the reader's words."""
    return {name: _told(value) for name, value in facts.items()}


def _told(value: Any) -> Any:
    if isinstance(value, dict) and "moment" in value:
        return moment_words(datetime.fromisoformat(value["moment"]))
    if isinstance(value, dict) and "day" in value:
        return day_words(date.fromisoformat(value["day"]))
    if isinstance(value, dict) and "words" in value:
        return _(value["words"])
    return value


@dataclass(frozen=True)
class Words:
    """A message as its reader sees it."""

    title: str
    text: str


def words_of(one: Any) -> Words:
    """The words of a message, now and in the reader's language; one whose template is gone still shows what is known of it."""
    template = TEMPLATES.get(one.what)
    if template is None:
        return Words(_("A message of a kind that is no longer sent (%(code)s)") % {"code": one.what}, "")
    return Words(template.title(one.facts), template.text(one.facts))
