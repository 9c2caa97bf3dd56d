"""Reading personal requests: lists of the office and of the member, and what would change if one were granted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.kit import mask
from niangjia.kit.components import day_words
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.members.actions import covered, still_needed, wanted_value
from niangjia.members.enums import Contested, Ending, May, Particular, Requested, State, Want, Work
from niangjia.members.models import Membership, Person, PersonalRequest


def requests(user: User, view: str, text: str, kind: str, under: str) -> QuerySet[PersonalRequest]:
    """The requests that a person may see: those to be answered, or those answered; narrowed by name, union or kind."""
    rows: QuerySet[PersonalRequest] = permitted(user, May.SEE_PERSONAL).select_related("union", "person")
    rows = rows.exclude(state=Requested.SENT) if view == "answered" else rows.filter(state=Requested.SENT)
    if kind in Want.values:
        rows = rows.filter(kind=kind)
    if under:
        rows = rows.filter(Q(union__code=under) | Q(township__code=under) | Q(county__code=under))
    if text := text.strip():
        rows = rows.filter(Q(person__name__icontains=text) | Q(union__code=text) | Q(union__short_name__icontains=text))
    return rows


def own(person: Person) -> list[PersonalRequest]:
    """What somebody has asked, the last first."""
    return list(PersonalRequest.objects.filter(person=person).select_related("union", "to_union").order_by("-made_at", "-pk")[:50])


def spells_of(person: Person) -> QuerySet[Membership]:
    """The memberships that somebody may contest."""
    return Membership.objects.filter(person=person).exclude(state=State.REFUSED).select_related("union").order_by("-joined_on", "-pk")


@dataclass(frozen=True)
class Change:
    """One thing that would change: what it is now, and what it would be."""

    what: str
    now: str
    then: str


def covered_value(one: PersonalRequest) -> str:
    """What she wants written, covered where it is sensitive."""
    value = wanted_value(one)
    return (
        {"number": mask.identity, "phone": mask.phone}.get(one.what, lambda said: _said(one.what, said))(value)
        if value
        else _said(one.what, value)
    )


def _said(what: str, value: str) -> str:
    if what == Particular.WORK:
        return str(dict(Work.choices).get(value, value))
    if what == Particular.MIGRANT:
        return _("yes") if value == "yes" else _("no")
    return value or _("nothing")


def particulars(person: Person, home: Membership | None) -> list[tuple[Particular, str]]:
    """What stands in a file now, covered where it is sensitive; without a membership only who she is."""
    hidden = covered(person)
    found = {Particular.NAME: person.name, Particular.NUMBER: hidden.number, Particular.PHONE: hidden.phone}
    if home is not None:
        found |= {one: getattr(home, one.value) for one in (Particular.WORK, Particular.JOB, Particular.DEPARTMENT)}
        found[Particular.MIGRANT] = "yes" if home.migrant else "no"
    return [(one, _said(one.value, found[one])) for one in Particular if one in found]


def changes(one: PersonalRequest) -> list[Change]:
    """What would change if it were granted as it stands; nothing of it is written here. Empty where somebody must look first."""
    home = one.membership
    if one.erased_at is not None:
        return []
    if one.kind == Want.CORRECT:
        before = dict(particulars(one.person, home))[Particular(one.what)]
        return [Change(str(Particular(one.what).label), before, covered_value(one))]
    state = str(home.get_state_display())
    if one.kind == Want.MOVE:
        there = one.to_union.name if one.to_union else _("the union that you choose")
        return [
            Change(_("Membership at %(union)s") % {"union": home.union.short_name}, state, _("on the way to %(union)s") % {"union": there})
        ]
    if one.kind == Want.LEAVE:
        return [
            Change(
                _("Membership at %(union)s") % {"union": home.union.short_name},
                state,
                _("ends on %(day)s: %(how)s") % {"day": day_words(today()), "how": Ending.LEFT.label},
            )
        ]
    if one.kind == Want.ERASE:
        return [Change(_("Name, numbers, phone, free text, papers"), _("kept"), _("erased; the counts stay"))]
    if one.what == Contested.MEMBERSHIP and home.left_on is None:
        return [
            Change(
                _("Membership at %(union)s") % {"union": home.union.short_name},
                state,
                _("struck out: %(how)s") % {"how": Ending.UNDONE.label},
            )
        ]
    return []


def warnings(one: PersonalRequest) -> list[str]:
    """What stands in the way of granting it, as far as it can be known before."""
    said: list[str] = []
    if one.state != Requested.SENT:
        return said
    if one.kind == Want.ERASE and one.person_id in still_needed([one.person_id]):
        said.append(_("The file is still needed: a membership runs, or a dispute must be kept. It cannot be granted now."))
    if one.kind in (Want.MOVE, Want.LEAVE) and one.membership.left_on is not None:
        said.append(_("The membership has ended in the meantime."))
    if one.kind == Want.CONTEST and one.what != Contested.MEMBERSHIP:
        said.append(_("Granting changes nothing by itself: look into it, put it right in the register, and write to her what you did."))
    return said
