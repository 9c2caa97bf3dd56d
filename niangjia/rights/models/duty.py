"""Who is on duty on which day, who stands in, how to reach them; and the weekly report that nothing happened."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.rights.enums import Part, RosterState, SwapState, ZeroState
from niangjia.unions.models import Union


class Roster(models.Model):
    """The duty roster of a federation: it carries the clock by which each night is confirmed."""

    scope: ClassVar[Scope] = Scope()

    union = models.OneToOneField(Union, models.PROTECT, related_name="+", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=5, choices=RosterState.choices, default=RosterState.KEPT)
    confirm_by = models.DateTimeField(null=True)  # when the next unconfirmed night is taken over

    class Meta:
        verbose_name = _("duty roster")
        verbose_name_plural = _("duty rosters")

    def __str__(self) -> str:
        return f"{self.union_id} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("rights:roster", args=[self.union.code])


class Turn(models.Model):
    """Somebody is on duty on a day, by day or by night, as the leader or as the substitute."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    day = models.DateField(_("day"))
    part = models.CharField(max_length=10, choices=Part.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # nobody: an empty turn
    rest = models.BooleanField(default=False)  # a day on which others rest, as it was known when the turn was planned
    confirmed_at = models.DateTimeField(null=True)
    stood_in_at = models.DateTimeField(null=True)  # nobody confirmed: from then on the level above stands in

    class Meta:
        verbose_name = _("turn on duty")
        verbose_name_plural = _("turns on duty")
        constraints = [models.UniqueConstraint(fields=["union", "day", "part"], name="a_turn_is_given_once")]
        indexes = [
            models.Index(fields=["user", "day"], name="turns_of_a_person"),
            models.Index(fields=["day", "part"], name="turns_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.day} {self.part}"


class Swap(models.Model):
    """Two people swap turns, if the other agrees."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    mine = models.ForeignKey(Turn, models.CASCADE, related_name="swaps_asked")
    theirs = models.ForeignKey(Turn, models.CASCADE, null=True, related_name="swaps_wanted")  # none: she takes it over
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=SwapState.choices, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("swap of duty")
        verbose_name_plural = _("swaps of duty")
        constraints = [
            models.UniqueConstraint(fields=["mine"], condition=Q(state="ASKED"), name="a_turn_is_offered_to_one"),
            models.CheckConstraint(condition=~Q(by=F("to")), name="nobody_swaps_with_herself"),
        ]
        indexes = [models.Index(fields=["to"], condition=Q(state="ASKED"), name="swaps_that_wait")]

    def __str__(self) -> str:
        return f"{self.mine_id} {self.theirs_id} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("rights:swap", args=[self.uuid])


class Reach(models.Model):
    """How somebody on duty is reached: a mobile, sealed; a fixed line where no mobile reaches; and when she is on leave."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    phone_sealed = models.BinaryField(null=True)
    fixed = models.CharField(max_length=20, blank=True)  # an office's line, no person's
    away_from = models.DateField(null=True)
    away_to = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("number on duty")
        verbose_name_plural = _("numbers on duty")
        constraints = [
            models.CheckConstraint(
                condition=Q(away_from=None, away_to=None) | Q(away_from__lte=F("away_to")), name="leave_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class ZeroWeek(models.Model):
    """What a township says of one week: that nothing happened, or what was reported. Monday names the week."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    week = models.DateField(_("week from"))
    state = models.CharField(_("state"), max_length=7, choices=ZeroState.choices, default=ZeroState.DUE)
    due_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    late = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("weekly report")
        verbose_name_plural = _("weekly reports")
        constraints = [
            models.UniqueConstraint(fields=["union", "week"], name="one_weekly_report"),
            models.CheckConstraint(condition=Q(state="DUE") | Q(given_at__isnull=False), name="a_weekly_report_has_a_moment"),
        ]
        indexes = [
            models.Index(fields=["week"], condition=Q(state="DUE"), name="weekly_reports_missing"),
            models.Index(fields=["county", "week"], name="weekly_reports_of_a_county"),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.week}"

    def get_absolute_url(self) -> str:
        return reverse("rights:zero_week", args=[self.uuid])
