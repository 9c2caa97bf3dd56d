"""Member cards: ordered by two persons, made by the bank, handed out, lost and replaced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.who import allows, permitted
from niangjia.members import rules
from niangjia.members.bank import BANKS, MOST, Order, luhn
from niangjia.members.enums import CARD, ID, PHONE, CardState, May, Ordering, Standing, State
from niangjia.members.models import Card, CardBatch, Membership
from niangjia.members.parameters import LIES
from niangjia.unions.models import Union, place_of

LIVE = (CardState.WANTED, CardState.MADE, CardState.ISSUED)


def _why(fault: str) -> str:
    return {
        "foreign": _("foreigners get no card"), "retained": _("retained members get no card"), "phone": _("no mobile is known"), "held": _("has a card, or one is ordered"),
    }[fault]  # fmt: skip


@transaction.atomic
def draft(union: Union, rows: Sequence[Membership], *, bank: str, consent: bool, by: User) -> CardBatch:
    """Draft an order for members who have agreed to it, each on paper. Whoever is left out by the rules stops it, by name and reason.

    A card that was lost is replaced by the new one on the day on which that is handed out.
    """
    if not allows(by, May.DRAFT_CARDS, union):
        raise Refused(_("Cards are ordered by the union's chair, or by the organisation office above."))
    if bank not in BANKS:
        raise RuleBroken(_("Choose one of the banks."))
    if not consent:
        raise RuleBroken(_("Cards are ordered only for those who have agreed to it on paper, each for herself."))
    if not rows or len(rows) > MOST:
        raise RuleBroken(
            _("Tick those who want a card: one at least, and not more than a bank takes in one file (%(most)d).") % {"most": MOST}
        )
    held = list(
        permitted(by, May.EDIT).filter(pk__in=[one.pk for one in rows], state__in=[State.MEMBER, State.LEAVING], left_on=None)
        .select_related("person", "union").select_for_update(of=("self",)).order_by("name_py", "pk")
    )  # fmt: skip
    if len(held) < len(rows):
        raise Refused(_("One of them is no member of your unions any more. Look at the list again."))
    people = [one.person_id for one in held]
    live = set(Card.objects.filter(person__in=people, state__in=LIVE).values_list("person_id", flat=True))
    lost = {card.person_id: card for card in Card.objects.filter(person__in=people, state=CardState.LOST, replaced_by=None).order_by("pk")}
    wrong = [
        (one.name, fault)
        for one in held
        if (
            fault := rules.card_fault(
                one.person.paper,
                retained=one.standing == Standing.RETAINED,
                phone=one.person.phone_sealed is not None,
                held=one.person_id in live,
            )
        )
    ]
    if wrong:
        raise RuleBroken(
            _("Nothing is ordered yet; leave out: %(names)s.") % {"names": _(", ").join(f"{name} ({_why(fault)})" for name, fault in wrong)}
        )
    batch = CardBatch.objects.create(**place_of(union), bank=bank, made_at=now(), made_by=by)
    start(batch, by=by)
    try:
        with transaction.atomic():
            cards = Card.objects.bulk_create(
                Card(
                    batch=batch, serial=n, person=one.person, membership=one, **place_of(one.union), name=one.name, consent_on=today(),
                    replaces=lost.get(one.person_id), replacement=one.person_id in lost,
                )
                for n, one in enumerate(held, start=1)
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("Somebody else has just ordered a card for one of them. Look at the list again.")) from None
    for card in cards:
        start(card, by=by)
    return batch


@transaction.atomic
def send_order(batch: CardBatch, *, by: User) -> CardBatch:
    """A second person sends it: the file for the bank lies ready some days, for her alone."""
    CardBatch.objects.filter(pk=batch.pk, state=Ordering.DRAFT).exclude(made_by=by).update(
        sent_at=now(), sent_by=by, lies_until=now() + timedelta(days=asking(batch, today())(LIES).count)
    )
    move(batch, "send", by=by)
    note([("cards ordered", "members.cardbatch", batch.pk, "")], by=by)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def drop_order(batch: CardBatch, *, reason: str, by: User) -> CardBatch:
    """The draft is given up; nobody has a card ordered by it."""
    move(batch, "drop", by=by, reason=reason)
    for card in batch.cards.order_by("pk"):
        move(card, "unwant", by=None)
    return batch


def orders(batch: CardBatch) -> list[Order]:
    """What the file for the bank says: the numbers are opened for it, and for nothing else."""
    held = list(batch.cards.select_related("person").order_by("serial"))
    numbers = crypt.unseal_many([one.person.id_sealed for one in held], ID)
    phones = crypt.unseal_many([one.person.phone_sealed for one in held], PHONE)
    return [
        Order(one.serial, one.name, str(one.person.get_paper_display()), number, phone or "", one.replacement)
        for one, number, phone in zip(held, numbers, phones, strict=True)
    ]


@transaction.atomic
def read_answer(batch: CardBatch, file: bytes, *, by: User) -> tuple[int, int]:
    """The bank's answer: each card has a number now, or a reason why not. Answers how many of both; RuleBroken if the file is not of this order."""
    answers = {one.serial: one for one in BANKS[batch.bank].read(file)}
    cards = list(batch.cards.filter(state=CardState.WANTED).order_by("serial"))
    strange = sorted(set(answers) - {card.serial for card in cards}) or [
        card.serial for card in cards if card.serial in answers and answers[card.serial].name != card.name
    ]
    if strange:
        raise RuleBroken(
            _("Row %(n)d of the bank's answer is of another order. Look whether this is the right file; nothing was read.")
            % {"n": strange[0]}
        )
    missing = [card.serial for card in cards if card.serial not in answers]
    if missing:
        raise RuleBroken(
            _("The bank's answer says nothing of row %(n)d. Ask the bank for the whole file; nothing was read.") % {"n": missing[0]}
        )
    wrong = [card.serial for card in cards if not answers[card.serial].fault and not luhn(answers[card.serial].number)]
    if wrong:
        raise RuleBroken(_("The card number in row %(n)d is not one: its check digit is wrong. Nothing was read.") % {"n": wrong[0]})
    move(batch, "made", by=by)
    good = 0
    for card in cards:
        said = answers[card.serial]
        if said.fault:
            Card.objects.filter(pk=card.pk).update(fault=said.fault)
        else:
            try:
                with transaction.atomic():
                    Card.objects.filter(pk=card.pk).update(
                        number_sealed=crypt.seal_one(said.number, CARD),
                        number_hash=crypt.blind_one(said.number, CARD),
                        tail=said.number[-4:],
                    )
            except IntegrityError:
                raise RuleBroken(
                    _("The card number in row %(n)d is another person's already. Ask the bank; nothing was read.") % {"n": card.serial}
                ) from None
            good += 1
        move(card, "fail" if said.fault else "make", by=None)
    _all_out(batch)
    return good, len(cards) - good


