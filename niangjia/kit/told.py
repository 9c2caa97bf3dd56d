"""How the log of who saw what tells of things: by what names one without saying whom it is about, and a way to it for who may read it.

Each app says it once for each of its models, beside the table of permissions; the log stands below them all and knows none.

>>> # niangjia/rights/permissions.py
>>> # told(Event, May.SEE_EVENT, attrgetter("reference"))
>>> covered("证件330599199001010014，电话10012345678")
'证件330599********0014，电话100****5678'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.apps import apps
from django.db.models import Case, Model, Value, When

from niangjia.kit import mask
from niangjia.kit.flow import code
from niangjia.kit.who import GRANTS, condition

Key = tuple[str, int]  # the label of a model, and the number of a row
IDENTITY, PHONE = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)", re.ASCII), re.compile(r"(?<!\d)1\d{10}(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Told:
    """How one kind is told of: its words, what they need, who may open it, or the thing that it hangs on and is told by."""

    words: Callable[[Any], Any]
    may: str = ""  # empty: it has no page, or its page asks for more than a permission
    fetch: tuple[str, ...] = ()
    hangs_on: Callable[[Any], Key] | None = None


@dataclass(frozen=True)
class Named:
    """A thing as a reader of the log sees it."""

    words: str
    url: str = ""


TOLD: dict[str, Told] = {}
REASONS: dict[str, Callable[[str], str]] = {}  # by the act: how the reason reads that was noted with it


def told(
    model: type[Model], may: str | Enum, words: Callable[[Any], Any], *fetch: str, hangs_on: Callable[[Any], Key] | None = None
) -> None:
    """Say how the things of a model are told of."""
    TOLD[model._meta.label_lower] = Told(words, code(may) if may else "", fetch, hangs_on)


def reason(*acts: str) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """Say how the reasons of some acts read, where they were noted in codes: decorate a function from the one to the other."""

    def keep(read: Callable[[str], str]) -> Callable[[str], str]:
        REASONS.update(dict.fromkeys(acts, read))
        return read

    return keep


def reason_words(act: str, why: str) -> str:
    """The reason of an act as people read it. What was opened is kept with the permission that opened it, which is no reason."""
    if act == "opened":
        return ""
    return covered(REASONS[act](why) if act in REASONS else why)


def covered(text: str) -> str:
    """A text in which somebody wrote an identity number or a phone, without them."""
    return PHONE.sub(lambda found: mask.phone(found[0]), IDENTITY.sub(lambda found: mask.identity(found[0]), text))


def named(user: Any, wanted: Iterable[Key]) -> dict[Key, Named]:
    """Things by kind and number: one query a kind finds their words and whether a person may open them."""
    keys = set(wanted)
    hung = {key: on for key, thing in _fetched(user, [k for k in keys if k[0] in TOLD and TOLD[k[0]].hangs_on]).items() if (on := TOLD[key[0]].hangs_on(thing))}  # type: ignore[misc]  # fmt: skip
    found: dict[Key, Named] = {}
    for key, thing in _fetched(user, (keys - set(hung)) | set(hung.values())).items():
        url = thing.get_absolute_url() if thing.may_be_opened and hasattr(thing, "get_absolute_url") else ""
        found[key] = Named(str(TOLD[key[0]].words(thing)), url)
    return found | {key: found[on] for key, on in hung.items() if on in found}


def _fetched(user: Any, keys: Iterable[Key]) -> dict[Key, Any]:
    by_kind: dict[str, list[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, []).append(pk)
    found: dict[Key, Any] = {}
    for kind, pks in by_kind.items():
        if (how := TOLD.get(kind)) is None:
            continue
        opens = Case(When(condition(user, how.may), then=Value(True)), default=Value(False)) if how.may in GRANTS else Value(False)
        rows = apps.get_model(kind)._default_manager.filter(pk__in=pks).select_related(*how.fetch).annotate(may_be_opened=opens)
        found |= {(kind, one.pk): one for one in rows}
    return found
