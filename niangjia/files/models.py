"""Documents, stored once by their content; a paper says what a document is for."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from niangjia.kit.who import Scope


class Document(models.Model):
    """The bytes of a file, once: known by their digest, checked by type and size."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256, in hexadecimal
    size = models.BigIntegerField()  # bytes
    media = models.CharField(max_length=100)  # found in the bytes, not believed from the name
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class Paper(models.Model):
    """A document on a thing: under which name, for which purpose, by whom; it may be taken off, and the line stays."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=60)  # the label of the thing's model
    thing_id = models.BigIntegerField()
    union_id = models.BigIntegerField()  # the scope of the thing, stored
    township_id = models.BigIntegerField(null=True)
    county_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    gone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "thing_id"], name="papers_of_a_thing")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:paper", args=[self.uuid])
