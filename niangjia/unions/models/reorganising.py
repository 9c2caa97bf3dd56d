"""Reorganisations: what turns on one day, line by line, and who agreed to it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import at
from niangjia.kit.who import Scope
from niangjia.unions.enums import Stage, Turn
from niangjia.unions.models.tree import Union


class Reorganisation(models.Model):
    """Unions move, merge or are renamed on one day, by one paper: rehearsed, signed by two people, then in force as one act."""

    scope: ClassVar[Scope] = Scope(union="top_id")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # CZ-2026-000003
    top = models.ForeignKey(
        Union, models.PROTECT, related_name="reorganisations"
    )  # the lowest union above all that it concerns: it decides
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    on = models.DateField()  # the day from which it holds
    paper = models.CharField(max_length=200)  # by which it is done: its number, or who decided
    why_late = models.CharField(max_length=300, blank=True)  # why its day lies back
    state = models.CharField(_("state"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    round = models.PositiveIntegerField(default=1)  # whoever changes it begins another, with signatures of its own
    digest = models.CharField(max_length=64, blank=True)  # of what was rehearsed: the lines, and the tree on which they stand
    rehearsed_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # who proposes to give up what is adopted
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["DRAFT", "WITHDRAWN"]) | ~Q(digest=""), name="what_is_signed_was_rehearsed"),
            models.CheckConstraint(condition=~Q(state="RECALLED") | Q(recalled_by__isnull=False), name="somebody_proposes_to_give_up"),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="reorganisations_by_day")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("unions:reorganisation", args=[self.uuid])

    @property
    def begins_at(self) -> datetime:
        """The moment from which it holds."""
        return at(self.on)


class Line(models.Model):
    """What a reorganisation does with one union."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="lines")
    turn = models.CharField(max_length=6, choices=Turn.choices)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    target = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # under which it moves, or into which it merges
    was = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # its parent before; written when it comes into force
    name = models.CharField(max_length=120, blank=True)  # of a renamed union: the new one, and then the one before
    short_name = models.CharField(max_length=60, blank=True)
    old_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "union", "turn"], name="a_union_turns_once"),
            models.UniqueConstraint(fields=["reorganisation", "union"], condition=~Q(turn="RENAME"), name="a_union_goes_one_way"),
            models.CheckConstraint(
                condition=(Q(turn="RENAME", target=None) & ~Q(name="")) | (~Q(turn="RENAME") & Q(target__isnull=False, name="")),
                name="a_line_says_where_to_or_what_name",
            ),
            models.CheckConstraint(condition=Q(target=None) | ~Q(target=F("union")), name="a_union_does_not_go_to_itself"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.turn} {self.union_id}"


class Assent(models.Model):
    """Somebody answers for a reorganisation as it was rehearsed. Written once."""

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="assents")
    round = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()  # 1 proposes, 2 adopts
    digest = models.CharField(max_length=64)  # of what stood on the screen
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "round", "number"], name="one_assent_of_a_number"),
            models.UniqueConstraint(fields=["reorganisation", "round", "by"], name="two_assents_of_two_people"),
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.reorganisation_id} {self.number}"
