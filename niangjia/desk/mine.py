"""A member's own page: her card, her union, what is on its way for her, and who has looked at her papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.access.models import SeenLog, User
from niangjia.exports.api import Export, that_held
from niangjia.flow.api import stages_of
from niangjia.kit.components import Pair, Paper, Stage, day_words
from niangjia.kit.dates import today
from niangjia.members.api import covered
from niangjia.members.models import Membership, Person
from niangjia.rights.models import Claimant, Dispute
from niangjia.unions.api import open_on
from niangjia.unions.models import Office, Union

STEPS = ["APPLIED", "MEDIATING", "AGREED", "PERFORMED", "CLOSED"]


@dataclass(frozen=True)
class Affair:
    """Something of hers that is on its way."""

    title: str
    reference: str
    stages: list[Stage]


@dataclass(frozen=True)
class Card:
    """All that a member's page shows."""

    person: Person
    number: str
    membership: Membership | None
    chair: str
    phone: str
    affairs: list[Affair]
    looked: list[Paper]


def person_of(user: User) -> Person | None:
    """The person behind an account, if it is a member's."""
    return Person.objects.filter(user=user, erased_at=None).first()


def card_of(person: Person) -> Card:
    """A member's page in a fixed number of queries."""
    spells = Membership.objects.filter(person=person, state__in=["MEMBER", "LEAVING", "APPLIED"], left_on=None).select_related("union")
    membership = spells.order_by("-primary", "-joined_on").first()
    chair = Office.objects.filter(open_on(today()), union=membership.union, duty="chair").order_by("since").first() if membership else None
    return Card(
        person, _grouped(covered(person).number), membership, chair.name if chair else "", membership.union.contact_phone if membership else "",
        _affairs(person), _looked(person),
    )  # fmt: skip


def _grouped(masked: str) -> str:
    """3305 **** **** 2718: a card shows less than an office may."""
    return f"{masked[:4]} **** **** {masked[-4:]}"


def _affairs(person: Person) -> list[Affair]:
    """Disputes in which she claims, as far as she needs to know them."""
    mine = Dispute.objects.filter(pk__in=Claimant.objects.filter(person=person).values("dispute_id")).order_by("-applied_on", "-pk")[:5]
    return [Affair(str(one.get_cause_display()), one.reference, stages_of(one, STEPS)) for one in mine]


def _looked(person: Person, *, limit: int = 5) -> list[Paper]:
    """Who opened what is kept of her, the last first: by name and union."""
    of_hers = [
        ("members.person", [person.pk]),
        ("members.membership", list(Membership.objects.filter(person=person).values_list("pk", flat=True))),
    ]
    lines: list[SeenLog] = []
    for kind, pks in of_hers:
        lines += SeenLog.objects.filter(kind=kind, thing_id__in=pks).select_related("user").order_by("-at")[:limit]
    lines = sorted(lines, key=lambda one: one.at, reverse=True)[:limit]
    seats = {
        office.user_id: office
        for office in Office.objects.filter(open_on(today()), user_id__in=[one.user_id for one in lines if one.user_id])
        .select_related("union")
        .order_by("-since")
    }
    seen = [(one.at, Paper(_who(one, seats), day_words(one.at))) for one in lines]
    seen += [(one.made_at, _taken(one)) for one in _exports(person)[:limit] if one.made_at]
    return [paper for _at, paper in sorted(seen, key=lambda pair: pair[0], reverse=True)[:limit]]


def _exports(person: Person) -> QuerySet[Export]:
    """The exports that held a row of hers: as a member, or as somebody who claims."""
    spells = Membership.objects.filter(person=person).values_list("union_id", "pk")
    claims = Claimant.objects.filter(person=person).values_list("dispute__handled_by_id", "pk")
    return that_held([("members.membership", *one) for one in spells] + [("rights.claimant", *one) for one in claims])


def _taken(export: Export) -> Paper:
    """An export in one line: who took it away, and for what."""
    said = _("%(union)s %(name)s, in a list: %(purpose)s") % {
        "union": export.union.short_name, "name": export.by.name, "purpose": export.purpose,
    }  # fmt: skip
    return Paper(said, day_words(export.made_at) if export.made_at else "")


def _who(line: SeenLog, seats: dict[Any, Office]) -> str:
    office = seats.get(line.user_id)
    name = line.user.name if line.user else ""
    where = office.union.short_name if office else ""
    return " ".join(filter(None, [where, name, line.why if line.act == "revealed" else ""]))


def pairs(card: Card) -> list[Pair]:
    """Her union, in names and values."""
    if card.membership is None:
        return []
    union: Union = card.membership.union
    said = [Pair(_("Union"), union.name)]
    if card.chair:
        said.append(Pair(_("Chair"), card.chair))
    if card.phone:
        said.append(Pair(_("Phone"), card.phone, url=f"tel:{card.phone}"))
    if union.term_end:
        said.append(Pair(_("Next election"), day_words(union.term_end, year=True)))
    return said
