"""An export of people: what was asked, by whom and for what, who let it out, and whose rows it held. The record outlives the file."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.exports.enums import State
from niangjia.kit.exportable import EXPORTABLES
from niangjia.kit.who import Scope
from niangjia.unions.models import Union


class Export(models.Model):
    """One workbook of people, from the asking to the deleting."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    what = models.CharField(max_length=40)  # which list: a code of kit.exportable
    duty = models.CharField(max_length=20)  # the office that keeps the list
    union = models.ForeignKey(Union, models.PROTECT, related_name="exports", verbose_name=_("union"))  # in whose name it is asked
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_of = models.ForeignKey(Union, models.PROTECT, related_name="+")  # whose office answers
    asked_duty = models.CharField(max_length=20)
    query_sealed = models.BinaryField()  # the filters: what was searched may be somebody's name
    digest = models.BinaryField()  # the keyed hash of the whole question
    columns = models.JSONField(default=list)
    full = models.JSONField(default=list)  # of them those that are not covered
    purpose = models.CharField(max_length=200)
    why_full = models.CharField(max_length=200, blank=True)
    rows = models.IntegerField()  # when it was asked
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    done = models.IntegerField(default=0)  # progress
    written = models.IntegerField(null=True)  # rows that it really holds
    made_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(null=True)  # bytes of the workbook
    key_sealed = models.BinaryField(null=True)  # of the file; gone with it, and then no copy of the file can be read
    keep_until = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("export of people")
        verbose_name_plural = _("exports of people")
        constraints = [
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=models.F("by")), name="nobody_lets_out_her_own_export"),
            models.CheckConstraint(
                condition=~Q(state__in=["MAKING", "READY", "FAILED"]) | Q(decided_by__isnull=False), name="an_export_is_let_out_by_somebody"
            ),
            models.CheckConstraint(condition=~Q(state="GONE") | Q(key_sealed=None), name="what_is_deleted_cannot_be_read"),
            models.CheckConstraint(condition=~Q(state="READY") | Q(keep_until__isnull=False), name="what_is_ready_ends"),
            models.UniqueConstraint(fields=["by", "digest"], condition=Q(state="ASKED"), name="an_export_is_asked_for_once"),
        ]
        indexes = [
            models.Index(fields=["by", "-id"], name="exports_of_a_person"),
            models.Index(fields=["union", "-id"], name="exports_of_a_union"),
            models.Index(fields=["keep_until"], condition=Q(state__in=["READY", "FAILED"]), name="exports_to_delete"),
            models.Index(fields=["asked_at"], condition=Q(state="ASKED"), name="exports_waiting"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("exports:export", args=[self.uuid])

    @property
    def title(self) -> str:
        """What is taken away, in the reader's language."""
        return str(EXPORTABLES[self.what].title) if self.what in EXPORTABLES else self.what


class Held(models.Model):
    """Whose rows a workbook held, by the union where they stood: so that somebody can be told that hers was among them."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="held")
    thing = models.CharField(max_length=60)  # the label of the rows' model
    union_id = models.BigIntegerField()
    things = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [models.Index(fields=["union_id", "thing"], name="exports_that_held_a_union")]

    def __str__(self) -> str:
        return f"{self.export_id} {self.union_id}"
