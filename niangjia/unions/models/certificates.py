"""What becomes of the certificate of a union's legal person: issued anew, replaced, cancelled."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.unions.enums_life import Certified
from niangjia.unions.models.tree import Union


class Certification(models.Model):
    """One act of the office that registers legal persons of unions (measures of 2020); the paper lies on it."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="certifications", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=9, choices=Certified.choices)
    on = models.DateField()
    old_no = models.CharField(max_length=60, blank=True)
    old_until = models.DateField(null=True)
    certificate_no = models.CharField(max_length=60, blank=True)
    until = models.DateField(null=True)
    notice = models.CharField(max_length=200, blank=True)  # of a certificate that was lost: where and when that was made public
    why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("act on a certificate")
        verbose_name_plural = _("acts on certificates")
        constraints = [
            models.CheckConstraint(condition=~Q(what="LOST") | ~Q(notice=""), name="a_lost_certificate_is_made_public"),
            models.CheckConstraint(
                condition=Q(what="CANCELLED", certificate_no="") & ~Q(why="")
                | ~Q(what="CANCELLED") & ~Q(certificate_no="") & Q(until__isnull=False),
                name="a_certificate_is_issued_or_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.what} {self.on}"
