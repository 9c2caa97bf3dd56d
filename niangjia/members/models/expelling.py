"""Somebody is to be expelled: proposed by her group, decided by the committee on paper, filed by the union above."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import Expelling
from niangjia.members.models.register import Membership
from niangjia.unions.models import Union


class Expulsion(models.Model):
    """One proposal. Nobody is expelled without a judgment, a proposal of her group and a decision of the committee (Charter, art. 6)."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="expulsions", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="expulsions")
    name = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=8, choices=Expelling.choices, default=Expelling.PROPOSED)
    group = models.CharField(max_length=60)  # which union group discussed it
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    judgment = models.CharField(max_length=120)  # of which court, and its number
    opinion = models.CharField(max_length=500)  # what the group proposes, and what she said to it
    decided_on = models.DateField(_("decided on"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=60, blank=True)  # of the committee's decision
    filed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("expulsion")
        verbose_name_plural = _("expulsions")
        constraints = [
            models.UniqueConstraint(fields=["membership"], condition=Q(state="PROPOSED"), name="somebody_is_to_be_expelled_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["DECIDED", "FILED"]) | (Q(decided_on__isnull=False, decided_by__isnull=False) & ~Q(paper="")),
                name="nobody_is_expelled_without_a_paper",
            ),
            models.CheckConstraint(condition=Q(state="FILED") | Q(filed_on=None), name="what_is_filed_was_decided"),
        ]
        indexes = [models.Index(fields=["-proposed_on", "-id"], name="expulsions_by_day")]

    def __str__(self) -> str:
        return self.name or str(_("no. %(n)d") % {"n": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("members:expulsion", args=[self.uuid])

    @property
    def above(self) -> Union:
        """The union that takes it on file: the next one above."""
        return self.union.parent or self.union

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"PROPOSED": "open", "DECIDED": "doing", "FILED": "done"}.get(self.state, "stop")
