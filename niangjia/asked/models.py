"""A request for data: who asks whom for which fields by when; each union that was asked, and what it gave."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.asked.enums import Kind, Standing, State, Verdict
from niangjia.kit.who import Scope
from niangjia.unions.enums import GRASSROOTS, Duty
from niangjia.unions.models import Union


class Request(models.Model):
    """An office of a union asks the unions below for some fields. Drawn up, sent out, closed."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # TB-2026-000003
    union = models.ForeignKey(Union, models.PROTECT, related_name="asks", verbose_name=_("union"))  # in whose name
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    office = models.CharField(pgettext_lazy("a request", "office"), max_length=14, choices=Duty.choices)
    title = models.CharField(max_length=60)
    why = models.CharField(max_length=300)  # what for, and by which paper
    period = models.CharField(max_length=40, blank=True)  # of which the fields speak
    due_on = models.DateField()
    under = models.ForeignKey(Union, models.PROTECT, related_name="+")  # the unions below this one
    kinds = ArrayField(models.CharField(max_length=2))  # of these types
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    issued_on = models.DateField(_("sent out on"), null=True)
    reach = models.PositiveIntegerField(default=0)  # how many unions it went out to: a fact of the sending
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for data")
        verbose_name_plural = _("requests for data")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["ISSUED", "CLOSED"]) | Q(issued_on__isnull=False), name="a_request_sent_out_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(due_on__gte=models.F("issued_on")), name="a_request_is_due_after_it_goes_out"
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="requests_by_making"),
            models.Index(fields=["issued_on"], condition=Q(issued_on__isnull=False), name="requests_by_issue"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("asked:request", args=[self.uuid])


class Field(models.Model):
    """One thing that is asked for, and what the house said of it when it was written down."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="fields")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    key = models.CharField(max_length=60)  # the label as it is compared
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    choices = ArrayField(models.CharField(max_length=40), default=list)
    unit = models.CharField(max_length=10, blank=True)
    help = models.CharField(max_length=120, blank=True)
    required = models.BooleanField(default=True)
    verdict = models.CharField(_("what the check said"), max_length=9, choices=Verdict.choices, default=Verdict.ASKED)
    held = models.CharField(max_length=60, blank=True)  # by which name the house holds it
    reused = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")  # the field of an earlier request
    contested = models.CharField(max_length=200, blank=True)  # why what is held is not believed

    class Meta:
        verbose_name = _("field of a request")
        verbose_name_plural = _("fields of requests")
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], name="a_field_is_asked_once_in_a_request"),
            models.UniqueConstraint(fields=["request", "position"], name="a_field_has_its_place", deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(condition=~Q(verdict="CONTESTED") | ~Q(contested=""), name="what_is_held_is_contested_with_a_reason"),
            models.CheckConstraint(condition=~Q(verdict__in=["HELD", "CONTESTED"]) | ~Q(held=""), name="what_is_held_has_a_name"),
            models.CheckConstraint(condition=~Q(kind="CHOICE") | Q(choices__len__gte=2), name="a_choice_has_two_at_least"),
        ]
        indexes = [models.Index(fields=["key"], name="fields_by_key")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return self.request.get_absolute_url()


class Addressed(models.Model):
    """A union that was asked. What it saves before it sends stands here; what it sent stands as answers."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="addressed")
    union = models.ForeignKey(Union, models.PROTECT, related_name="asked_of", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=Standing.choices, default=Standing.NEW)
    asked_on = models.DateField(_("asked on"))
    fields = models.PositiveSmallIntegerField()  # how many went out to it
    round = models.PositiveSmallIntegerField(default=1)  # an answer that was sent back begins another
    draft = models.JSONField(default=dict)  # by the number of the field; empty once it is sent
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_behalf = models.BooleanField(_("given on its behalf"), default=False)

    class Meta:
        verbose_name = _("union that was asked")
        verbose_name_plural = _("unions that were asked")
        constraints = [
            models.UniqueConstraint(fields=["request", "union"], name="a_union_is_asked_once_by_a_request"),
            models.CheckConstraint(
                condition=~Q(state="ANSWERED") | Q(sent_on__isnull=False, sent_by__isnull=False), name="an_answer_has_its_day_and_giver"
            ),
        ]
        indexes = [
            models.Index(fields=["request", "state", "id"], name="addressed_of_a_request"),
            models.Index(fields=["union", "-asked_on"], name="addressed_of_a_union"),
            models.Index(fields=["township", "-asked_on"], name="addressed_of_a_township"),
            models.Index(fields=["county", "-asked_on"], name="addressed_of_a_county"),
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.union}"

    def get_absolute_url(self) -> str:
        return reverse("asked:answer", args=[self.uuid])

    @property
    def due_on(self) -> date:
        """Until when it is to be answered."""
        return self.request.due_on

    @property
    def duty(self) -> str:
        """On whose desk it lies: the chair's in a grassroots union, the organisation office's in one that leads others."""
        return "chair" if self.union.kind in GRASSROOTS else "organisation"


class Answer(models.Model):
    """What a union gave for a field. Written once: who corrects it gives another, in the next round."""

    addressed = models.ForeignKey(Addressed, models.PROTECT, related_name="answers")
    field = models.ForeignKey(Field, models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    at = models.DateTimeField()
    on_behalf = models.BooleanField(_("given on its behalf"), default=False)
    confirmed = models.BooleanField(_("confirmed as given before"), default=False)  # what was filled in beforehand was left as it stood
    erased = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["addressed", "field", "round"], name="a_field_is_answered_once_a_round"),
            models.CheckConstraint(condition=Q(erased=False) | Q(value=""), name="an_erased_answer_says_nothing"),
        ]
        indexes = [models.Index(fields=["given_on"], condition=Q(erased=False), name="answers_to_erase")]
        triggers = [  # its years over, it is emptied; nothing else becomes of it
            pgtrigger.Protect(name="written_once", operation=pgtrigger.Update, condition=pgtrigger.Q(new__erased=False)),
            pgtrigger.Protect(name="never_gone", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.addressed_id} {self.field_id}"

    def get_absolute_url(self) -> str:
        return self.addressed.get_absolute_url()


def answers_now(**where: Any) -> models.QuerySet[Answer]:
    """The answers that stand: of the last round that was sent."""
    return Answer.objects.filter(addressed__state=Standing.ANSWERED, round=models.F("addressed__round"), **where)
