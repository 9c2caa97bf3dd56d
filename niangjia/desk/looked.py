"""Who looked at somebody's papers, for that person: which office, on which day, at what, and why; and in which lists she was taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from niangjia.access.api import act_words, kind_words
from niangjia.access.models import SeenLog
from niangjia.exports.api import Export, that_held
from niangjia.files.models import Paper as Filed
from niangjia.kit.components import Paper, day_words
from niangjia.kit.tables import Column, Table
from niangjia.kit.told import reason_words
from niangjia.members.api import wholes
from niangjia.members.models import Application, Card, CardBatch, Expulsion, Lapse, Likeness, Membership, Person, PersonalRequest, Request
from niangjia.reconcile.models import Comparison, Difference
from niangjia.rights.models import Claimant, Recipient
from niangjia.unions.api import offices_then

ORDER = ["-at", "-id"]
FOLDERS = ("members.membership", "members.personalrequest", "members.application", "members.lapse")  # on which papers of hers lie


@dataclass(frozen=True)
class Hers:
    """All numbers of one person: her own and those who were merged into her, and her memberships."""

    people: list[int]
    held: list[int]


def hers(person: Person) -> Hers:
    """Whoever was merged into her is she."""
    people = sorted(wholes([person.pk])[0])
    return Hers(people, list(Membership.objects.filter(person__in=people).values_list("pk", flat=True)))


def _of(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True).distinct())


def _differences(one: Hers) -> QuerySet[Difference]:
    return Difference.objects.filter(Q(person__in=one.people) | Q(membership__in=one.held))


# Of each kind of thing in which somebody stands: those of hers.
KINDS: dict[str, Callable[[Hers], list[int]]] = {
    "members.person": lambda one: one.people,
    "members.membership": lambda one: one.held,
    "members.application": lambda one: _of(Application.objects.filter(membership__in=one.held)),
    "members.personalrequest": lambda one: _of(PersonalRequest.objects.filter(person__in=one.people)),
    "members.card": lambda one: _of(Card.objects.filter(person__in=one.people)),
    "members.lapse": lambda one: _of(Lapse.objects.filter(membership__in=one.held)),
    "members.request": lambda one: _of(Request.objects.filter(membership__in=one.held)),
    "members.expulsion": lambda one: _of(Expulsion.objects.filter(membership__in=one.held)),
    "members.likeness": lambda one: _of(Likeness.objects.filter(Q(one__in=one.people) | Q(other__in=one.people))),
    "reconcile.difference": lambda one: _of(_differences(one)),
    "rights.aid": lambda one: list(Recipient.objects.filter(person__in=one.people).values_list("aid_id", flat=True)),
    "rights.dispute": lambda one: list(Claimant.objects.filter(person__in=one.people).values_list("dispute_id", flat=True)),
}
# Lists in which she stands with others, and what is done to a list that shows her: the file for the bank is taken, both sides are opened.
LISTS: dict[str, tuple[str, Callable[[Hers], list[int]]]] = {
    "members.cardbatch": ("downloaded", lambda one: _of(CardBatch.objects.filter(cards__person__in=one.people))),
    "reconcile.comparison": ("opened", lambda one: _of(Comparison.objects.filter(differences__in=_differences(one)))),
}
CALLED: dict[str, Any] = {
    "members.person": gettext_lazy("identity number or phone"), "members.membership": gettext_lazy("membership"), "members.application": gettext_lazy("application by code"),
    "members.personalrequest": gettext_lazy("request of mine"), "members.cardbatch": gettext_lazy("the file for the bank that makes my card"),
    "reconcile.comparison": gettext_lazy("a list beside the register in which I stand"), "rights.aid": gettext_lazy("my application for legal aid"), "rights.dispute": gettext_lazy("my case"), "files.paper": gettext_lazy("a paper of mine"),
}  # fmt: skip


def lines(person: Person) -> QuerySet[SeenLog]:
    """Every opening and reveal of what is kept of her, her own left out: asked by the index of a thing."""
    one = hers(person)
    things = {kind: find(one) for kind, find in KINDS.items()}
    about = Q(pk__in=())
    for kind, pks in things.items():
        about |= Q(kind=kind, thing_id__in=pks)
    for kind, (act, find) in LISTS.items():
        about |= Q(kind=kind, act=act, thing_id__in=find(one))
    laid = Q(pk__in=())
    for kind in FOLDERS:
        laid |= Q(kind=kind, thing_id__in=things[kind])
    about |= Q(kind="files.paper", thing_id__in=_of(Filed.objects.filter(laid)))
    return SeenLog.objects.filter(about).exclude(user=person.user_id).select_related("user")


def exports(person: Person) -> QuerySet[Export]:
    """The exports that held a row of hers: as a member, in an affair of hers, or as somebody who claims."""
    one = hers(person)
    held = Q(membership__in=one.held)
    rows: list[tuple[str, QuerySet[Any], str]] = [
        ("members.membership", Membership.objects.filter(pk__in=one.held), "union_id"), ("members.application", Application.objects.filter(held), "union_id"),
        ("members.request", Request.objects.filter(held), "union_id"), ("members.lapse", Lapse.objects.filter(held), "union_id"),
        ("members.expulsion", Expulsion.objects.filter(held), "union_id"), ("members.card", Card.objects.filter(person__in=one.people), "union_id"),
        ("members.likeness", Likeness.objects.filter(Q(one__in=one.people) | Q(other__in=one.people)), "union_id"),
        ("reconcile.difference", _differences(one), "union_id"), ("rights.claimant", Claimant.objects.filter(person__in=one.people), "dispute__handled_by_id"),
    ]  # fmt: skip
    return that_held([(kind, *row) for kind, those, at in rows for row in those.values_list(at, "pk")])


def table(those: Sequence[SeenLog]) -> Table:
    """The lines as she reads them."""
    where = offices_then(those)
    columns = [
        Column(pgettext("log", "Who"), at=1), Column(pgettext("log", "When"), at=2, nowrap=True), Column(pgettext("log", "What"), at=3),
        Column(pgettext("log", "Why"), at=6, text=True),
    ]  # fmt: skip
    rows = [
        [
            where[one.pk], day_words(one.at), _("%(did)s: %(what)s") % {"did": act_words(one.act), "what": CALLED.get(one.kind) or kind_words(one.kind)},
            reason_words(one.act, one.why),
        ]
        for one in those
    ]  # fmt: skip
    return Table(columns, rows, label=_("Who looked at my papers"), id="looked")


def papers(those: Sequence[SeenLog]) -> list[Paper]:
    """The lines in short: where from, and the day."""
    where = offices_then(those)
    return [Paper(" ".join(filter(None, [where[one.pk], reason_words(one.act, one.why)])), day_words(one.at)) for one in those]


def taken(export: Export) -> Paper:
    """An export in one line: who took it away, and for what."""
    said = _("%(union)s %(name)s, in a list: %(purpose)s") % {
        "union": export.union.short_name, "name": export.by.name, "purpose": export.purpose,
    }  # fmt: skip
    return Paper(said, day_words(export.made_at) if export.made_at else "")
