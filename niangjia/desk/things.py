"""How each kind of thing reads in one line of a desk, and which permission opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, prefetch_related_objects
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from niangjia.kit import mask
from niangjia.kit.said import full_name, place_name, value_words
from niangjia.kit.who import GRANTS, permitted
from niangjia.rights.models import Dispute, Event
from niangjia.rulebook.models import Setting


def joined(parts: Iterable[Any]) -> str:
    """Words in a row, as the language parts them."""
    return pgettext("between words in a row", ", ").join(str(part) for part in parts if part)


def facts(parts: Iterable[Any]) -> str:
    """Facts in a line of small print: a full-width space parts them."""
    return "\u3000".join(str(part) for part in parts if part)


@dataclass(frozen=True)
class Reads:
    """How a kind reads: what it is about, what stands in small print below, and what must be fetched for that."""

    may: str
    name: Callable[[Any], str]
    meta: Callable[[Any], str]
    fetch: tuple[str, ...] = ()


def _event(one: Event) -> str:
    heads = ngettext("%(n)s worker", "%(n)s workers", one.affected) % {"n": f"{one.affected:,}"}
    return joined([one.employer_name, one.get_type_display(), heads])


def _event_meta(one: Event) -> str:
    """Its union is not named again where it is called as the firm is, which the line above says."""
    where = one.union.short_name
    return facts([one.reference, one.get_severity_display(), "" if where == one.employer_name else where])


def _dispute(one: Dispute) -> str:
    firms = [line.employer.name for line in one.respondents.all()]
    more = _("and %(n)d more") % {"n": len(firms) - 1} if len(firms) > 1 else ""
    return joined([*firms[:1], more, one.get_cause_display()])


def _setting(one: Setting) -> str:
    what = one.parameter
    return joined([full_name(what), value_words(what, one.set_value)]) if what else one.code


READS: dict[str, Reads] = {
    "rights.event": Reads(
        "rights.see_event", _event, _event_meta, ("union",)
    ),
    "rights.dispute": Reads(
        "rights.see_dispute", _dispute, lambda one: facts([one.reference, one.handled_by.short_name]), ("handled_by", "respondents__employer")
    ),
    "members.membership": Reads(
        "members.view", lambda one: joined([mask.name(one.name), one.union.short_name]), lambda one: facts([one.get_state_display()]), ("union",)
    ),
    "members.application": Reads(
        "members.see_application", lambda one: joined([mask.name(one.name), one.union.short_name]), lambda one: facts([one.get_state_display()]), ("union",)
    ),
    "exports.export": Reads(
        "exports.view", lambda one: joined([one.title, ngettext("%(n)s row", "%(n)s rows", one.rows) % {"n": f"{one.rows:,}"}]),
        lambda one: facts([one.reference, one.union.short_name]), ("union",),
    ),
    "unions.reorganisation": Reads(
        "unions.see_reorganisation", lambda one: joined([one.paper, _("from %(day)s") % {"day": one.on}]), lambda one: facts([one.reference, one.get_state_display()])
    ),
    "rulebook.setting": Reads("rulebook.view", _setting, lambda one: facts([place_name(one.division_id), one.get_state_display()])),
    "unions.union": Reads("unions.view", lambda one: one.short_name, lambda one: facts([one.code, one.get_state_display()])),
}  # fmt: skip


def kind_of(thing: Model) -> str:
    """The label of a thing's model."""
    return str(thing._meta.label_lower)


def fetched(things: Iterable[Any]) -> None:
    """Fetch what the lines of these things need: a fixed number of queries a kind."""
    kinds: dict[str, list[Any]] = {}
    for thing in things:
        kinds.setdefault(kind_of(thing), []).append(thing)
    for kind, those in kinds.items():
        if kind in READS and READS[kind].fetch:
            prefetch_related_objects(those, *READS[kind].fetch)


def name_of(thing: Any) -> str:
    """What a thing is called in a line."""
    kind = kind_of(thing)
    return READS[kind].name(thing) if kind in READS else str(thing)


def meta_of(thing: Any) -> str:
    """The small print of a thing."""
    kind = kind_of(thing)
    return READS[kind].meta(thing) if kind in READS else ""


def url_of(thing: Any) -> str:
    """Where a thing opens; empty if it has no page."""
    try:
        return str(thing.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""


def has_page(thing: Any) -> bool:
    """Whether a thing can be opened."""
    return bool(url_of(thing))


def list_url(route: str, text: str) -> str:
    """The whole list of a kind, asked for some words; empty if there is no such list."""
    try:
        return f"{reverse(route)}?{urlencode({'q': text})}"
    except NoReverseMatch:
        return ""


def open_to(user: Any, wanted: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """Those of some things (kind and number) that a person may open: one query a kind, and what their lines need."""
    found: dict[tuple[str, int], Any] = {}
    for kind in dict.fromkeys(kind for kind, _pk in wanted):
        if kind not in READS or READS[kind].may not in GRANTS:
            continue
        rows = permitted(user, READS[kind].may, apps.get_model(kind)._default_manager.filter(pk__in=[pk for k, pk in wanted if k == kind]))
        found |= {(kind, thing.pk): thing for thing in rows}
    fetched(found.values())
    return found
