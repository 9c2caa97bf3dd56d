"""Disputes that are mediated: firms, workers and receipts are rows, never typed counters."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Right
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.models import Person
from niangjia.rights.enums import Cause, DisputeState, Entrance, Kept, Outcome, SittingState
from niangjia.rights.models.events import DIGITS, Event
from niangjia.unions.models import Employer, Union


class Dispute(models.Model):
    """A labour dispute that a union mediates (Labour Dispute Mediation and Arbitration Law, arts 10 to 16)."""

    scope: ClassVar[Scope] = Scope(union="handled_by_id")
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # TJ-2015-000123
    handled_by = models.ForeignKey(Union, models.PROTECT, related_name="disputes", verbose_name=_("union that handles it"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="disputes")
    cause = models.CharField(_("cause"), max_length=3, choices=Cause.choices)
    written = models.BooleanField(default=True)  # or told, with a record on the spot (art. 12)
    facts = models.TextField(blank=True)
    state = models.CharField(_("state"), max_length=10, choices=DisputeState.choices, default=DisputeState.APPLIED)
    outcome = models.CharField(_("outcome"), max_length=2, choices=Outcome.choices, blank=True)
    applied_on = models.DateField()
    accepted_on = models.DateField(_("accepted on"), null=True)
    extended_to = models.DateField(null=True)  # both parties agreed (Zhejiang rules, art. 10)
    consent = models.CharField(max_length=200, blank=True, db_default="")  # the paper by which both agreed to extend
    mediator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    mediator_name = models.CharField(max_length=60, blank=True)
    claimed = models.DecimalField(_("claimed"), max_digits=14, decimal_places=2, default=0)
    agreed = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    agreement_no = models.CharField(max_length=40, blank=True)
    agreed_on = models.DateField(null=True)
    pay_by = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    entrance = models.CharField(max_length=8, choices=Entrance.choices, db_default=Entrance.UNION, default=Entrance.UNION)
    caller = models.CharField(max_length=60, blank=True, db_default="")  # who called the hotline, if not the worker herself
    against = models.ForeignKey(
        Employer, models.PROTECT, null=True, related_name="+"
    )  # the first employer that is claimed against: by its trade and size the case, its workers and its money are told apart
    firm_union = models.ForeignKey(
        Union, models.PROTECT, null=True, related_name="+"
    )  # of the firm that it is about, where a worker came to a union above
    paused_on = models.DateField(null=True)  # since when the days of mediation stand still
    pushed_to = models.DateField(null=True)  # where they end after time that does not count
    covered = models.BooleanField(db_default=False, default=False)  # receipts show all that was agreed: no payment is waited for
    do_by = models.DateField(null=True)  # the day of the first clause that is still to be done
    sue_by = models.DateField(null=True)  # the last day to go to court after the award; nothing once somebody did
    cancel_by = models.DateField(null=True)  # the last day on which the employer may have a final award set aside
    # For the figures: how many days until it was taken on, and whether that and the mediation itself kept their days.
    answer_days = models.GeneratedField(
        expression=Func(F("accepted_on"), F("applied_on"), template="(%(expressions)s)", arg_joiner=" - ", output_field=models.IntegerField()),
        output_field=models.IntegerField(), db_persist=True, null=True,
    )  # fmt: skip
    decided = models.CharField(_("decided within its days"), max_length=4, choices=Kept.choices, blank=True, default="", db_default="")
    mediated = models.CharField(_("mediated within its days"), max_length=4, choices=Kept.choices, blank=True, default="", db_default="")
    arbitrate_by = models.DateField(null=True)  # the last day for arbitration, as reckoned last (art. 27); nothing while none runs
    confirm_by = models.DateField(null=True)  # the last day on which both sides may have the agreement confirmed, if they want it

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["APPLIED", "REFUSED", "WITHDRAWN"]) | Q(accepted_on__isnull=False),
                name="an_accepted_dispute_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["AGREED", "PERFORMED"]) | Q(agreed__isnull=False), name="an_agreement_has_an_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | (Q(closed_on__isnull=False) & ~Q(outcome="")), name="a_closed_dispute_has_an_outcome"
            ),
            models.CheckConstraint(condition=Q(claimed__gte=0), name="a_claim_is_not_negative"),
            models.CheckConstraint(condition=Q(accepted_on=None) | Q(accepted_on__gte=F("applied_on")), name="accepted_after_applied"),
        ]
        indexes = [
            models.Index(fields=["county", "-applied_on", "-id"], name="disputes_of_a_county"),
            models.Index(fields=["township", "-applied_on", "-id"], name="disputes_of_a_township"),
            models.Index(fields=["handled_by", "-applied_on", "-id"], name="disputes_of_a_union"),
            models.Index(fields=["-applied_on", "-id"], name="disputes_by_day"),
            models.Index(Right("reference", DIGITS), name="disputes_by_number"),
            models.Index(fields=["firm_union"], condition=Q(firm_union__isnull=False), name="disputes_about_a_firm"),
            models.Index(
                fields=["county", "state"],
                condition=Q(state__in=["APPLIED", "MEDIATING", "PAUSED", "AGREED", "PERFORMED"]),
                name="disputes_running",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("rights:dispute", args=[self.uuid])

    @property
    def pays_by(self) -> date | None:
        """The day of the payment that is waited for."""
        return None if self.covered else self.pay_by

    @property
    def mediates_to(self) -> date | None:
        """The last day of the mediation where it was moved: agreed by both sides, or pushed on by time that does not count."""
        return max((day for day in (self.extended_to, self.pushed_to) if day is not None), default=None)


class Respondent(models.Model):
    """An employer against whom a claim is made; a dispute may have several."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="respondents", verbose_name=_("dispute"))
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+", verbose_name=_("employer"))

    class Meta:
        verbose_name = _("respondent")
        verbose_name_plural = _("respondents")
        constraints = [models.UniqueConstraint(fields=["dispute", "employer"], name="a_respondent_once")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.employer_id}"


