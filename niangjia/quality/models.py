"""What the register lacks, and when somebody last said that it is right."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.models import Membership
from niangjia.quality.enums import Group
from niangjia.unions.models import Union


class Gap(models.Model):
    """Something that is missing, out of date, doubled or impossible: from the day it was found to the day it was found put right."""

    scope: ClassVar[Scope] = Scope()
    goes_along: ClassVar[bool] = True  # nothing stands on it: an import that is undone takes it along

    check_code = models.CharField(_("what is not as it should be"), max_length=20)  # checks.py
    group = models.CharField(_("in which way"), max_length=10, choices=Group.choices)
    union = models.ForeignKey(Union, models.CASCADE, related_name="gaps", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.CASCADE, null=True, related_name="+")
    county = models.ForeignKey(Union, models.CASCADE, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="gaps")  # nobody's: it is the union's own
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)

    class Meta:
        verbose_name = _("gap in the register")
        verbose_name_plural = _("gaps in the register")
        constraints = [
            models.UniqueConstraint(fields=["check_code", "membership"], condition=Q(until=None, membership__isnull=False), name="a_gap_of_a_member_is_open_once"),
            models.UniqueConstraint(fields=["check_code", "union"], condition=Q(until=None, membership=None), name="a_gap_of_a_union_is_open_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="a_gap_ends_after_it_begins"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.check_code

    def get_absolute_url(self) -> str:
        return self.membership.get_absolute_url() if self.membership else self.union.get_absolute_url()


class Confirmation(models.Model):
    """A union's own people looked its register through on a day, and it was right as it stood."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="confirmations", verbose_name=_("union"))
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confirmation of a register")
        verbose_name_plural = _("confirmations of registers")
        constraints = [models.UniqueConstraint(fields=["union", "on"], name="a_register_is_confirmed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.union_id} {self.on}"
