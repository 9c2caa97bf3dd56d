"""Letters to departments about an event: it is transferred to one, or one is asked to handle it together."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from niangjia.rights.askedby import MissiveKind
from niangjia.rights.enums import Department
from niangjia.rights.models.events import Event, Task


class Missive(models.Model):
    """One letter: to whom, what was found, what is asked; it waits for a signature, and only then has a number and goes out."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="missives", verbose_name=_("event"))
    kind = models.CharField(max_length=8, choices=MissiveKind.choices)
    department = models.CharField(max_length=10, choices=Department.choices)
    to = models.CharField(max_length=120)  # its name, as the letter addresses it
    found = models.TextField()
    asks = models.TextField()
    answer_by = models.DateField(null=True)  # until when an answer is asked for
    lead = models.BooleanField(default=False)  # it is asked to lead the handling
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(db_default=Now())
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=60, blank=True)  # as it stands on the door
    sent_on = models.DateField(null=True)
    paper = models.OneToOneField("rights.Paper", models.PROTECT, null=True, related_name="missive")
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="missive")  # what it asks for, once it is sent
    void = models.BooleanField(_("void"), default=False)  # returned without a signature, or taken back
    void_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter to a department")
        verbose_name_plural = _("letters to departments")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind", "department"], condition=Q(void=False, sent_on=None), name="one_letter_of_a_kind_waits"
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(paper__isnull=False, signed_by__isnull=False),
                name="a_letter_is_signed_before_it_has_a_number",
            ),
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_why=""), name="a_letter_taken_back_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind} {self.to}"
