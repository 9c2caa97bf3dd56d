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
from niangjia.kit.components import day_words
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
    closed: bool = False  # named only to who may open it; others learn that there is one
    beside: Callable[[Any], Any] | None = (
        None  # what somebody opens instead who may not open it: a receipt is asked of one person, the event lies open to her office
    )


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
        "rights.see_event", _event, _event_meta, ("union",), closed=True
    ),
    "rights.telling": Reads(
        "rights.receive_telling", lambda one: _event(one.event), lambda one: facts([one.event.reference, one.get_severity_display()]), ("event",), closed=True,
        beside=lambda one: one.event,
    ),
    "rights.roster": Reads("rights.confirm_duty", lambda one: one.union.short_name, lambda _one: "", ("union",)),
    "rights.zeroweek": Reads(
        "rights.see_zero", lambda one: one.union.short_name, lambda one: _("week from %(day)s") % {"day": day_words(one.week)}, ("union",)
    ),
    "rights.swap": Reads("rights.see_swap", lambda one: one.by.name, lambda one: one.union.short_name, ("by", "union")),
    "rights.dispute": Reads(
        "rights.see_dispute", _dispute, lambda one: facts([one.reference, one.handled_by.short_name]), ("handled_by", "respondents__employer"), closed=True
    ),
    "rights.aid": Reads(
        "rights.see_aid", lambda one: joined([one.reference, one.get_matter_display()]), lambda one: facts([one.get_kind_display(), one.union.short_name]), ("union",), closed=True
    ),
    "rights.subsidy": Reads(
        "rights.see_subsidy", lambda one: joined([one.agent.name, one.aid.reference]), lambda one: facts([one.get_form_display(), one.union.short_name]), ("union", "agent", "aid")
    ),
    "rights.supervision": Reads(
        "rights.see_supervision", lambda one: joined([one.employer.name, one.get_breach_display()]), lambda one: facts([one.reference, one.union.short_name]), ("union", "employer")
    ),
    "rights.redundancy": Reads(
        "rights.see_redundancy", lambda one: joined([one.employer.name, one.get_kind_display(), ngettext("%(n)s person", "%(n)s people", one.planned) % {"n": f"{one.planned:,}"}]),
        lambda one: facts([one.reference, one.union.short_name]), ("union", "employer"), closed=True
    ),
    "members.membership": Reads(
        "members.view", lambda one: joined([mask.name(one.name), one.union.short_name]), lambda one: facts([one.get_state_display()]), ("union",)
    ),
    "members.application": Reads(
        "members.see_application", lambda one: joined([mask.name(one.name), one.union.short_name]), lambda one: facts([one.get_state_display()]), ("union",)
    ),
    "members.request": Reads(
        "members.see_request", lambda one: joined([mask.name(one.name), one.union.short_name]), lambda one: facts([one.source.short_name, one.get_state_display()]), ("union", "source")
    ),
    "members.round": Reads(
        "members.see_round", lambda one: joined([one.union.short_name, ngettext("%(n)s person", "%(n)s people", one.people) % {"n": f"{one.people:,}"}]),
        lambda one: facts([one.get_state_display()]), ("union",)
    ),
    "members.cardbatch": Reads("members.see_cards", lambda one: joined([one, one.union.short_name]), lambda one: facts([one.get_state_display()]), ("union",)),
    "members.likeness": Reads(
        "members.see_likeness", lambda one: joined([mask.name(one.name), one.get_why_display()]), lambda one: facts([one.union.short_name, one.get_state_display()]), ("union",)
    ),
    "members.lapse": Reads(
        "members.see_lapse", lambda one: joined([mask.name(one.name), one.union.short_name]), lambda one: facts([one.get_state_display()]), ("union",)
    ),
    "members.expulsion": Reads(
        "members.see_expulsion", lambda one: joined([mask.name(one.name), one.union.short_name]), lambda one: facts([one.get_state_display()]), ("union",)
    ),
    "members.personalrequest": Reads(
        "members.see_personal", lambda one: joined([mask.name(one.name), one.get_kind_display()]), lambda one: facts([one.union.short_name]), ("union", "person")
    ),
    "returns.annualreturn": Reads(
        "returns.see", lambda one: joined([one.union.short_name, _("annual return %(year)d") % {"year": one.year}]),
        lambda one: facts([one.reference, one.get_state_display()]), ("union",)
    ),
    "asked.addressed": Reads(
        "asked.see_answer", lambda one: joined([one.request.title, one.union.short_name]), lambda one: facts([one.request.reference, one.request.union.short_name]), ("union", "request__union"),
    ),
    "asked.request": Reads("asked.see", lambda one: joined([one.title, one.union.short_name]), lambda one: facts([one.reference, one.get_state_display()]), ("union",)),
    "exports.export": Reads(
        "exports.view", lambda one: joined([one.title, ngettext("%(n)s row", "%(n)s rows", one.rows) % {"n": f"{one.rows:,}"}]),
        lambda one: facts([one.reference, one.union.short_name]), ("union",),
    ),
    "unions.reorganisation": Reads(
        "unions.see_reorganisation", lambda one: joined([one.paper, _("from %(day)s") % {"day": one.on}]), lambda one: facts([one.reference, one.get_state_display()])
    ),
    "rulebook.setting": Reads("rulebook.view", _setting, lambda one: facts([place_name(one.division_id), one.get_state_display()])),
    "unions.founding": Reads(
        "unions.see_founding", lambda one: one.name or one.whose, lambda one: facts([one.reference, one.get_state_display(), one.at.short_name]), ("employer", "at"),
    ),
    "unions.election": Reads(
        "unions.see_election", lambda one: joined([one.union.short_name, _("first committee") if one.first else _("term no. %(no)d") % {"no": one.term_no}]),
        lambda one: facts([one.reference, one.get_state_display()]), ("union",),
    ),
    "unions.staffcheck": Reads(
        "unions.see_staffing", lambda one: joined([one.union.short_name, _("check of staffing %(year)d") % {"year": one.year}]),
        lambda one: facts([one.reference, one.get_state_display()]), ("union",),
    ),
    "unions.split": Reads(
        "unions.see_split", lambda one: _("Split of %(union)s") % {"union": one.union.short_name}, lambda one: facts([one.reference, one.get_state_display()]), ("union",),
    ),
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


def called(thing: Any, *, opens: bool) -> str:
    """The same for somebody who may not open it: of what is told in confidence only the sort."""
    kind = kind_of(thing)
    return str(thing._meta.verbose_name) if not opens and kind in READS and READS[kind].closed else name_of(thing)


def doer_of(thing: Any, who: Any) -> str:
    """Who did something to a thing; not whoever reported an event and does not want to be named."""
    if who is None:
        return pgettext("who did it", "the house")
    return _("anonymous") if isinstance(thing, Event) and thing.anonymous and who.pk == thing.reported_by_id else str(who.name)


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


def way_to(thing: Any, may: Iterable[str]) -> str:
    """Where a thing opens to somebody with these permissions; what lies beside it, if it is not hers to open; empty if there is neither."""
    reads = READS.get(kind_of(thing))
    if reads is None or reads.may not in GRANTS or reads.may in may:
        return url_of(thing)
    return url_of(reads.beside(thing)) if reads.beside else ""


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
