"""Public notices 公示, and the objections that people raise to them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.gazette.enums import Channel, Raised, State
from niangjia.kit.who import Scope


class Notice(models.Model):
    """What the public is shown for some working days, so that whoever knows better can say so before it is decided."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # GS-2026-000019
    kind = models.CharField(max_length=60)  # the label of the model of the thing that it is about
    thing_id = models.BigIntegerField()
    what = models.CharField(max_length=30)  # which kind of notice (kinds.py)
    duty = models.CharField(max_length=20)  # whose desk its end and its objections lie on
    # The scope is stored where it is listed. It names unions by number: this floor does not know what a union is.
    union_id = models.BigIntegerField()
    township_id = models.BigIntegerField(null=True)
    county_id = models.BigIntegerField(null=True)
    signed = models.CharField(max_length=120)  # the union that puts it up, as it signs
    title = models.CharField(max_length=200)
    text = models.TextField()
    columns = models.JSONField(default=list)  # heads
    rows = models.JSONField(default=list)  # cells as they may be shown: covered, and no numbers of persons among them
    call = models.CharField(max_length=60, blank=True)  # the telephone for objections
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.UP)
    posted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing_id", "what"], condition=Q(state__in=["UP", "ASKED"]), name="one_running_notice_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(state__in=["UP", "ASKED"]) | Q(ended_at__isnull=False), name="what_is_over_says_when"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["kind", "thing_id"], name="notices_of_a_thing"),
            models.Index(fields=["-posted_at", "-id"], condition=Q(state="UP"), name="notices_on_show"),
            models.Index(fields=["-posted_at", "-id"], name="notices_by_day"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gazette:notice", args=[self.uuid])

    @property
    def public_url(self) -> str:
        """The page on which the public reads it."""
        return reverse("board:notice", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"UP": "doing", "ASKED": "wait", "ENDED": "done"}.get(self.state, "stop")

    @property
    def running(self) -> bool:
        """Whether something still waits for it: its days run, or objections are open."""
        return self.state in (State.UP, State.ASKED)

    @property
    def clear(self) -> bool:
        """Whether its days are over and no objection was found right."""
        return self.state == State.ENDED and not self.objections.filter(state=Raised.UPHELD).exists()


class Objection(models.Model):
    """Somebody says that something on a notice is not right; she may leave out who she is. Each has a number and a written answer."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    word = models.UUIDField(unique=True)  # made with the form: sent twice it is one; it stands in the address under which it is followed
    reference = models.CharField(max_length=20, unique=True)  # YY-2026-000003
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    duty = models.CharField(max_length=20)
    union_id = models.BigIntegerField()
    township_id = models.BigIntegerField(null=True)
    county_id = models.BigIntegerField(null=True)
    row = models.PositiveIntegerField(null=True)  # the line of the list, from 1
    text = models.TextField(max_length=2000)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.ONLINE)
    contact_sealed = models.BinaryField(null=True)  # a telephone or an e-mail address, if she left one
    state = models.CharField(_("state"), max_length=9, choices=Raised.choices, default=Raised.OPEN)
    raised_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # who wrote it down; nobody: she herself
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "MOOT"]) | (Q(answered_at__isnull=False) & ~Q(answer="")), name="an_answer_is_written"
            ),
        ]
        indexes = [
            models.Index(fields=["notice", "id"], name="objections_to_a_notice"),
            models.Index(fields=["answered_at"], condition=Q(contact_sealed__isnull=False), name="objections_to_forget"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("gazette:objection", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"OPEN": "open", "UPHELD": "late", "DISMISSED": "done"}.get(self.state, "stop")
