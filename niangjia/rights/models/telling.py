"""Who was told of an event, by which means, and what came back: only a receipt counts as told."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.rights.enums import Answer, How, Means, Occasion, Role, Severity, TellingState, Unanswered
from niangjia.rights.models.events import Event
from niangjia.unions.models import Union


class Telling(models.Model):
    """One person is told of one event; without a receipt in time the next in line is. Nobody stands where the post is vacant."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="tellings")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union"))  # whose office is told
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    chain = models.UUIDField(editable=False)  # all that were told in turn because of one arrival
    desk = models.ForeignKey(Union, models.PROTECT, related_name="+")  # on which the event lay when the first of the chain was told
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    occasion = models.CharField(max_length=8, choices=Occasion.choices)
    severity = models.CharField(max_length=6, choices=Severity.choices)  # by which the time was given
    state = models.CharField(_("state"), max_length=8, choices=TellingState.choices, default=TellingState.WAITING)
    at = models.DateTimeField()
    on = models.DateField(_("told on"))
    receipt_by = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=7, choices=How.choices, blank=True)
    passed_at = models.DateTimeField(null=True)
    unanswered = models.CharField(max_length=10, choices=Unanswered.choices, blank=True)  # why the next one was told
    answered = models.SmallIntegerField(default=0, db_default=0)  # 1: there is a receipt
    in_time = models.SmallIntegerField(default=0, db_default=0)  # 1: it came within its time
    minutes = models.IntegerField(default=0, db_default=0)  # to the receipt
    first = models.BooleanField(default=True, db_default=True)  # the first of its chain

    class Meta:
        verbose_name = _("telling")
        verbose_name_plural = _("tellings")
        constraints = [
            models.UniqueConstraint(fields=["chain", "role"], name="each_in_line_is_told_once"),
            models.CheckConstraint(condition=~Q(state="RECEIVED") | Q(received_at__isnull=False), name="a_receipt_has_a_moment"),
            models.CheckConstraint(condition=Q(to__isnull=False) | Q(state="PASSED"), name="a_vacant_post_gives_no_receipt"),
        ]
        indexes = [
            models.Index(fields=["event", "at"], name="tellings_of_an_event"),
            models.Index(fields=["union", "-at"], condition=Q(state="PASSED"), name="not_reached_of_a_union"),
            models.Index(fields=["to"], condition=Q(state__in=["WAITING", "PASSED"]), name="receipts_waited_for"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.chain} {self.role}"

    def get_absolute_url(self) -> str:
        return reverse("rights:telling", args=[self.uuid])


class Attempt(models.Model):
    """One means by which somebody was told: when it went out, and what came back."""

    telling = models.ForeignKey(Telling, models.CASCADE, related_name="attempts")
    means = models.CharField(max_length=5, choices=Means.choices)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # by which the carrier and its gateway know it
    sent_at = models.DateTimeField(null=True)
    receipt_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["telling", "means"], name="each_means_is_used_once")]

    def __str__(self) -> str:
        return f"{self.telling_id} {self.means}"


class Merge(models.Model):
    """Two reports of one event became one: which goes on, what it said before, and whether they were parted again."""

    kept = models.ForeignKey(Event, models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Event, models.CASCADE, related_name="merges_into")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)  # what the one that goes on said by itself
    was = models.CharField(max_length=10)  # where the merged one stood
    parted_at = models.DateTimeField(null=True)
    parted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merged"], condition=Q(parted_at=None), name="a_report_is_merged_once_at_a_time")]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class TwoMatters(models.Model):
    """Somebody has looked at two reports and said that they are two matters."""

    one = models.ForeignKey(Event, models.CASCADE, related_name="+")
    other = models.ForeignKey(Event, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_matters_are_told_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="the_older_of_two_matters_stands_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"


class Brief(models.Model):
    """A brief on one event for the leaders, numbered within its year; it keeps what was known when it was drawn up."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # ZB-2026-000001
    event = models.ForeignKey(Event, models.CASCADE, related_name="briefs")
    issue = models.IntegerField()  # of this event
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "issue"], name="an_issue_of_a_brief_comes_once")]

    def __str__(self) -> str:
        return self.reference
