"""Union legal aid: the register of agents, the case with its recipients and papers, who acts in it, hearings, money, subsidies, and consultations that end as such."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Right
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.files.models import Paper as Filed
from niangjia.kit.who import Scope
from niangjia.members.models import Person
from niangjia.rights.aided import (
    AdviceBy,
    AgentKind,
    AidDoor,
    AidEnding,
    AidForm,
    AidKind,
    AidMatter,
    AidRefusal,
    AidResult,
    AidState,
    BeforeWhom,
    MoneyFrom,
    ProofKind,
    Satisfied,
    SubsidyState,
)
from niangjia.rights.enums import Kept
from niangjia.rights.models.disputes import Dispute, Receipt
from niangjia.rights.models.events import DIGITS
from niangjia.unions.models import Employer, Union


def _between(later: str, earlier: str) -> models.GeneratedField:
    """The days between two days of a case, for the figures."""
    days = Func(F(later), F(earlier), template="(%(expressions)s)", arg_joiner=" - ", output_field=models.IntegerField())
    return models.GeneratedField(expression=days, output_field=models.IntegerField(), db_persist=True, null=True)


class AidAgent(models.Model):
    """Who acts for those who are aided: a lawyer or a union legal worker, on the register of a union."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind of agent"), max_length=8, choices=AgentKind.choices)
    licence = models.CharField(_("licence number"), max_length=40, unique=True)
    firm = models.CharField(_("law firm"), max_length=120, blank=True)
    until = models.DateField(_("contract or licence holds until"), null=True)
    fields = models.CharField(_("fields"), max_length=200, blank=True)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")  # on whose register
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    counsel_to = models.ManyToManyField(Employer, related_name="+")  # employers for whom she or her firm acts
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("agent of legal aid")
        verbose_name_plural = _("agents of legal aid")
        constraints = [
            models.UniqueConstraint(fields=["union", "user"], condition=Q(user__isnull=False), name="an_agent_once_on_a_register"),
        ]
        indexes = [models.Index(fields=["name", "id"], name="agents_by_name"), models.Index(fields=["firm"], name="agents_by_firm")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rights:agent", args=[self.uuid])


class Aid(models.Model):
    """A case of union legal aid (measures on union legal aid, 总工发〔2008〕52号; Legal Aid Law, arts 42 to 49)."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # FY-2026-000001
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union that handles it"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # who looks at a refusal again
    kind = models.CharField(_("applicant"), max_length=8, choices=AidKind.choices)
    applicant_union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # where a union itself applies
    matter = models.CharField(_("matter"), max_length=10, choices=AidMatter.choices)
    form = models.CharField(_("form of aid"), max_length=10, choices=AidForm.choices)
    door = models.CharField(_("how it came in"), max_length=8, choices=AidDoor.choices)
    dispute = models.ForeignKey(
        Dispute, models.PROTECT, null=True, related_name="aids"
    )  # out of which it comes, or in which the money counts
    against = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    facts = models.TextField()
    claimed = models.DecimalField(_("claimed"), max_digits=14, decimal_places=2, default=0)
    limit_on = models.DateField(null=True)  # when arbitration or suit can be asked for at the latest, if it is known
    wanted = models.TextField(blank=True)  # the papers that were asked for
    state = models.CharField(_("state"), max_length=10, choices=AidState.choices, default=AidState.APPLIED)
    applied_on = models.DateField(_("applied on"))
    advance = models.BooleanField(default=False)  # granted before the papers: a limitation ends soon (Legal Aid Law, art. 44)
    decided_on = models.DateField(_("decided on"), null=True)
    granted_on = models.DateField(_("granted on"), null=True)
    opinion = models.CharField(max_length=500, blank=True)  # of whoever decided
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=7, choices=AidRefusal.choices, blank=True)
    assign_from = models.DateField(null=True)  # from when the days of the assignment count
    assigned_on = models.DateField(_("assigned on"), null=True)
    agent = models.ForeignKey(AidAgent, models.PROTECT, null=True, related_name="aids")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # the agent's account
    hears_on = models.DateField(null=True)  # the next hearing
    finished_on = models.DateField(_("finished on"), null=True)
    result = models.CharField(_("result"), max_length=7, choices=AidResult.choices, blank=True)
    awarded = models.DecimalField(_("awarded"), max_digits=14, decimal_places=2, null=True)
    number = models.CharField(max_length=60, blank=True)  # of the award or judgment
    report = models.TextField(blank=True)
    reported_on = models.DateField(null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    satisfied = models.CharField(_("how content"), max_length=4, choices=Satisfied.choices, blank=True)
    remark = models.CharField(max_length=200, blank=True)  # of the recipient
    ending = models.CharField(max_length=5, choices=AidEnding.choices, blank=True)
    handed_to = models.CharField(max_length=120, blank=True)  # the state's centre
    closed_on = models.DateField(_("closed on"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided = models.CharField(_("decided within its days"), max_length=4, choices=Kept.choices, blank=True, default="")
    assigned = models.CharField(_("assigned within its days"), max_length=4, choices=Kept.choices, blank=True, default="")
    review_days = _between("decided_on", "applied_on")
    assign_days = _between("assigned_on", "granted_on")
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("case of legal aid")
        verbose_name_plural = _("cases of legal aid")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["GRANTED", "SIGNING", "ASSIGNED", "HANDLING", "FINISHED", "REPORTED", "CLOSED", "TERMINATED"]) | Q(granted_on__isnull=False),
                name="aid_given_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ASSIGNED", "HANDLING", "FINISHED", "REPORTED", "CLOSED"]) | (Q(agent__isnull=False) & Q(assigned_on__isnull=False)), name="aid_assigned_has_an_agent"
            ),
            models.CheckConstraint(condition=~Q(state__in=["REFUSED", "OBJECTED", "UPHELD"]) | ~Q(refusal=""), name="aid_refused_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=["FINISHED", "REPORTED", "CLOSED"]) | (Q(finished_on__isnull=False) & ~Q(result="")), name="aid_finished_has_a_result"
            ),
            models.CheckConstraint(condition=~Q(state__in=["REPORTED", "CLOSED"]) | ~Q(report=""), name="aid_closed_has_a_report"),
            models.CheckConstraint(condition=~Q(state="TRANSFER") | ~Q(handed_to=""), name="aid_handed_over_says_where"),
            models.CheckConstraint(condition=~Q(state="TERMINATED") | ~Q(ending=""), name="aid_terminated_says_why"),
            models.CheckConstraint(condition=Q(claimed__gte=0), name="an_aided_claim_is_not_negative"),
            models.CheckConstraint(condition=~Q(kind="UNION") | Q(applicant_union__isnull=False), name="a_union_that_applies_is_named"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-applied_on", "-id"], name="aids_by_day"),
            models.Index(fields=["county", "-applied_on", "-id"], name="aids_of_a_county"),
            models.Index(fields=["township", "-applied_on", "-id"], name="aids_of_a_township"),
            models.Index(fields=["union", "-applied_on", "-id"], name="aids_of_a_union"),
            models.Index(Right("reference", DIGITS), name="aids_by_number"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("rights:aid", args=[self.uuid])

    @property
    def review_duty(self) -> str:
        """Whose it is to look at a refusal again: the rights office above; at the city, which has none above, a leader."""
        return "leader" if self.reviewer_id == self.union_id else "rights"


class Recipient(models.Model):
    """Who is aided: one person, or each of several with what she claims."""

    aid = models.ForeignKey(Aid, models.CASCADE, related_name="recipients", verbose_name=_("case of legal aid"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    claimed = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("recipient of legal aid")
        verbose_name_plural = _("recipients of legal aid")
        constraints = [models.UniqueConstraint(fields=["aid", "person"], name="a_recipient_once")]

    def __str__(self) -> str:
        return f"{self.aid_id} {self.person_id}"


class Proof(models.Model):
    """A paper of an application: seen, or laid on the case as a file."""

    aid = models.ForeignKey(Aid, models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=8, choices=ProofKind.choices)
    note = models.CharField(max_length=200, blank=True)  # who issued it, what it shows
    file = models.ForeignKey(Filed, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.aid_id} {self.kind}"


class Assignment(models.Model):
    """An agent is assigned: drafted, signed and numbered, answered; who stepped back stays with the reason."""

    aid = models.ForeignKey(Aid, models.CASCADE, related_name="assignments")
    agent = models.ForeignKey(AidAgent, models.PROTECT, related_name="assignments")
    form = models.CharField(max_length=10, choices=AidForm.choices)
    declared = models.CharField(max_length=200, blank=True)  # a tie that she declared, and why it does not bind
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    paper = models.OneToOneField("rights.Paper", models.PROTECT, null=True, related_name="assignment")
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["aid"], condition=Q(ended_at=None), name="one_agent_at_a_time"),
            models.CheckConstraint(condition=Q(signed_at=None) | (Q(signed_by__isnull=False) & Q(paper__isnull=False)), name="an_assignment_is_signed_before_its_number"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.aid_id} {self.agent_id}"


class AidHearing(models.Model):
    """A hearing: when, before whom, and what came of it."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    aid = models.ForeignKey(Aid, models.CASCADE, related_name="hearings")
    kind = models.CharField(max_length=9, choices=BeforeWhom.choices)
    at = models.DateTimeField()
    body = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.aid_id} {self.at:%Y-%m-%d %H:%M}"


