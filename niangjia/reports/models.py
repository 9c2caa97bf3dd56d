"""Reviews: prose whose figures are counted, its edits, who signed it, and what was published, once and for good."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from niangjia.kit.periods import Period, parse
from niangjia.kit.who import Scope
from niangjia.reports.enums import Language, Role, State
from niangjia.unions.models import Union


def written_once() -> list[pgtrigger.Trigger]:
    """The guard of rows that are never changed."""
    return [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]


class Review(models.Model):
    """A document of a union about a period. Its text is in its edits; `current` numbers the last of them."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.SlugField(max_length=60, unique=True)  # stands in its address
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ZH)  # the one that is signed; another translates
    period = models.CharField(max_length=40)  # as kit.periods writes it; a figure without a period of its own is asked for this one
    union = models.ForeignKey(Union, models.PROTECT, related_name="reviews")
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    outline = models.JSONField(default=list)  # the headings of the present text: level, words, figures below
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    current = models.PositiveIntegerField(default=0)
    round = models.PositiveIntegerField(default=1)  # a withdrawal begins another, with signatures of its own
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["union", "-made_at"], name="reviews_of_a_union")]

    def __str__(self) -> str:
        return self.title_zh

    def get_absolute_url(self) -> str:
        return reverse("reports:review", args=[self.name])

    @property
    def span(self) -> Period:
        """The period that it is about."""
        return parse(self.period)

    def title(self, language: str) -> str:
        """Its title in a language, else in Chinese."""
        return self.title_en if language.startswith("en") and self.title_en else self.title_zh


class ReviewEdit(models.Model):
    """One saved text. Written once: the draft before is always there to go back to."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=Language.choices)
    text = models.TextField()
    digest = models.CharField(max_length=64)  # of its canonical bytes
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="an_edit_has_its_number")]
        triggers = written_once()

    def __str__(self) -> str:
        return f"{self.review_id} {self.number}"


class Signature(models.Model):
    """Somebody answers for a text and its figures, as they stood when she signed."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="signatures")
    round = models.PositiveIntegerField()
    role = models.CharField(max_length=6, choices=Role.choices)
    number = models.PositiveIntegerField()  # the edit that was read
    posting = models.BigIntegerField()  # the state of knowledge in which its figures were read
    digest = models.CharField(max_length=64)  # of the canonical documents: text, figures, values
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "round", "role"], name="one_signature_of_a_role"),
            models.UniqueConstraint(fields=["review", "round", "by"], name="two_signatures_of_two_people"),
        ]
        triggers = written_once()

    def __str__(self) -> str:
        return f"{self.review_id} {self.role}"


class Publication(models.Model):
    """A review as it went out: the state of knowledge, the canonical documents, the values, and one root over them. Never changed."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    posting = models.BigIntegerField()
    root = models.CharField(max_length=64)  # over the frozen figures and the chain of the books
    digest = models.CharField(max_length=64)  # of the documents: the same records give the same, in any database
    edits = models.JSONField()  # the number of the edit, by language
    documents = models.JSONField()  # by language
    values = models.JSONField()  # every fact as it was printed, with the number of its freeze
    freezes = ArrayField(models.BigIntegerField(), default=list)
    signed = models.BigIntegerField(null=True)  # the books' own record of this document
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="a_publication_has_its_number")]
        triggers = written_once()

    def __str__(self) -> str:
        return f"{self.review_id} {self.number}"
