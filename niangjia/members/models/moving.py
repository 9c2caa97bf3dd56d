"""A union says that somebody is its own now, and asks the one in which she stands to send her."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import Wanted
from niangjia.members.models.register import Membership
from niangjia.unions.models import Union


class Request(models.Model):
    """She works here now: asked by the union that receives, answered by the one that sends. It stands at the union that asks."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="requests", verbose_name=_("union that asks"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union in which she stands"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="requests")
    state = models.CharField(_("state"), max_length=9, choices=Wanted.choices, default=Wanted.ASKED)
    name = models.CharField(max_length=60)  # as it was typed, and found
    why = models.CharField(max_length=200)
    answer = models.CharField(max_length=500, blank=True)  # why she was not sent, as the union that asked reads it
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("request for a transfer")
        verbose_name_plural = _("requests for transfers")
        constraints = [
            models.UniqueConstraint(fields=["membership", "union"], condition=Q(state="ASKED"), name="a_union_asks_once_for_somebody"),
            models.CheckConstraint(condition=~Q(union=models.F("source")), name="nobody_is_asked_of_her_own_union"),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="requests_by_day"),
            models.Index(fields=["source"], condition=Q(state="ASKED"), name="requests_to_answer"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("no. %(n)d") % {"n": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("members:request", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"ASKED": "open", "GIVEN": "done"}.get(self.state, "stop")
