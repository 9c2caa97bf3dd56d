"""What is held about one person, for that person: each value, where it came from, what for, and how long."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from niangjia.flow.models import Move
from niangjia.kit.answer import answer
from niangjia.kit.components import Pair, Paper, day_words
from niangjia.kit.dates import today
from niangjia.kit.said import value_words
from niangjia.members.actions import covered
from niangjia.members.enums import Standing
from niangjia.members.models import Application, Membership, Person
from niangjia.members.own_parts import parts
from niangjia.members.parameters import FILE_KEPT


@dataclass(frozen=True)
class Sealed:
    """A value that is covered until she asks for it."""

    what: str
    label: str
    shown: str
    covered: bool


@dataclass(frozen=True)
class Spell:
    """A membership as she sees it: what stands in it, and from where."""

    title: str
    pairs: list[Pair]
    source: str


@dataclass(frozen=True)
class File:
    """All that the register holds about her."""

    pairs: list[Pair]
    sealed: list[Sealed]
    source: str
    spells: list[Spell]
    parts: list[tuple[str, list[Paper]]]
    purpose: str
    kept: str


def file_of(person: Person, shown: dict[str, str] | None = None) -> File:
    """Her file in a fixed number of queries; `shown` are values that she has asked for on this page."""
    shown, hidden = shown or {}, covered(person)
    held = list(
        Membership.objects.filter(person=person)
        .select_related("union", "employer", "batch__union", "person__batch__union")
        .order_by("-joined_on", "-pk")
    )
    sent = {one.membership_id: one for one in Application.objects.filter(membership__in=[one.pk for one in held])}
    began = {
        line.thing_id: line
        for line in Move.objects.filter(kind="members.membership", thing_id__in=[one.pk for one in held], verb="start").select_related("by")
    }
    sources = {one.pk: _source(one, sent.get(one.pk), began.get(one.pk)) for one in held}
    first = held[-1] if held else None
    return File(
        [
            Pair(_("Full name"), person.name),
            Pair(_("Sex"), person.get_sex_display()),
            Pair(_("Date of birth"), day_words(person.born_on, year=True) if person.born_on else _("not known"), faint=not person.born_on),
            Pair(_("Kind of paper"), person.get_paper_display()),
        ],
        [
            Sealed(what, label, shown.get(what, masked), what not in shown)
            for what, label, masked in (("id", _("Identity number"), hidden.number), ("phone", _("Mobile"), hidden.phone))
            if masked
        ],
        _batch_words(person) or (sources[first.pk] if first else ""),
        [_spell(one, sources[one.pk]) for one in held],
        parts(person, held),
        _("To keep each member once in the register, to serve you as one, and to count members (Trade Union Law 2021, art. 3; Charter of the unions)."),
        _("As long as you are a member, and %(span)s after. Then name, numbers and phone are erased; that there was a member stays in the figures.")
        % {"span": value_words(FILE_KEPT, answer(FILE_KEPT, today(), ()).value)},
    )  # fmt: skip


def _batch_words(person: Person) -> str:
    batch = person.batch
    return _from_roster(batch.union.name, day_words(batch.made_at, year=True)) if batch else ""


def _from_roster(union: str, day: str) -> str:
    return _("From a roster that was handed in for %(union)s on %(day)s.") % {"union": union, "day": day}


def _source(one: Membership, sent: Application | None, began: Move | None) -> str:
    """Where a membership came from, in a sentence."""
    if one.batch is not None:
        return _from_roster(one.batch.union.name, day_words(one.batch.made_at, year=True))
    if sent is not None:
        return _("You asked to join by code on %(day)s, and were admitted.") % {"day": day_words(sent.made_at, year=True)}
    if began is not None:
        day = day_words(began.at, year=True)
        if began.by is not None:
            return _("Entered by %(name)s on %(day)s: %(how)s.") % {"name": began.by.name, "day": day, "how": one.get_how_display()}
        return _("Entered by the house on %(day)s: %(how)s.") % {"day": day, "how": one.get_how_display()}
    return _("From the records of %(union)s, as they stood when this register began.") % {"union": one.union.short_name}


def _spell(one: Membership, source: str) -> Spell:
    days = [day_words(one.joined_on, year=True) if one.joined_on else "", day_words(one.left_on, year=True) if one.left_on else _("today")]
    pairs = [
        Pair(_("State"), one.get_state_display()),
        Pair(_("From – to"), " – ".join(days)) if one.joined_on else None,
        Pair(_("How it ended"), one.get_ending_display()) if one.ending else None,
        Pair(_("Standing"), one.get_standing_display()) if one.standing == Standing.RETAINED else None,
        Pair(_("Reason of the change"), one.get_reason_display()) if one.reason else None,
        Pair(_("Counted"), _("at your first union, not here")) if not one.primary else None,
        Pair(_("Dues paid until"), f"{one.dues_until:%Y-%m}") if one.dues_until else None,
        Pair(_("Last took part"), day_words(one.active_on, year=True)) if one.active_on else None,
        Pair(_("Last confirmed"), day_words(one.confirmed_on, year=True)) if one.confirmed_on else None,
        Pair(_("Unit"), one.employer.name) if one.employer else None,
        Pair(_("Department"), one.department) if one.department else None,
        Pair(_("Job"), one.job) if one.job else None,
        Pair(_("Form of work"), one.get_work_display()),
        Pair(_("Migrant worker"), _("yes") if one.migrant else _("no")),
    ]
    return Spell(one.union.name, [pair for pair in pairs if pair is not None], source)
