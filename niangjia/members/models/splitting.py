"""Who goes where when her union is split, where that is not said by the unit in which she works."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.members.models.register import Membership
from niangjia.unions.models import Split, SplitPart


class Going(models.Model):
    """One member of a union that is split, by name: she goes to a part, or stays. Whoever has no row goes with the unit in which she works."""

    split = models.ForeignKey(Split, models.CASCADE, related_name="goings")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="goings")
    part = models.ForeignKey(SplitPart, models.CASCADE, null=True, related_name="goings")  # none: she stays

    class Meta:
        verbose_name = _("member who goes to a part")
        verbose_name_plural = _("members who go to a part")
        constraints = [models.UniqueConstraint(fields=["split", "membership"], name="a_member_goes_one_way")]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.part_id}"
