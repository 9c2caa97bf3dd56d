"""Joining by the union's code: the code that hangs on the wall, and what people send under it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import Asked, Paper, Sex, Work
from niangjia.members.models.register import Membership
from niangjia.unions.models import Union


class JoinCode(models.Model):
    """The word in the address that a union's people open to ask to join. A union has one at a time; a closed one opens nothing again."""

    union = models.ForeignKey(Union, models.PROTECT, related_name="join_codes", db_index=False)
    word = models.CharField(max_length=20, unique=True)  # drawn, not told by the union's own code: who has it was given it
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union"], condition=Q(closed_at=None), name="a_union_has_one_code")]

    def __str__(self) -> str:
        return f"{self.union_id} {self.opened_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("join:ask", args=[self.word])


class Application(models.Model):
    """What somebody sent who asks to join. It makes nobody known and changes nothing in the register before the union has decided."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    word = models.UUIDField(
        unique=True
    )  # made with the form that she fills in: sent twice it is one; it stands in the address under which she follows it
    union = models.ForeignKey(Union, models.PROTECT, related_name="applications", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    code = models.ForeignKey(JoinCode, models.PROTECT, related_name="applications")
    state = models.CharField(_("state"), max_length=9, choices=Asked.choices, default=Asked.SENT)
    made_at = models.DateTimeField()
    name = models.CharField(max_length=60, blank=True)
    paper = models.CharField(max_length=10, choices=Paper.choices, default=Paper.ID)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)  # where no number says it
    born_on = models.DateField(null=True)  # likewise
    number_sealed = models.BinaryField(null=True)
    number_hash = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    work = models.CharField(_("form of work"), max_length=10, choices=Work.choices)
    job = models.CharField(max_length=60, blank=True)
    department = models.CharField(max_length=60, blank=True)
    migrant = models.BooleanField(default=False)
    notice = models.CharField(
        max_length=12
    )  # the edition of the notice that was agreed to; twice: to the keeping, and to the sensitive part
    answer = models.CharField(max_length=500, blank=True)  # why it was refused, as the applicant reads it
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="applications")  # what came of it
    decided_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # some weeks after: the person goes, that somebody asked stays

    class Meta:
        verbose_name = _("application by code")
        verbose_name_plural = _("applications by code")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False, name="", number_sealed=None, number_hash=None, phone_sealed=None)
                | Q(erased_at=None, number_sealed__isnull=False, number_hash__isnull=False, phone_sealed__isnull=False) & ~Q(name=""),
                name="an_application_is_whole_or_erased",
            ),
            models.CheckConstraint(
                condition=Q(state="SENT") | Q(decided_at__isnull=False),
                name="what_is_decided_says_when",
            ),
            models.CheckConstraint(condition=Q(state="ADMITTED") | Q(membership=None), name="only_who_is_admitted_is_a_member"),
        ]
        indexes = [
            models.Index(fields=["union", "number_hash"], condition=Q(state="SENT"), name="applications_of_a_number"),
            models.Index(fields=["-made_at", "-id"], name="applications_by_day"),
            models.Index(fields=["decided_at"], condition=Q(erased_at=None), name="applications_to_forget"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("no. %(n)d") % {"n": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("members:application", args=[self.uuid])

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"SENT": "open", "ADMITTED": "done"}.get(self.state, "stop")
