"""Labour law supervision: the roster of supervisors with their cards, the case at one employer, its letters, inquiries and referrals."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.rights.models.disputes import Dispute
from niangjia.rights.models.events import DIGITS
from niangjia.rights.supervised import Breach, Lead, LetterKind, ReferralTo, Reply, Serving, SupervisionEnd, SupervisionState
from niangjia.unions.models import Employer, Union


class Supervisor(models.Model):
    """Somebody who supervises for a union, with the card that she shows, and until when it holds."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")  # on whose roster
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    card = models.CharField(_("card number"), max_length=40, unique=True)
    card_until = models.DateField(_("card holds until"))
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("supervisor")
        constraints = [
            models.UniqueConstraint(fields=["union", "user"], condition=Q(user__isnull=False), name="a_supervisor_once_on_a_roster"),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="supervisors_by_name"),
            models.Index(fields=["user"], name="supervisors_by_user"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rights:supervisor_entry", args=[self.uuid])


class Supervision(models.Model):
    """A union looks into how one employer keeps labour law (Trade Union Law; Zhejiang rules on supervision, arts 17 to 24)."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # JD-2026-000001
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union that handles it"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+", verbose_name=_("employer"))
    firm_union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # the employer's own, where another one supervises
    lead = models.CharField(_("lead"), max_length=9, choices=Lead.choices)
    breach = models.CharField(_("matter"), max_length=10, choices=Breach.choices)
    facts = models.TextField()  # what was told or seen
    confidential = models.BooleanField(default=False)  # whoever complains is not named to anybody at the employer
    complainant_sealed = models.BinaryField(null=True)  # her name, and how she is reached
    state = models.CharField(_("state"), max_length=9, choices=SupervisionState.choices, default=SupervisionState.RECEIVED)
    outcome = models.CharField(_("outcome"), max_length=9, choices=SupervisionEnd.choices, blank=True)
    received_on = models.DateField()
    accepted_on = models.DateField(_("accepted on"), null=True)
    answer_by = models.DateField(null=True)  # the day for which the reminder asks
    served_on = models.DateField(null=True)  # when the opinion was served: the employer's days run from it
    closed_on = models.DateField(null=True)
    dispute = models.OneToOneField(Dispute, models.PROTECT, null=True, related_name="supervision")  # in which the money is counted, once
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("supervision case")
        verbose_name_plural = _("supervision cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["RECEIVED", "OUT"]) | Q(accepted_on__isnull=False), name="a_supervision_taken_up_has_a_date"
            ),
            models.CheckConstraint(condition=~Q(state="DEMANDED") | Q(served_on__isnull=False), name="an_opinion_runs_from_its_serving"),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | (Q(closed_on__isnull=False) & ~Q(outcome="")), name="a_closed_supervision_has_an_outcome"
            ),
            models.CheckConstraint(condition=Q(accepted_on=None) | Q(accepted_on__gte=F("received_on")), name="taken_up_after_received"),
        ]
        indexes = [
            models.Index(fields=["-received_on", "-id"], name="supervisions_by_day"),
            models.Index(fields=["county", "-received_on", "-id"], name="supervisions_of_a_county"),
            models.Index(fields=["township", "-received_on", "-id"], name="supervisions_of_a_township"),
            models.Index(fields=["union", "-received_on", "-id"], name="supervisions_of_a_union"),
            models.Index(Right("reference", DIGITS), name="supervisions_by_number"),
            models.Index(fields=["firm_union"], condition=Q(firm_union__isnull=False), name="supervisions_about_a_firm"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("rights:supervision", args=[self.uuid])


class Charge(models.Model):
    """A supervisor is charged with a case, under the card that she held then."""

    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="charges")
    supervisor = models.ForeignKey(Supervisor, models.PROTECT, related_name="charges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervision", "supervisor"], condition=Q(ended_at=None), name="a_supervisor_is_charged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.supervision_id} {self.supervisor_id}"


class Inquiry(models.Model):
    """Supervisors went there, showed their cards, and wrote down what they found."""

    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="inquiries")
    on = models.DateField()
    place = models.CharField(max_length=120)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "inquiries"

    def __str__(self) -> str:
        return f"{self.supervision_id} {self.on}"


class Letter(models.Model):
    """One letter of a case: what was found, by which article, what is asked; who signed; when it was served; what was answered."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="letters", verbose_name=_("supervision case"))
    kind = models.CharField(max_length=8, choices=LetterKind.choices)
    to = models.CharField(max_length=120)
    found = models.TextField()
    articles = models.CharField(max_length=300)
    asks = models.TextField()
    risks = models.TextField(blank=True)
    answer_by = models.DateField(null=True)  # a reminder's own day
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=60, blank=True)  # as it stands on the door: 常务副主席
    sent_on = models.DateField(null=True)  # from when it has a number; counted by this day
    paper = models.OneToOneField("rights.Paper", models.PROTECT, null=True, related_name="letter")
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=6, choices=Serving.choices, blank=True)
    served_to = models.CharField(max_length=60, blank=True)
    answered_on = models.DateField(null=True)
    reply = models.CharField(max_length=7, choices=Reply.choices, blank=True)
    answer = models.TextField(blank=True)
    void = models.BooleanField(_("void"), default=False)  # taken back, or returned without a signature
    void_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter of supervision")
        verbose_name_plural = _("letters of supervision")
        constraints = [
            models.UniqueConstraint(fields=["supervision", "kind"], condition=Q(void=False), name="a_letter_of_a_kind_once"),
            models.CheckConstraint(condition=Q(sent_on=None) | Q(paper__isnull=False), name="a_letter_sent_has_a_number"),
            models.CheckConstraint(condition=Q(served_on=None) | Q(sent_on__isnull=False), name="what_is_served_was_sent"),
            models.CheckConstraint(condition=Q(answered_on=None) | ~Q(reply=""), name="an_answer_says_what"),
            models.CheckConstraint(
                condition=~Q(kind="OPINION") | Q(sent_on=None) | Q(signed_by__isnull=False), name="an_opinion_is_signed_by_a_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervision_id} {self.kind}"


class Referral(models.Model):
    """The procuratorate, a court or a department is told, and what came of it."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="referrals")
    kind = models.CharField(max_length=9, choices=ReferralTo.choices)
    body = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    result_on = models.DateField(null=True)
    result = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(result="") | Q(result_on__isnull=False), name="a_result_has_a_day")]

    def __str__(self) -> str:
        return f"{self.supervision_id} {self.kind}"
