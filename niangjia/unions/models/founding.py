"""A union is founded: from the clue that an employer has none, by its application, to the legal person."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.dates import day_of
from niangjia.kit.who import Scope
from niangjia.unions.enums import Founder, Kind, Source, Speaks, Ticked, Way
from niangjia.unions.models.tree import Employer, Union

DONE = ("REGISTERED", "REFUSED", "WITHDRAWN")  # nothing leads on from these


class Founding(models.Model):
    """One union on its way into being. Until its preparatory group is agreed to there is no union, only who is to have one."""

    scope: ClassVar[Scope] = Scope(union="at_id")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # JH-2026-000003
    at = models.ForeignKey(Union, models.PROTECT, related_name="foundings_below", verbose_name=_("under which union"))  # that decides
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=Way.choices, default=Way.CLUE)
    source = models.CharField(_("source of the clue"), max_length=8, choices=Source.choices)
    clue = models.CharField(max_length=500, blank=True)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="foundings")  # of a union of one unit, or of a project
    subject = models.CharField(max_length=80, blank=True)  # the village, area, trade or project that it is for, where no single employer is
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # The application, empty before it is handed in.
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(_("type"), max_length=2, choices=Kind.choices, blank=True)
    term_years = models.SmallIntegerField(null=True)
    employees = models.PositiveIntegerField(null=True)
    willing = models.PositiveIntegerField(null=True)  # employees who want to join
    applicant = models.CharField(max_length=60, blank=True)
    telephone = models.CharField(max_length=20, blank=True)  # of the office, as unions have one
    address = models.CharField(max_length=160, blank=True)
    founder = models.CharField(_("who founds it"), max_length=6, choices=Founder.choices, blank=True)
    founder_name = models.CharField(max_length=120, blank=True)
    party = models.CharField(max_length=300, blank=True)  # what the party organisation says; empty where there is none
    # What came of it.
    union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="foundings")
    grant_no = models.CharField(max_length=60, blank=True)
    granted_on = models.DateField(null=True)
    group_until = models.DateField(null=True)
    certificate_no = models.CharField(max_length=60, blank=True)
    registered_on = models.DateField(null=True)
    ticked = ArrayField(models.CharField(max_length=8, choices=Ticked.choices), default=list)

    class Meta:
        verbose_name = _("founding")
        verbose_name_plural = _("foundings")
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=~Q(state__in=["REGISTERED", "REFUSED", "WITHDRAWN"]), name="an_employer_is_followed_once"
            ),
            models.UniqueConstraint(
                fields=["at", "subject"], condition=Q(employer=None) & ~Q(state__in=["REGISTERED", "REFUSED", "WITHDRAWN"]), name="a_place_or_trade_is_followed_once"
            ),
            models.CheckConstraint(condition=Q(employer__isnull=False) | ~Q(subject=""), name="a_founding_is_for_something"),
            models.UniqueConstraint(fields=["union"], condition=Q(union__isnull=False), name="a_union_is_founded_once"),
            models.CheckConstraint(condition=Q(state__in=["CLUE", "WITHDRAWN"]) | ~Q(name="") & ~Q(kind=""), name="an_application_says_what_is_wanted"),
            models.CheckConstraint(
                condition=~Q(state__in=["GRANTED", "FOUNDED", "REGISTERED"]) | Q(union__isnull=False, granted_on__isnull=False) & ~Q(grant_no=""),
                name="what_is_granted_has_a_union_and_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="REGISTERED") | Q(registered_on__isnull=False) & ~Q(certificate_no=""), name="what_is_registered_has_a_certificate"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-made_at", "-id"], name="foundings_by_day")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("unions:founding", args=[self.uuid])

    @property
    def running(self) -> bool:
        """Whether it still leads somewhere."""
        return self.state not in DONE

    @property
    def whose(self) -> str:
        """What it is for: the village, area, trade or project, or else the employer."""
        return self.subject or (self.employer.name if self.employer else "")

    @property
    def reckoned_from(self) -> date:
        """From when the employer should have a union: its opening, or the day on which it was noticed."""
        return (self.employer.opened_on if self.employer else None) or day_of(self.made_at)


class FoundingUnit(models.Model):
    """A unit that a union of several is to cover; it is covered from the day on which the union is there."""

    founding = models.ForeignKey(Founding, models.CASCADE, related_name="units", verbose_name=_("founding"))
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+", verbose_name=_("employer"))

    class Meta:
        verbose_name = _("unit to be covered")
        verbose_name_plural = _("units to be covered")
        constraints = [models.UniqueConstraint(fields=["founding", "employer"], name="a_unit_is_written_once")]

    def __str__(self) -> str:
        return f"{self.founding_id} {self.employer_id}"


class Preparer(models.Model):
    """Somebody in a preparatory group."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    founding = models.ForeignKey(Founding, models.CASCADE, related_name="group")
    name = models.CharField(max_length=60)
    job = models.CharField(max_length=60, blank=True)
    speaks = models.CharField(_("speaks for"), max_length=8, choices=Speaks.choices, default=Speaks.WORKERS)
    head = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["founding"], condition=Q(head=True), name="a_group_has_one_head"),
            models.UniqueConstraint(fields=["founding", "name", "job"], name="nobody_is_twice_in_a_group"),
        ]

    def __str__(self) -> str:
        return self.name