class AidReceipt(models.Model):
    """Money that somebody aided really got: entered here with its paper, or the dispute's own line, which counts there too."""

    uuid = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    aid = models.ForeignKey(Aid, models.PROTECT, related_name="receipts", verbose_name=_("case of legal aid"))
    recipient = models.ForeignKey(
        Recipient, models.PROTECT, null=True, related_name="receipts"
    )  # all together, where the dispute divides it
    source = models.CharField(_("where it is entered"), max_length=7, choices=MoneyFrom.choices)
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="aided")
    received_on = models.DateField(_("received on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    evidence = models.CharField(max_length=200)
    slip = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    void = models.BooleanField(_("void"), default=False)
    void_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("receipt in legal aid")
        verbose_name_plural = _("receipts in legal aid")
        constraints = [
            models.UniqueConstraint(fields=["receipt"], condition=Q(void=False), name="a_line_of_a_dispute_counts_in_one_aid"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_aided_receipt_is_money"),
            models.CheckConstraint(condition=Q(source="DISPUTE") ^ Q(receipt=None), name="what_is_taken_over_has_its_line"),
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_why=""), name="a_void_aided_receipt_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.aid_id} {self.amount}"


class Subsidy(models.Model):
    """What an agent is paid for a case: by the rate of its form and place, approved by a second person. Account 50403."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    aid = models.ForeignKey(Aid, models.PROTECT, related_name="subsidies", verbose_name=_("case of legal aid"))
    agent = models.ForeignKey(AidAgent, models.PROTECT, related_name="+", verbose_name=_("agent of legal aid"))
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    form = models.CharField(_("form of aid"), max_length=10, choices=AidForm.choices)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    rate_on = models.DateField()  # the day whose rate holds
    state = models.CharField(_("state"), max_length=8, choices=SubsidyState.choices, default=SubsidyState.PROPOSED)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_on = models.DateField(_("approved on"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("subsidy of legal aid")
        verbose_name_plural = _("subsidies of legal aid")
        constraints = [
            models.UniqueConstraint(fields=["aid", "agent"], name="an_agent_is_paid_once_a_case"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_subsidy_is_money"),
            models.CheckConstraint(condition=~Q(state="APPROVED") | (Q(approved_on__isnull=False) & Q(approved_by__isnull=False)), name="an_approved_subsidy_has_a_second_person"),
            models.CheckConstraint(condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="who_proposes_a_subsidy_does_not_approve_it"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-proposed_on", "-id"], name="subsidies_by_day"),
            models.Index(fields=["county", "-proposed_on", "-id"], name="subsidies_of_a_county"),
            models.Index(fields=["union", "-proposed_on", "-id"], name="subsidies_of_a_union"),
        ]

    def __str__(self) -> str:
        return f"{self.aid} {self.agent}"

    def get_absolute_url(self) -> str:
        return reverse("rights:subsidy", args=[self.uuid])


class Consultation(models.Model):
    """Advice that ended as such: what was asked and answered, of how many people; nobody is named."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union that advised"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    on = models.DateField(_("day"))
    how = models.CharField(_("how it came"), max_length=7, choices=AdviceBy.choices)
    kind = models.CharField(_("applicant"), max_length=8, choices=AidKind.choices)
    matter = models.CharField(_("matter"), max_length=10, choices=AidMatter.choices)
    people = models.PositiveIntegerField(_("people"), default=1)
    asked = models.CharField(max_length=500)
    answered = models.CharField(max_length=1000)
    agent = models.ForeignKey(AidAgent, models.PROTECT, null=True, related_name="+")  # a lawyer who advised
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    void = models.BooleanField(_("void"), default=False)
    void_why = models.CharField(max_length=200, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="a_consultation_is_of_somebody"),
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_why=""), name="a_void_consultation_says_why"),
        ]
        indexes = [
            models.Index(fields=["-on", "-id"], name="consultations_by_day"),
            models.Index(fields=["county", "-on", "-id"], name="consultations_of_a_county"),
            models.Index(fields=["township", "-on", "-id"], name="consultations_of_a_townsh"),
            models.Index(fields=["union", "-on", "-id"], name="consultations_of_a_union"),
        ]

    def __str__(self) -> str:
        return f"{self.union} {self.on}"
