"""Redundancies: what an employer plans and explains, how the workers were heard, what the union replied, and what became of it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.rights.models.events import DIGITS, Event
from niangjia.rights.models.supervision import Supervision
from niangjia.rights.redundant import ByRule, FirmAnswer, HearingKind, RedundancyGround, RedundancyKind, RedundancyState, ToldTo, Verdict
from niangjia.unions.models import Employer, Union

DAY = timedelta(days=1)


class Redundancy(models.Model):
    """An employer plans to let people go and explains it to the union or to all staff (Labour Contract Law, arts 41 to 43; Trade Union Law, art. 22).

    How many are planned, and how many of them art. 42 protects, are numbers of the employer's plan, which lies on the case: who is pregnant,
    ill or injured is written down of nobody.
    """

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # CY-2026-000001
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union that hears the staff"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+", verbose_name=_("employer"))
    kind = models.CharField(_("sort of redundancy"), max_length=6, choices=RedundancyKind.choices)
    ground = models.CharField(_("ground of the redundancy"), max_length=8, choices=RedundancyGround.choices)
    state = models.CharField(_("state"), max_length=10, choices=RedundancyState.choices, default=RedundancyState.NOTIFIED)
    planned = models.IntegerField(_("people planned to go"))
    staff = models.IntegerField(_("staff on the day of the explanation"))
    reached = models.BooleanField(_("layoff by its size"), default=False)  # as the rule said when the plan was written or changed
    explained_on = models.DateField(_("explained on"))
    grown_on = models.DateField(null=True)  # when it was explained that more are to go: the thirty days begin anew
    explained_to = models.CharField(max_length=5, choices=ToldTo.choices)
    planned_on = models.DateField()
    plan = models.TextField()
    reasons = models.TextField()
    keeps_long = models.BooleanField(default=False)  # whether the plan lets them stay first: long fixed terms
    keeps_open = models.BooleanField(default=False)  # contracts without a fixed term
    keeps_sole = models.BooleanField(default=False)  # nobody else in the family earns
    selection = models.TextField(blank=True)  # by what else it is chosen
    exposed = models.IntegerField(null=True)  # on the list though protected by art. 42: exposed to hazards and not examined
    injured = models.IntegerField(null=True)  # occupational disease or work injury
    sick = models.IntegerField(null=True)  # within the medical period
    mothers = models.IntegerField(null=True)  # pregnant, after birth, nursing
    near = models.IntegerField(null=True)  # long service and near retirement
    reply_by = models.DateField()  # the union's own day, before the planned one
    free_on = models.DateField(null=True)  # the first day after the thirty; none for one worker
    replied_on = models.DateField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reply = models.TextField(blank=True)
    paper = models.OneToOneField("rights.Paper", models.PROTECT, null=True, related_name="reply_to_redundancy")
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=7, choices=FirmAnswer.choices, blank=True)
    answer_text = models.TextField(blank=True)
    reported_on = models.DateField(null=True)
    reported_to = models.CharField(max_length=120, blank=True)
    carried_on = models.DateField(null=True)
    dismissed = models.IntegerField(null=True)  # who did go
    rehire_until = models.DateField(null=True)  # until then those who went come first
    kept = models.CharField(_("rule kept"), max_length=3, choices=ByRule.choices, blank=True)
    trace = models.JSONField(default=dict)  # how that was found, and by which parameters
    supervision = models.OneToOneField(Supervision, models.PROTECT, null=True, related_name="out_of_redundancy")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("redundancy")
        verbose_name_plural = _("redundancies")
        constraints = [
            models.CheckConstraint(condition=Q(planned__gt=0) & Q(staff__gte=F("planned")), name="who_is_planned_to_go_works_there"),
            models.CheckConstraint(condition=~Q(kind="SINGLE") | Q(planned=1), name="a_single_dismissal_is_of_one"),
            models.CheckConstraint(
                condition=~Q(state="REPLIED") | (Q(replied_on__isnull=False) & ~Q(verdict="")), name="a_union_that_replied_said_what"
            ),
            models.CheckConstraint(condition=Q(answered_on=None) | ~Q(answer=""), name="an_employers_answer_says_what"),
            models.CheckConstraint(condition=~Q(state="REPORTED") | Q(reported_on__isnull=False), name="what_was_reported_has_a_day"),
            models.CheckConstraint(
                condition=~Q(state__in=["CARRIED", "CLOSED"]) | (Q(carried_on__isnull=False) & ~Q(kept="")),
                name="what_was_carried_out_is_judged",
            ),
            models.CheckConstraint(
                condition=~Q(state="SUPERVISED") | Q(supervision__isnull=False), name="what_was_turned_over_has_a_supervision"
            ),
        ]
        indexes = [
            models.Index(fields=["-explained_on", "-id"], name="redundancies_by_day"),
            models.Index(fields=["county", "-explained_on", "-id"], name="redundancies_of_a_county"),
            models.Index(fields=["township", "-explained_on", "-id"], name="redundancies_of_a_township"),
            models.Index(fields=["union", "-explained_on", "-id"], name="redundancies_of_a_union"),
            models.Index(Right("reference", DIGITS), name="redundancies_by_number"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("rights:redundancy", args=[self.uuid])

    @property
    def report_by(self) -> date | None:
        """The last day to report a layoff to the labour bureau: the one before it."""
        return self.planned_on - DAY if self.reached else None

    @property
    def follow_on(self) -> date:
        """The day on which the union looks what became of it: the planned one, and not before the thirty days are over."""
        return max(self.planned_on, self.free_on or self.planned_on)


class Hearing(models.Model):
    """Opinions were heard: when, how, how many took part, what was said."""

    redundancy = models.ForeignKey(Redundancy, models.CASCADE, related_name="hearings")
    on = models.DateField()
    kind = models.CharField(max_length=9, choices=HearingKind.choices)
    place = models.CharField(max_length=120)
    people = models.IntegerField()  # by the list of those present, which lies on the case
    minutes = models.TextField()
    opinions = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(people__gt=0), name="somebody_was_heard")]

    def __str__(self) -> str:
        return f"{self.redundancy_id} {self.on}"


class Revision(models.Model):
    """The employer changed its plan: fewer people, another day; what it was stays readable."""

    redundancy = models.ForeignKey(Redundancy, models.CASCADE, related_name="revisions")
    planned_was = models.IntegerField()
    planned = models.IntegerField()
    day_was = models.DateField()
    day = models.DateField()
    why = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.redundancy_id} {self.planned_was} {self.planned}"


class Advice(models.Model):
    """A rights office above says what it thinks of a plan or of a hearing."""

    redundancy = models.ForeignKey(Redundancy, models.CASCADE, related_name="advice")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return f"{self.redundancy_id} {self.at:%Y-%m-%d}"
