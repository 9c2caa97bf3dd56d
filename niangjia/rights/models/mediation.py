"""Who mediates and what stops the days: the roster, appointments, time that does not count; what was agreed, and what is filed with others."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.rights.enums import Chamber, FilingKind, FilingOutcome, PauseKind
from niangjia.rights.models.disputes import Dispute
from niangjia.unions.models import Employer, Union


class Mediator(models.Model):
    """Somebody on the roster: of which organisation, what she speaks, where she mediates, and the firm at which she works."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    chamber = models.CharField(_("organisation"), max_length=8, choices=Chamber.choices)
    body = models.CharField(max_length=120, blank=True)  # its name
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")  # on whose roster
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    languages = models.CharField(max_length=120, blank=True)
    areas = models.CharField(max_length=200, blank=True)  # what she knows well
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("mediator")
        constraints = [
            models.UniqueConstraint(fields=["union", "user"], condition=Q(user__isnull=False), name="a_mediator_once_on_a_roster"),
        ]
        indexes = [models.Index(fields=["name", "id"], name="mediators_by_name"), models.Index(fields=["user"], name="mediators_by_user")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rights:mediator_entry", args=[self.uuid])


class Appointment(models.Model):
    """A mediator is named for a dispute, and perhaps recuses herself or is recused."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="appointments")
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="appointments")
    leads = models.BooleanField(default=True)
    declared = models.CharField(max_length=200, blank=True)  # a tie that she declared, and that both sides accept
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "mediator"], condition=Q(ended_at=None), name="a_mediator_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.mediator_id}"


class Pause(models.Model):
    """Time that does not count in the days of a mediation, with what it rests on."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="pauses")
    kind = models.CharField(max_length=8, choices=PauseKind.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    why = models.CharField(max_length=200)
    consent = models.CharField(
        max_length=200, blank=True, db_default=""
    )  # the paper by which both sides agree, or the order on which it rests
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute"], condition=Q(until=None), name="one_pause_at_a_time")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.since}"


class Clause(models.Model):
    """One clause of an agreement: what is to be done, and where it is no money by which day."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="clauses")
    n = models.IntegerField()
    text = models.CharField(max_length=500)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    proof = models.CharField(max_length=200, blank=True, db_default="")  # what shows that it was done
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # who wrote it down

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "n"], name="a_clause_has_its_place"),
            models.CheckConstraint(condition=Q(done_on=None) | ~Q(proof=""), name="a_clause_is_done_by_a_proof"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.n}"


class Instalment(models.Model):
    """One payment that was agreed: by which day, how much."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="instalments")
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "due_on"], name="an_instalment_a_day"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_instalment_is_money"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.due_on}"


class Signature(models.Model):
    """Who signed the agreement, for which side."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="signatures")
    side = models.CharField(
        max_length=10, choices=[("WORKERS", _("For the workers")), ("FIRM", _("For the employer")), ("MEDIATOR", _("Mediator"))]
    )
    name = models.CharField(max_length=60)
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.side}"


class Filing(models.Model):
    """What was filed with a court, a commission or an authority: its number, its days, and what came of it."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="filings")
    kind = models.CharField(max_length=11, choices=FilingKind.choices)
    body = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    filed_on = models.DateField()
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=9, choices=FilingOutcome.choices, blank=True)
    served_on = models.DateField(null=True)  # an award: the day on which the workers received it; what follows runs from it
    final = models.BooleanField(db_default=False, default=False)  # an award: final for the employer (art. 47)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome="") | Q(decided_on__isnull=False), name="a_decided_filing_has_a_day"),
            models.CheckConstraint(condition=Q(served_on=None) | Q(kind="ARBITRATION"), name="an_award_is_of_arbitration"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.kind}"


class Transfer(models.Model):
    """A dispute goes to another union: its desk changes, its story and its clocks go on."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="transfers")
    was = models.ForeignKey(Union, models.PROTECT, related_name="+")
    now = models.ForeignKey(Union, models.PROTECT, related_name="+")
    why = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.now_id}"
