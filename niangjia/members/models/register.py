"""People, once each, and their memberships: a row for each spell in a union, so that any day can be counted."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import NEW_FORMS, Ending, How, Paper, Reason, Sex, Standing, State, Work
from niangjia.unions.models import Employer, Union


class Person(models.Model):
    """Somebody, once: known by the keyed hash of the identity number; the number itself is sealed."""

    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True  # what it is called is somebody's name: no list of figures takes that away

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    born_on = models.DateField(null=True)
    paper = models.CharField(max_length=10, choices=Paper.choices, default=Paper.ID)
    id_sealed = models.BinaryField(null=True)
    id_hash = models.BinaryField(unique=True, null=True)
    id_tail_hash = models.BinaryField(null=True)  # keyed hash of the last four, for search
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    phone_tail_hash = models.BinaryField(null=True)
    tail_due = models.BooleanField(
        default=False, db_default=False
    )  # her phone was changed: the next sign-in by it asks for the end of her number
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="person")
    batch = models.ForeignKey("Batch", models.PROTECT, null=True, related_name="people", db_index=False)  # the import that made her known
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+"
    )  # she was merged into this one; her number still finds her
    erased_at = models.DateTimeField(null=True)  # the person goes, the count stays

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None, id_sealed__isnull=False, id_hash__isnull=False) & ~Q(name="")
                | Q(
                    erased_at__isnull=False,
                    name="",
                    born_on=None,
                    id_sealed=None,
                    id_hash=None,
                    id_tail_hash=None,
                    phone_sealed=None,
                    phone_hash=None,
                    phone_tail_hash=None,
                    user=None,
                ),
                name="a_person_is_whole_or_erased",
            )
        ]
        indexes = [
            models.Index(fields=["phone_hash"], name="people_by_phone"),
            models.Index(fields=["phone_tail_hash"], name="people_by_phone_tail"),
            models.Index(fields=["id_tail_hash"], name="people_by_id_tail"),
            models.Index(fields=["born_on"], name="people_by_birth"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A spell in one union. Transfer, retention and resumption end one row and begin the next."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True  # what it is called is somebody's name: no list of figures takes that away

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    union = models.ForeignKey(Union, models.PROTECT, related_name="memberships", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.APPLIED)
    standing = models.CharField(_("standing"), max_length=8, choices=Standing.choices, default=Standing.ACTIVE)
    primary = models.BooleanField(_("primary membership"), default=True)  # where she is counted, if she stands in two unions
    joined_on = models.DateField(_("joined on"), null=True)  # approved
    left_on = models.DateField(_("left on"), null=True)
    ending = models.CharField(_("how ended"), max_length=8, choices=Ending.choices, blank=True)
    reason = models.CharField(
        _("reason of the change"), max_length=8, choices=Reason.choices, blank=True, db_default=""
    )  # of ending or retaining it
    how = models.CharField(_("how joined"), max_length=8, choices=How.choices, default=How.ROSTER)
    work = models.CharField(_("form of work"), max_length=10, choices=Work.choices, default=Work.CONTRACT)
    migrant = models.BooleanField(_("migrant"), default=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)  # copied: what is counted stands on the row
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    job = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=60)  # copied from the person, with what it is ordered and found by
    name_py = models.CharField(max_length=200)
    tokens = ArrayField(models.CharField(max_length=60), default=list)
    to_union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # while she moves
    dues_until = models.DateField(
        _("dues paid until"), null=True
    )  # the first day of the last month that is paid; nothing: it was never entered
    active_on = models.DateField(null=True)  # when she is known to have taken part last, as a person noted it
    lapses_on = models.DateField(null=True)  # from when on the house lists her: so long without dues and without taking part
    confirmed_on = models.DateField(null=True)  # of somebody in a new form of work: when the union last made sure that she still is
    batch = models.ForeignKey("Batch", models.PROTECT, null=True, related_name="memberships")
    edited_at = models.DateTimeField(null=True)  # when somebody last corrected it by hand: undoing an import leaves that alone

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["APPLIED", "REFUSED"]) | Q(joined_on__isnull=False), name="a_member_joined_on_a_day"
            ),
            models.CheckConstraint(condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="a_membership_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state="ENDED") | (Q(left_on__isnull=False) & ~Q(ending="")), name="an_ended_membership_says_how"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(primary=True, left_on=None) & Q(state__in=["MEMBER", "LEAVING"]),
                name="one_primary_membership",
            ),
            models.CheckConstraint(condition=Q(lapses_on=None) | Q(standing="ACTIVE"), name="a_retained_membership_owes_nothing"),
            models.UniqueConstraint(
                fields=["person", "union"], condition=Q(left_on=None) & ~Q(state="REFUSED"), name="a_person_is_once_in_a_union"
            ),
        ]
        indexes = [
            models.Index(fields=["union", "name_py", "id"], condition=Q(left_on=None), name="members_of_a_union"),
            models.Index(fields=["township", "name_py", "id"], condition=Q(left_on=None), name="members_of_a_township"),
            models.Index(fields=["county", "name_py", "id"], condition=Q(left_on=None), name="members_of_a_county"),
            models.Index(fields=["name_py", "id"], condition=Q(left_on=None), name="members_by_name"),
            models.Index(fields=["union", "state"], condition=Q(state__in=["APPLIED", "LEAVING"]), name="members_waiting"),
            models.Index(fields=["to_union"], condition=Q(state="LEAVING"), name="members_coming"),
            models.Index(fields=["name_py", "id"], condition=Q(left_on=None, standing="RETAINED"), name="members_retained"),
            models.Index(fields=["name_py", "id"], condition=Q(left_on=None, work__in=NEW_FORMS), name="members_of_new_forms"),
            models.Index(fields=["dues_until", "id"], condition=Q(left_on=None, dues_until__isnull=False), name="members_by_dues"),
            models.Index(fields=["lapses_on"], condition=Q(left_on=None, lapses_on__isnull=False), name="members_to_lapse"),
            GinIndex(fields=["tokens"], name="members_found"),
            models.Index(fields=["left_on", "person"], condition=Q(left_on__isnull=False) & ~Q(name=""), name="memberships_to_forget"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:member", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        if self.standing == "RETAINED" and self.state == "MEMBER":
            return "wait"
        return {"APPLIED": "open", "MEMBER": "done", "LEAVING": "moved"}.get(self.state, "stop")


class Reveal(models.Model):
    """Somebody looked at a sealed value, and said why."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="reveals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=10)
    why = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
