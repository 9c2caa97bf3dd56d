"""Two people of the register who may be one."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import Alike, Why
from niangjia.members.models.register import Person
from niangjia.unions.models import Union


class Likeness(models.Model):
    """Found by the house, judged by a person: merged, which can be undone for some weeks, or told apart for good."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union"))  # the lowest that stands over both
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    why = models.CharField(max_length=5, choices=Why.choices)
    state = models.CharField(_("state"), max_length=6, choices=Alike.choices, default=Alike.FOUND)
    found_on = models.DateField()
    kept = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    moved = models.JSONField(default=dict)  # what the merging moved, by table and column: the numbers of the rows
    merged_at = models.DateTimeField(null=True)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_people_are_compared_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_has_one_order"),
            models.CheckConstraint(
                condition=~Q(state="MERGED") | Q(kept__isnull=False, merged_at__isnull=False, merged_by__isnull=False),
                name="a_merger_says_who_is_kept",
            ),
        ]
        indexes = [models.Index(fields=["-found_on", "-id"], name="likenesses_by_day")]

    def __str__(self) -> str:
        return self.name or str(_("no. %(n)d") % {"n": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("members:likeness", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"FOUND": "open", "MERGED": "done"}.get(self.state, "stop")
