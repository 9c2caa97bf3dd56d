"""Who has paid no dues and taken part in nothing for long: found by the house, talked to and decided on by people."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import Lapsing
from niangjia.members.models.register import Membership
from niangjia.unions.models import Union


class Lapse(models.Model):
    """Somebody who might be deemed to have left. Nothing happens to her membership before a person has talked with her and decided."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="lapses", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="lapses")
    name = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=6, choices=Lapsing.choices, default=Lapsing.FOUND)
    found_on = models.DateField()
    unpaid_since = models.DateField()  # the first month without dues
    talked_on = models.DateField(null=True)
    talked_by = models.CharField(max_length=60, blank=True)  # whoever sat with her; she may have no account
    talk = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("candidate for a deemed exit")
        verbose_name_plural = _("candidates for a deemed exit")
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(state__in=["FOUND", "TALKED"]), name="somebody_lapses_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["TALKED", "LEFT"]) | (Q(talked_on__isnull=False) & ~Q(talked_by="")), name="nobody_lapses_unheard"
            ),
        ]
        indexes = [models.Index(fields=["-found_on", "-id"], name="lapses_by_day")]

    def __str__(self) -> str:
        return self.name or str(_("no. %(n)d") % {"n": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("members:lapse", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"FOUND": "open", "TALKED": "doing", "LEFT": "stop", "OVER": "stop"}.get(self.state, "done")