@transaction.atomic
def hand_out(batch: CardBatch, rows: Sequence[Card], *, on: date, by: User) -> int:
    """They have their cards: counted from that day; what a new one replaces is out of use."""
    if not rows:
        raise RuleBroken(_("Tick those who have their cards."))
    if not batch.made_at.date() <= on <= today():
        raise RuleBroken(_("Write the day on which they were handed out: after the order, and not in days to come."))
    if not allows(by, May.ORDER_CARDS, batch):
        raise Refused(_("Cards are handed out by the union's chair, or by the organisation office above."))
    held = list(batch.cards.filter(pk__in=[one.pk for one in rows], state=CardState.MADE).select_related("replaces").order_by("pk"))
    for card in held:
        Card.objects.filter(pk=card.pk).update(issued_on=on)
        move(card, "issue", by=by, house=True)
        if card.replaces is not None and card.replaces.state == CardState.LOST:
            move(card.replaces, "replace", by=None)
    _all_out(batch)
    return len(held)


def _all_out(batch: CardBatch) -> None:
    batch.refresh_from_db()
    if batch.state == Ordering.MADE and not batch.cards.filter(state__in=[CardState.WANTED, CardState.MADE]).exists():
        move(batch, "done", by=None)


@transaction.atomic
def lose(card: Card, *, reason: str, by: User) -> Card:
    """It is lost: the bank is told by whoever lost it; here a new one may be ordered."""
    move(card, "lose", by=by, reason=reason)
    Card.objects.filter(pk=card.pk).update(ended_on=today())
    return card


@transaction.atomic
def find(card: Card, *, by: User) -> Card:
    """It was found before a new one was ordered."""
    if Card.objects.filter(person=card.person_id, state__in=LIVE).exists():
        raise RuleBroken(_("A new card is ordered or in use already; this one stays lost."))
    move(card, "find", by=by)
    Card.objects.filter(pk=card.pk).update(ended_on=None)
    return card


@transaction.atomic
def cancel(card: Card, *, reason: str, by: User) -> Card:
    """It is given back or cut up."""
    move(card, "cancel", by=by, reason=reason)
    Card.objects.filter(pk=card.pk).update(ended_on=today())
    _all_out(card.batch)
    return card


@transaction.atomic
def end_cards(person: int) -> None:
    """Who is no member any more has no card: the house does it when the last membership ends."""
    for card in Card.objects.filter(person=person, state__in=[*LIVE, CardState.LOST]).select_related("batch").order_by("pk"):
        move(card, "end", by=None)
        Card.objects.filter(pk=card.pk).update(ended_on=today())
        _all_out(card.batch)
