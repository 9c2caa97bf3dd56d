"""Imports of rosters: the file as sent, its bad rows, what was written over them, and what was before."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.models.register import Membership, Person
from niangjia.unions.models import Union


class Batch(models.Model):
    """One import of a roster: the file as sent, what was found in it, what was taken over, and whether it was undone."""

    scope: ClassVar[Scope] = Scope()

    class State(models.TextChoices):
        """What an import is at."""

        CHECKING = "CHECKING", _("Being checked")
        CHECKED = "CHECKED", _("To be looked through")
        TAKING = "TAKING", _("Being taken over")
        DONE = "DONE", _("Taken over")
        UNDOING = "UNDOING", _("Being taken back")
        UNDONE = "UNDONE", _("Taken back")
        FAILED = "FAILED", _("Not readable")
        DROPPED = "DROPPED", _("Dropped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.PROTECT, related_name="batches")
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKING)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)  # in niangjia.files
    mapping = models.JSONField(default=dict)  # the sheets: head row, columns, what was skipped
    found = models.JSONField(default=dict)  # how many are new, join, change, stay; the first rows, masked
    second = models.BooleanField(default=False)  # members elsewhere are taken as second memberships, which count nowhere
    whole = models.BooleanField(default=False)  # all rows or none: while one is bad and not left out, nothing is taken over
    rows = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    bad = models.IntegerField(default=0)
    same = models.IntegerField(default=0)  # already there, nothing to change
    done = models.IntegerField(default=0)  # progress
    said = models.CharField(max_length=300, blank=True)  # what went wrong with the whole file
    choice = models.JSONField(
        default=dict
    )  # how a person wants this file read: by the sheet's number its head row and columns, or that it is skipped
    look = models.JSONField(
        default=list
    )  # what its sheets look like, covered: rows at the top, what stands in each column, what is proposed
    read_at = models.DateTimeField(null=True)  # when its rows were last judged; what is kept of the bad ones goes thirty days after
    taken_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["union", "-made_at"], name="batches_of_a_union")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("members:batch", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"CHECKED": "open", "DONE": "done", "UNDONE": "stop", "DROPPED": "stop", "FAILED": "late"}.get(self.state, "doing")


class Fault(models.Model):
    """What is wrong with one cell of a file; kept so that the error workbook can be written at any time."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="faults")
    sheet = models.CharField(max_length=60, blank=True)
    row = models.IntegerField()
    column = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=30)
    value = models.CharField(max_length=120, blank=True)  # masked where it is personal
    number = models.IntegerField(default=0)  # of the sheet
    field = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "row"], name="faults_of_a_batch")]

    def __str__(self) -> str:
        return f"{self.row} {self.column} {self.code}"


class Line(models.Model):
    """A row of a roster that is bad, or was and has been corrected: its cells as they were read, sealed, and how it was last judged."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines", db_index=False)
    sheet = models.IntegerField()  # its number
    row = models.IntegerField()
    cells_sealed = models.BinaryField()
    codes = ArrayField(models.CharField(max_length=30), default=list)  # its faults; none: the row is right
    verdict = models.CharField(max_length=8, blank=True)  # what taking a right row over will do
    id_hash = models.BinaryField(null=True)
    out = models.BooleanField(default=False)  # somebody leaves it out
    taken = models.BooleanField(default=False)  # it is in the register
    turn = models.IntegerField(default=1)  # counts its changes: two people who correct one row at once are told

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "row"], name="a_row_of_a_file_is_kept_once")]
        indexes = [models.Index(fields=["batch", "id_hash"], condition=Q(id_hash__isnull=False), name="lines_by_number")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"


class Correction(models.Model):
    """What somebody wrote over a cell of a roster, or that she leaves the row out; the file as sent is never changed."""

    class How(models.TextChoices):
        """How it came."""

        TYPED = "TYPED", _("typed")
        CONFIRMED = "FOUND", _("confirmed as somebody of the register")
        ALL = "ALL", _("with all rows that said the same")
        OUT = "OUT", _("not taken")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="corrections", db_index=False)
    sheet = models.IntegerField()
    row = models.IntegerField()
    field = models.CharField(max_length=12, blank=True)  # empty where the whole row is left out
    text = models.CharField(max_length=200, blank=True)
    sealed = models.BinaryField(null=True)  # instead of the text, where it is an identity number or a phone
    how = models.CharField(max_length=5, choices=How.choices, default=How.TYPED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "row", "field"], condition=Q(undone_at=None), name="a_cell_has_one_correction_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(field__in=["id", "phone"]) | Q(text="", sealed__isnull=False), name="numbers_in_corrections_are_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row} {self.field}"


class Seen(models.Model):
    """The identity numbers of the good rows of a file, as parts of their keyed hashes in order, each with its place: found are those twice."""

    batch = models.OneToOneField(Batch, models.CASCADE, primary_key=True, related_name="seen")
    hashes = models.BinaryField()
    places = models.BinaryField()

    def __str__(self) -> str:
        return str(self.batch_id)


class Habit(models.Model):
    """How the rosters of a sender are read, as somebody chose: known again by the words of their heads."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="+", db_index=False)
    heads = models.CharField(max_length=64)  # their digest
    columns = models.JSONField()  # field: number of the column
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union", "heads"], name="heads_are_read_one_way")]

    def __str__(self) -> str:
        return self.heads[:12]


class Before(models.Model):
    """What a membership or person was before an import changed it, so that the import can be undone."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="befores")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    facts = models.JSONField()  # sealed values stay sealed
    made = models.BooleanField(default=False)  # the import made it: undoing takes it away

    def __str__(self) -> str:
        return f"{self.batch_id} {self.person_id}"


class Kept(models.Model):
    """What an import brought or changed, and its undoing left as it is, because people have worked on it since."""

    class Why(models.TextChoices):
        """What was done since."""

        EDITED = "EDITED", _("was corrected")
        MOVED = "MOVED", _("the membership has moved on")
        BUILT = "BUILT", _("other records stand on it")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="kept")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    why = models.CharField(max_length=6, choices=Why.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "membership"], name="a_membership_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.membership_id} {self.why}"
