"""A member's own page: her card, her union, what is on its way for her, and who has looked at her papers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.desk import looked
from niangjia.flow.api import stages_of
from niangjia.kit.components import Pair, Paper, Stage, day_words
from niangjia.kit.dates import today
from niangjia.members.api import covered
from niangjia.members.models import Membership, Person
from niangjia.reconcile.api import difference_words
from niangjia.reconcile.models import Difference
from niangjia.rights.models import Aid, Claimant, Dispute, Recipient
from niangjia.unions.api import open_on
from niangjia.unions.models import Office, Union

MOST = 50  # lists in which she was taken away that a page names
STEPS = ["APPLIED", "MEDIATING", "AGREED", "PERFORMED", "CLOSED"]
AID_STEPS = ["APPLIED", "GRANTED", "ASSIGNED", "HANDLING", "FINISHED", "CLOSED"]


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
        affairs_of(person), _looked(person),
    )  # fmt: skip


def _grouped(masked: str) -> str:
    """3305 **** **** 2718: a card shows less than an office may."""
    return f"{masked[:4]} **** **** {masked[-4:]}"


def affairs_of(person: Person) -> list[Affair]:
    """Disputes in which she claims and her cases of legal aid, as far as she needs to know them."""
    mine = Dispute.objects.filter(pk__in=Claimant.objects.filter(person=person).values("dispute_id")).order_by("-applied_on", "-pk")[:5]
    found = [Affair(str(one.get_cause_display()), one.reference, stages_of(one, STEPS)) for one in mine]
    aided = Aid.objects.filter(pk__in=Recipient.objects.filter(person=person).values("aid_id")).order_by("-applied_on", "-pk")[:5]
    return found + [
        Affair(_("Legal aid: %(matter)s") % {"matter": one.get_matter_display()}, one.reference, stages_of(one, AID_STEPS)) for one in aided
    ]


def said_of(person: Person) -> list[Paper]:
    """What lists that were laid beside the register say otherwise of her, and what became of it: in what they differ, not what they say."""
    rows = Difference.objects.filter(person=person, comparison__state__in=["OPEN", "CLOSED"]).select_related("comparison")
    return [
        Paper(_("%(source)s, %(day)s: %(what)s") % {"source": one.get_source_display(), "day": day_words(one.comparison.as_of, year=True), "what": difference_words(one)}, one.get_state_display())
        for one in rows.order_by("-pk")[:MOST]
    ]  # fmt: skip


def _looked(person: Person, *, limit: int = 5) -> list[Paper]:
    """Who opened what is kept of her, the last first: by union and office."""
    lines = list(looked.lines(person).order_by(*looked.ORDER)[:limit])
    seen = [(line.at, paper) for line, paper in zip(lines, looked.papers(lines), strict=True)]
    seen += [(one.made_at, looked.taken(one)) for one in looked.exports(person)[:limit] if one.made_at]
    return [paper for _at, paper in sorted(seen, key=lambda pair: pair[0], reverse=True)[:limit]]


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
    if card.membership.dues_until:
        said.append(Pair(_("Dues paid until"), f"{card.membership.dues_until:%Y-%m}"))
    if union.term_end:
        said.append(Pair(_("Next election"), day_words(union.term_end, year=True)))
    return said
