"""A list from elsewhere laid beside ours; what differs, record by record; what was decided, and what was before."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.models import Batch, Membership, Person
from niangjia.reconcile.enums import Cause, Kind, Of, Source, Stand, State, Turn
from niangjia.unions.models import Union


class Comparison(models.Model):
    """One act of laying a list beside ours: the file as sent, the day for which it speaks, and how far it has come."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # DZ-2026-000003
    union = models.ForeignKey(Union, models.PROTECT, related_name="comparisons", verbose_name=_("union"))  # whose register
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    of = models.CharField(_("list of"), max_length=7, choices=Of.choices)
    source = models.CharField(_("from"), max_length=8, choices=Source.choices)
    as_of = models.DateField(_("as of"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.READING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)  # in niangjia.files
    rows = models.IntegerField(default=0)  # of their list
    bad = models.IntegerField(default=0)
    done = models.IntegerField(default=0)  # progress
    ours = models.IntegerField(default=0)  # records of our register on the day
    same = models.IntegerField(default=0)  # that agree in all that was compared
    differ = models.IntegerField(default=0)  # differences found in this list, decided before or not
    open_then = models.IntegerField(default=0)  # of them those that were open when it had been read: the line through the months
    found = models.JSONField(default=dict)  # the sheets and their columns, what was passed over, the first bad rows, covered
    said = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="comparisons_by_day"),
            models.Index(fields=["union", "of", "source", "-as_of"], name="comparisons_of_a_register"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("reconcile:comparison", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"READING": "doing", "OPEN": "open", "CLOSED": "done", "FOLLOWED": "moved", "FAILED": "late"}.get(self.state, "stop")


class Decision(models.Model):
    """What somebody decided about one difference, or about many by a rule; done in pieces, and taken back as a whole."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="decisions")
    way = models.CharField(max_length=6, choices=[(s.value, s.label) for s in (Stand.OURS, Stand.THEIRS, Stand.BOTH)])
    rule = models.CharField(max_length=30, blank=True)  # empty: one by one
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    turn = models.CharField(max_length=7, choices=Turn.choices, default=Turn.DOING)
    many = models.IntegerField(default=0)  # differences it was to decide
    done = models.IntegerField(default=0)  # that it has decided
    left = models.IntegerField(default=0)  # that could not be done, with the sentence on each
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")  # the roster made of what only they had
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["comparison", "-at", "-id"], name="decisions_of_a_comparison")]
        constraints = [
            models.CheckConstraint(
                condition=Q(turn="UNDONE", undone_at__isnull=False) | ~Q(turn="UNDONE"), name="what_is_taken_back_says_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule or self.way} {self.at:%Y-%m-%d}"


class Difference(models.Model):
    """One record, or one field of it, in which both sides differ. The next list of the same register finds it again by its key."""

    scope: ClassVar[Scope] = Scope()
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="differences", db_index=False)  # the last list that showed it
    first = models.ForeignKey(Comparison, models.CASCADE, related_name="+")  # the first one
    top = models.ForeignKey(Union, models.PROTECT, related_name="+")  # whose register: with of, source and key its identity
    of = models.CharField(max_length=7, choices=Of.choices)
    source = models.CharField(_("from"), max_length=8, choices=Source.choices)
    key = models.BinaryField()  # keyed hash of the kind, the field and the pair of records
    digest = models.BinaryField()  # keyed hash of both values: other values are another question
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name=_("union"))  # where the record stands
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind of difference"), max_length=12, choices=Kind.choices)
    field = models.CharField(max_length=12, blank=True)
    cause = models.CharField(_("cause"), max_length=14, choices=Cause.choices, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # the union that a list of unions speaks of
    their_union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    sheet = models.CharField(max_length=60, blank=True)
    row = models.IntegerField(null=True)
    ours_sealed = models.BinaryField(null=True)  # our record as it was laid beside theirs
    theirs_sealed = models.BinaryField(null=True)
    weight = models.SmallIntegerField(default=0)  # what it adds to our count over theirs: 1, -1, or nothing
    state = models.CharField(_("state"), max_length=6, choices=Stand.choices, default=Stand.OPEN)
    found_on = models.DateField()
    settled_on = models.DateField(null=True)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, related_name="differences")
    said = models.CharField(max_length=300, blank=True)  # why it could not be done, or how it was explained

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            models.UniqueConstraint(fields=["top", "of", "source", "key"], name="a_difference_is_known_again"),
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_on=None) | (~Q(state="OPEN") & Q(settled_on__isnull=False)),
                name="what_is_settled_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["comparison", "kind", "field", "id"], name="differences_of_a_kind"),
            models.Index(fields=["comparison", "union"], name="differences_of_a_union"),
        ]

    def __str__(self) -> str:
        return f"{self.comparison.reference} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("reconcile:difference", args=[self.comparison.uuid, self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"OPEN": "open", "GONE": "stop"}.get(self.state, "done")


class Before(models.Model):
    """What taking theirs has written over, so that the decision can be taken back."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="befores")
    difference = models.OneToOneField(Difference, models.CASCADE, related_name="before")
    was_sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.decision_id} {self.difference_id}"


class Return(models.Model):
    """What a union's telephone return says of one figure on the day, beside ours."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="returns", db_index=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    figure = models.CharField(max_length=40)
    theirs = models.IntegerField()
    ours = models.IntegerField()
    row = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "union", "figure"], name="a_union_returns_a_figure_once")]

    def __str__(self) -> str:
        return f"{self.union_id} {self.figure}"
