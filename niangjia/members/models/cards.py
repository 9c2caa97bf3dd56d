"""Member cards: ordered from a bank in batches, made, handed out, lost, replaced, cancelled."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import CardState, Ordering
from niangjia.members.models.register import Membership, Person
from niangjia.unions.models import Union


class CardBatch(models.Model):
    """An order of cards: drafted by one person, sent to the bank by another."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="card_batches", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    bank = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=7, choices=Ordering.choices, default=Ordering.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lies_until = models.DateTimeField(null=True)  # until when the file for the bank may be taken

    class Meta:
        verbose_name = _("batch of cards")
        verbose_name_plural = _("batches of cards")
        constraints = [
            models.CheckConstraint(condition=Q(sent_by=None) | ~Q(sent_by=F("made_by")), name="cards_are_ordered_by_two"),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "DROPPED"]) | Q(sent_by__isnull=False), name="a_batch_at_the_bank_was_sent"
            ),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="card_batches_by_day")]

    def __str__(self) -> str:
        return _("%(bank)s, order no. %(n)d") % {"bank": self.bank, "n": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("members:card_batch", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"DRAFT": "draft", "SENT": "wait", "MADE": "doing", "DONE": "done"}.get(self.state, "stop")


class Card(models.Model):
    """One card of one person. Its number is sealed; the last four tell it from another one."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey(CardBatch, models.PROTECT, related_name="cards")
    serial = models.IntegerField()  # in the batch: the bank answers by it
    person = models.ForeignKey(Person, models.PROTECT, related_name="cards", verbose_name=_("person"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="cards")  # under which it was ordered
    union = models.ForeignKey(Union, models.PROTECT, related_name="cards", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=9, choices=CardState.choices, default=CardState.WANTED)
    consent_on = models.DateField()  # she agreed to it herself, on paper
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    replacement = models.BooleanField(_("replacement"), default=False)  # copied: what is counted stands on the row
    number_sealed = models.BinaryField(null=True)
    number_hash = models.BinaryField(null=True, unique=True)
    tail = models.CharField(max_length=4, blank=True)
    fault = models.CharField(max_length=60, blank=True)  # why the bank has not made it
    issued_on = models.DateField(_("issued on"), null=True)
    ended_on = models.DateField(null=True)  # lost or cancelled

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=["WANTED", "MADE", "ISSUED"]), name="a_person_has_one_card"),
            models.UniqueConstraint(fields=["batch", "serial"], name="a_serial_is_one_cards"),
            models.CheckConstraint(
                condition=~Q(state__in=["MADE", "ISSUED"]) | Q(number_sealed__isnull=False), name="a_made_card_has_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ISSUED", "LOST", "REPLACED"]) | Q(issued_on__isnull=False), name="an_issued_card_has_a_day"
            ),
            models.CheckConstraint(condition=Q(replacement=False) | Q(replaces__isnull=False), name="a_replacement_says_of_what"),
        ]
        indexes = [models.Index(fields=["name", "id"], condition=Q(state__in=["ISSUED", "LOST"]), name="cards_by_name")]

    def __str__(self) -> str:
        return self.name or str(_("no. %(n)d") % {"n": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("members:card", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"WANTED": "wait", "MADE": "doing", "ISSUED": "done", "FAILED": "late", "LOST": "late"}.get(self.state, "stop")