class Claimant(models.Model):
    """A worker in a dispute, member or not."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="claimants", verbose_name=_("dispute"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="claims", verbose_name=_("person"))
    claimed = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    leads = models.BooleanField(default=False)  # a representative of ten or more (art. 7)
    sent = models.BooleanField(db_default=False, default=False)  # she sent it in herself: what happened is in her words
    firm_may_see = models.BooleanField(db_default=False, default=False)  # she agrees that the union of her firm sees it
    sheet = models.ForeignKey("rights.Sheet", models.SET_NULL, null=True, related_name="claimants")  # the table out of which she was named

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        constraints = [models.UniqueConstraint(fields=["dispute", "person"], name="a_claimant_once")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.person_id}"


class Session(models.Model):
    """A sitting of the mediation."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="sessions")
    held_at = models.DateTimeField()  # or for when it is planned
    place = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=SittingState.choices, db_default=SittingState.HELD, default=SittingState.HELD)
    present = models.TextField(blank=True, db_default="")  # who was there, one a line
    absent = models.CharField(max_length=200, blank=True, db_default="")  # who was asked and did not come
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.held_at:%Y-%m-%d %H:%M}"


class Slip(models.Model):
    """One payment document: what it is over, and how much of that stands in cases. However many cases share it, one yuan counts once."""

    number = models.CharField(max_length=200, unique=True)  # as papers are compared: without blanks, signs and case
    total = models.DecimalField(max_digits=14, decimal_places=2)
    given = models.DecimalField(max_digits=14, decimal_places=2)  # in receipts that count

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(given__gte=0) & Q(given__lte=F("total")), name="a_slip_gives_no_more_than_it_is_over"),
        ]

    def __str__(self) -> str:
        return self.number


class Receipt(models.Model):
    """Money that workers really got, with the paper that shows it; one yuan counts once."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="receipts", verbose_name=_("dispute"))
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    evidence = models.CharField(max_length=200)  # bank slip, receipt
    slip = models.CharField(
        max_length=200, blank=True, db_default=""
    )  # the number of its slip; none, where the paper has none that tells it apart
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)  # when it was entered
    void = models.BooleanField(_("void"), default=False)  # entered by mistake
    void_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_at = models.DateTimeField(null=True)
    void_why = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_receipt_is_money"),
        ]
        indexes = [models.Index(fields=["slip"], condition=~Q(slip=""), name="receipts_of_a_slip")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.amount}"
