"""Reading cards and their orders."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet

from niangjia.access.models import User
from niangjia.kit.dates import now
from niangjia.kit.who import condition, permitted
from niangjia.members.enums import CardState, May, Ordering
from niangjia.members.models import Card, CardBatch, Membership, Person
from niangjia.members.queries import Ask, listed

LIVE = (CardState.WANTED, CardState.MADE, CardState.ISSUED)
STATES = {"issued": CardState.ISSUED, "lost": CardState.LOST, "failed": CardState.FAILED}


def batches(user: User) -> QuerySet[CardBatch]:
    """The orders that she may see."""
    return permitted(user, May.SEE_CARDS).select_related("union", "made_by")


def cards(user: User, view: str, text: str) -> QuerySet[Card]:
    """Cards in one state, found by a part of the name or the last four of the card."""
    rows: QuerySet[Card] = permitted(user, May.SEE_CARD).filter(state=STATES[view]).select_related("union")
    text = text.strip()
    return rows.filter(tail=text) if text.isdigit() else rows.filter(name__icontains=text) if text else rows


def without(user: User, text: str, under: str) -> QuerySet[Membership]:
    """Members of her unions who have no card and may have one ordered, those who lost it among them."""
    held = Card.objects.filter(person=OuterRef("person"), state__in=LIVE)
    rows = listed(user, Ask(text=text, standing="ACTIVE", under=under)).filter(condition(user, May.EDIT), primary=True)
    return rows.exclude(person__paper__in=["PASSPORT", "PERMANENT"]).exclude(person__phone_sealed=None).exclude(Exists(held))


def counted(batch: CardBatch) -> dict[str, int]:
    """How many cards of an order are at what."""
    return {one["state"]: one["n"] for one in batch.cards.values("state").annotate(n=Count("pk")).order_by("state")}


def of_person(person: Person) -> list[Card]:
    """Her cards, the last first."""
    return list(Card.objects.filter(person=person).order_by("-pk")[:4])


def may_take_file(batch: CardBatch, user: User) -> bool:
    """Whether the file for the bank still lies ready, and for her: who sent the order carries it there."""
    return batch.state == Ordering.SENT and batch.sent_by_id == user.pk and batch.lies_until is not None and now() <= batch.lies_until
