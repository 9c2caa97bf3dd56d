"""Official papers with a number: gapless in each year and kind, and a voided number stays in the register."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from niangjia.files.models import Paper as Filed
from niangjia.kit.who import Scope
from niangjia.rights.models.aid import Aid
from niangjia.rights.models.disputes import Dispute
from niangjia.rights.models.events import Event
from niangjia.rights.models.redundancy import Redundancy
from niangjia.rights.models.supervision import Supervision
from niangjia.unions.models import Union


class Paper(models.Model):
    """A paper that left the house: which kind, under which number, about what."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=24)  # declared in `drawn`
    year = models.IntegerField()
    number = models.IntegerField()
    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, related_name="drawn")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="drawn")
    supervision = models.ForeignKey(Supervision, models.PROTECT, null=True, related_name="drawn")
    redundancy = models.ForeignKey(Redundancy, models.PROTECT, null=True, related_name="drawn")
    aid = models.ForeignKey(Aid, models.PROTECT, null=True, related_name="drawn")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")  # whose paper it is
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    word = models.ForeignKey(Filed, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(Filed, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    void_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_at = models.DateTimeField(null=True)
    void_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="a_number_once_a_year_and_kind"),
            models.CheckConstraint(condition=Q(number__gt=0), name="numbers_begin_with_one"),
            models.CheckConstraint(condition=Q(void_at=None) | ~Q(void_why=""), name="a_void_paper_says_why"),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="papers_by_day"),
            models.Index(fields=["county", "-at", "-id"], name="papers_of_a_county"),
            models.Index(fields=["township", "-at", "-id"], name="papers_of_a_township"),
            models.Index(fields=["union", "-at", "-id"], name="papers_of_a_union"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.number}"

    @property
    def subject(self) -> Dispute | Event | Supervision | Redundancy | Aid | None:
        """The case of which it was drawn up."""
        return self.dispute or self.event or self.supervision or self.redundancy or self.aid
