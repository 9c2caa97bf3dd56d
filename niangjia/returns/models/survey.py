"""The survey of a grassroots union: one union, one statistical year; what the books hold of it, and what it says itself."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.returns.enums import Look
from niangjia.unions.models import Union


class Survey(models.Model):
    """What one grassroots union comes to in a year. Its values are the books' answers, never typed; its answers are what no record holds."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="surveys", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))  # in which the statistical year ends
    opens = models.DateField()  # its first day
    as_of = models.DateField(_("as of"))  # its last
    posting = models.BigIntegerField()  # the state of knowledge in which it was filled in
    values = models.JSONField(default=dict)  # by line, from the books
    answers = models.JSONField(default=dict)  # by line, from records and the year before, or said by the union
    before = models.JSONField(default=dict)  # last year's, of both
    state = models.CharField(_("state"), max_length=9, choices=Look.choices, default=Look.OPEN)

    class Meta:
        verbose_name = _("survey of a grassroots union")
        verbose_name_plural = _("surveys of grassroots unions")
        constraints = [models.UniqueConstraint(fields=["union", "year"], name="one_survey_a_year")]
        indexes = [
            models.Index(fields=["-year", "union"], name="surveys_by_year"),
            models.Index(fields=["year", "township"], condition=Q(state="OPEN"), name="surveys_that_are_missing"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("returns:survey", args=[self.uuid])

    @property
    def reference(self) -> str:
        """By what it is named: the union's own number and the year."""
        return f"DC-{self.year}-{self.union.code}"
