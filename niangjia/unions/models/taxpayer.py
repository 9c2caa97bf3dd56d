"""Firms as the tax side knows them, the lists in which they came, and from when to when each should have a union."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kit.who import Scope
from niangjia.unions.enums import Dropped, Mark, Owes, Spared, TaxState
from niangjia.unions.models.tree import Employer, Union


class TaxList(models.Model):
    """One list of the tax side: looked through first, then taken in; the file as it was sent is kept."""

    class State(models.TextChoices):
        """How far it is."""

        READING = "READING", pgettext_lazy("list of firms", "Being looked through")
        FAILED = "FAILED", pgettext_lazy("list of firms", "Could not be read")
        CHECKED = "CHECKED", pgettext_lazy("list of firms", "Looked through")
        TAKING = "TAKING", pgettext_lazy("list of firms", "Being taken in")
        TAKEN = "TAKEN", pgettext_lazy("list of firms", "Taken in")
        DROPPED = "DROPPED", _("Put away")

    scope: ClassVar[Scope] = Scope(union="at_id")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.ForeignKey(Union, models.PROTECT, related_name="tax_lists")  # the county or the city whose list it is
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.READING)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    rows = models.IntegerField(default=0)
    fresh = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    older = models.IntegerField(default=0)  # of a day before the one that we hold
    bad = models.IntegerField(default=0)
    whole = models.BooleanField(default=False)  # it holds every firm of its place: who is not in it has dropped off
    gone = models.IntegerField(default=0)  # firms that we hold there and that a whole list lacks
    said = models.CharField(max_length=300, blank=True)  # why it could not be read
    told = models.JSONField(default=list)  # the first bad rows: sheet, row, field, fault, what stood there

    class Meta:
        verbose_name = _("list from the tax side")
        verbose_name_plural = _("lists from the tax side")
        constraints = [
            models.CheckConstraint(condition=~Q(state="TAKEN") | Q(taken_at__isnull=False), name="a_list_taken_in_has_a_moment"),
        ]
        indexes = [models.Index(fields=["-made_at", "-id"], name="tax_lists_by_day")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("unions:tax_list", args=[self.uuid])

    @property
    def working(self) -> bool:
        """Whether the house still reads it."""
        return self.state in (self.State.READING, self.State.TAKING)


class Taxpayer(models.Model):
    """A unit that pays taxes, as the tax side last told; and which employer of ours it is."""

    scope: ClassVar[Scope] = Scope(union="at_id")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.ForeignKey(Union, models.PROTECT, related_name="taxpayers", verbose_name=_("union"))  # the federation of its place
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=30, unique=True)  # 登记序号
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    state = models.CharField(_("state with the tax office"), max_length=6, choices=TaxState.choices)
    office = models.CharField(max_length=120, blank=True)
    employees = models.PositiveIntegerField()  # by the tax declaration
    opened_on = models.DateField(null=True)
    place_code = models.CharField(max_length=12, blank=True)  # as the tax side writes it
    mark = models.CharField(_("mark of the tax side"), max_length=1, choices=Mark.choices, blank=True, default="")
    synced_on = models.DateField()  # the day for which the tax side speaks
    first_on = models.DateField()  # the first day for which it spoke of this firm
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="taxpayers", verbose_name=_("employer"))
    likely = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")  # of the same name, until somebody says so
    denied = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")  # of the same name, and another one
    dropped = models.CharField(_("dropped off the list"), max_length=6, choices=Dropped.choices, blank=True, default="")
    dropped_on = models.DateField(null=True)  # the day of the list that lacked it
    spared = models.CharField(_("excused"), max_length=9, choices=Spared.choices, blank=True, default="")
    spared_why = models.CharField(max_length=300, blank=True)
    spared_on = models.DateField(null=True)
    spared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    owes = models.CharField(_("unionisation"), max_length=8, choices=Owes.choices, default=Owes.NOTHING)  # as its last spell says

    class Meta:
        verbose_name = _("taxpayer")
        verbose_name_plural = _("taxpayers")
        constraints = [
            models.CheckConstraint(condition=Q(spared="", spared_on=None) | ~Q(spared="") & Q(spared_on__isnull=False), name="who_is_excused_is_so_since_a_day"),
            models.CheckConstraint(condition=Q(dropped="", dropped_on=None) | ~Q(dropped="") & Q(dropped_on__isnull=False), name="who_dropped_off_did_so_on_a_day"),
            models.CheckConstraint(condition=Q(likely=None) | Q(employer=None), name="a_firm_is_likely_one_until_it_is_known"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-employees", "-id"], name="taxpayers_by_size"),
            models.Index(fields=["owes", "-employees", "-id"], name="taxpayers_that_owe"),
            models.Index(fields=["county", "owes", "-employees", "-id"], name="taxpayers_of_a_county"),
            models.Index(fields=["township", "owes", "-employees", "-id"], name="taxpayers_of_a_township"),
            models.Index(fields=["uscc"], condition=~Q(uscc=""), name="taxpayers_by_code"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("unions:taxpayer", args=[self.uuid])


class Spell(models.Model):
    """From a day to a day a firm should have a union; and whether in these days it had one."""

    taxpayer = models.ForeignKey(Taxpayer, models.CASCADE, related_name="spells", verbose_name=_("taxpayer"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    united = models.BooleanField(_("has a union"))

    class Meta:
        verbose_name = _("spell of a firm that should have a union")
        verbose_name_plural = _("spells of firms that should have a union")
        constraints = [
            models.UniqueConstraint(fields=["taxpayer"], condition=Q(until=None), name="one_spell_of_a_firm_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="a_spell_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.taxpayer_id} {self.since}"
