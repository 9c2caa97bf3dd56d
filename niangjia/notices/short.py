"""The words of short messages, declared once: what they say, how long they are of use, and to whom they may go.

>>> fitted("您有一条新消息，请登录查看。", 10)
'您有一条新消息，请…'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from niangjia.kit.dates import CHINA, at
from niangjia.notices.wording import told

Label = Any  # a string, or one translated when it is sent


@dataclass(frozen=True)
class Short:
    """One kind of short message."""

    words: Label
    at_once: bool = False  # somebody waits for it: it goes out at night too
    wanted: Callable[[str], bool] | None = None  # asked of the number just before it leaves, by the floor that knows numbers
    pressing: bool = False  # an alarm: it leaves however many went to that number today


SHORTS: dict[str, Short] = {}


def short(code: str, words: Label, *, at_once: bool = False, wanted: Callable[[str], bool] | None = None, pressing: bool = False) -> None:
    """Declare a short message; facts stand in as %(name)s, the one that matters first, because what is too long is cut at its end."""
    SHORTS[code] = Short(words, at_once, wanted, pressing)


def worded(one: Short, facts: Mapping[str, Any], length: int) -> str:
    """A message in words, in the language in force, cut to a length in characters. KeyError if a fact is missing."""
    return fitted(str(one.words) % told(facts), length)


def fitted(text: str, length: int) -> str:
    """A text within a length; what is cut is shown."""
    return text if len(text) <= length else text[: length - 1] + "…"


def awake(moment: datetime, night: int, morning: int) -> datetime:
    """The moment itself, or at night the morning that comes; hours by the clocks in China."""
    local = moment.astimezone(CHINA)
    if morning <= local.hour < night:
        return moment
    return at(local.date() + timedelta(days=local.hour >= night), morning)
