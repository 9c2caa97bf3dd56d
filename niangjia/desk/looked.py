"""Who looked at somebody's papers, for that person: which office, on which day, at what, and why; and in which lists she was taken away."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from niangjia.access.api import act_words, kind_words
from niangjia.access.models import SeenLog
from niangjia.exports.api import Export, that_held
from niangjia.kit.components import Paper, day_words
from niangjia.kit.tables import Column, Table
from niangjia.kit.told import reason_words
from niangjia.members.models import Application, Membership, Person, PersonalRequest
from niangjia.rights.models import Claimant
from niangjia.unions.api import offices_then

ORDER = ["-at", "-id"]


def lines(person: Person) -> QuerySet[SeenLog]:
    """Every opening and reveal of what is kept of her, her own left out: asked by the index of a thing."""
    held = list(Membership.objects.filter(person=person).values_list("pk", flat=True))
    sent = list(Application.objects.filter(membership__in=held).values_list("pk", flat=True))
    about = Q(kind="members.person", thing_id=person.pk) | Q(kind="members.membership", thing_id__in=held)
    about |= Q(kind="members.application", thing_id__in=sent)
    about |= Q(
        kind="members.personalrequest", thing_id__in=list(PersonalRequest.objects.filter(person=person).values_list("pk", flat=True))
    )
    about |= Q(kind="rights.dispute", thing_id__in=list(Claimant.objects.filter(person=person).values_list("dispute_id", flat=True)))
    return SeenLog.objects.filter(about).exclude(user=person.user_id).select_related("user")


def exports(person: Person) -> QuerySet[Export]:
    """The exports that held a row of hers: as a member, or as somebody who claims."""
    spells = Membership.objects.filter(person=person).values_list("union_id", "pk")
    claims = Claimant.objects.filter(person=person).values_list("dispute__handled_by_id", "pk")
    return that_held([("members.membership", *one) for one in spells] + [("rights.claimant", *one) for one in claims])


def table(those: Sequence[SeenLog]) -> Table:
    """The lines as she reads them."""
    where = offices_then(those)
    about = {
        "members.person": _("identity number or phone"), "members.membership": _("membership"), "members.application": _("application by code"),
        "members.personalrequest": _("request of mine"), "rights.dispute": _("my case"),
    }  # fmt: skip
    columns = [
        Column(pgettext("log", "Who"), at=1), Column(pgettext("log", "When"), at=2, nowrap=True), Column(pgettext("log", "What"), at=3),
        Column(pgettext("log", "Why"), at=6, text=True),
    ]  # fmt: skip
    rows = [
        [
            where[one.pk], day_words(one.at), _("%(did)s: %(what)s") % {"did": act_words(one.act), "what": about.get(one.kind, kind_words(one.kind))},
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
