"""Imports of organisation sheets: the file as sent, its rows with what people wrote over them, and what was before."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.who import Scope
from niangjia.unions.models.tree import Union


class SheetImport(models.Model):
    """One import of an organisation sheet: looked through, taken over, perhaps taken back."""

    class State(models.TextChoices):
        """How far it is."""

        CHECKING = "CHECKING", pgettext_lazy("a sheet", "Being looked through")
        CHECKED = "CHECKED", pgettext_lazy("a sheet", "To be looked through")
        TAKING = "TAKING", pgettext_lazy("a sheet", "Being taken over")
        DONE = "DONE", pgettext_lazy("a sheet", "Taken over")
        UNDOING = "UNDOING", pgettext_lazy("a sheet", "Being taken back")
        UNDONE = "UNDONE", pgettext_lazy("a sheet", "Taken back")
        FAILED = "FAILED", pgettext_lazy("a sheet", "Not readable")
        DROPPED = "DROPPED", pgettext_lazy("a sheet", "Dropped")

    scope: ClassVar[Scope] = Scope(union="at_id")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.ForeignKey(Union, models.PROTECT, related_name="sheet_imports")  # the federation for which it is read
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.CHECKING)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # in niangjia.files
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    whole = models.BooleanField(default=False)  # all rows or none: while one is bad and not left out, nothing is taken over
    said = models.CharField(max_length=300, blank=True)  # what went wrong with the whole file
    mapping = models.JSONField(default=dict)  # the sheets: head row, columns, what was skipped
    look = models.JSONField(default=list)  # what its sheets look like, covered
    choice = models.JSONField(default=dict)  # how a person wants this file read, by the sheet's number
    rows = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    bad = models.IntegerField(default=0)
    found = models.JSONField(default=dict)  # how many rows are new, change, stay
    read_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("import of an organisation sheet")
        verbose_name_plural = _("imports of organisation sheets")
        constraints = [
            models.CheckConstraint(condition=~Q(state="DONE") | Q(taken_at__isnull=False), name="a_sheet_taken_over_has_a_moment")
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="sheet_imports_by_day")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("unions:sheet_import", args=[self.uuid])

    @property
    def working(self) -> bool:
        """Whether the house is at it."""
        return self.state in (self.State.CHECKING, self.State.TAKING, self.State.UNDOING)

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"CHECKED": "open", "DONE": "done", "UNDONE": "stop", "DROPPED": "stop", "FAILED": "late"}.get(self.state, "doing")


class SheetRow(models.Model):
    """A row of an organisation sheet: its cells as they were sent, what was written over them, how it was judged, and what it did."""

    class Kept(models.TextChoices):
        """Why taking an import back left what it did."""

        EDITED = "EDITED", _("was corrected since")
        MOVED = "MOVED", _("has moved on since")
        BUILT = "BUILT", _("other records stand on it")

    batch = models.ForeignKey(SheetImport, models.CASCADE, related_name="lines", db_index=False)
    sheet = models.IntegerField()  # its number
    row = models.IntegerField()
    cells = models.JSONField()  # as they were sent, made clean
    over = models.JSONField(default=dict)  # by field: what somebody wrote over them; the file as sent is never changed
    over_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    over_at = models.DateTimeField(null=True)
    faults = models.JSONField(default=list)  # field, code, what is shown
    codes = ArrayField(models.CharField(max_length=30), default=list)  # of its faults; none: the row is right
    verdict = models.CharField(max_length=8, blank=True)  # new, change, same
    changes = models.JSONField(default=dict)  # by field: what the register has, and what the row says
    out = models.BooleanField(default=False)  # somebody leaves it out
    taken = models.BooleanField(default=False)  # it is in the register
    turn = models.IntegerField(default=1)  # counts its changes: two people who correct one row at once are told
    union = models.ForeignKey(Union, models.SET_NULL, null=True, related_name="+")  # that it made or changed
    made = models.JSONField(default=dict)  # the numbers of what it made: union, employer, cover
    before = models.JSONField(default=dict)  # of what it changed, by thing and column: what was, and what it wrote
    kept = models.CharField(max_length=6, choices=Kept.choices, blank=True)  # taking it back left this

    goes_along = True  # it is noted of a union, and holds nothing up

    class Meta:
        verbose_name = _("row of an organisation sheet")
        verbose_name_plural = _("rows of organisation sheets")
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "row"], name="a_row_of_a_sheet_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"

    @property
    def now(self) -> dict[str, str]:
        """Its cells, with what was written over them."""
        return {**self.cells, **self.over}


class SheetHabit(models.Model):
    """How the sheets of a sender are read, as somebody chose: known again by the words of their heads."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="+", db_index=False)
    heads = models.CharField(max_length=64)  # their digest
    columns = models.JSONField()  # field: number of the column
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union", "heads"], name="heads_of_a_sheet_are_read_one_way")]

    def __str__(self) -> str:
        return self.heads[:12]
