"""What a member asks of her union about her own file: to correct, to contest, to move her, to let her leave, to erase."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.members.enums import Requested, Want
from niangjia.members.models.register import Membership, Person
from niangjia.unions.models import Union


class PersonalRequest(models.Model):
    """One request. What she wants written is sealed, whatever it is: a name and a job are personal too."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True
    names_a_person: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="personal_requests", verbose_name=_("person"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="personal_requests")  # the spell whose union answers
    union = models.ForeignKey(Union, models.PROTECT, related_name="personal_requests", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("what is wanted"), max_length=8, choices=Want.choices)
    state = models.CharField(_("state"), max_length=9, choices=Requested.choices, default=Requested.SENT)
    what = models.CharField(max_length=10, blank=True)  # the particular that is wrong, or what is contested
    value_sealed = models.BinaryField(null=True)  # what is right
    to_union = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")  # where she moves, if she knows it
    text = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True)  # as she reads it
    made_on = models.DateField(_("made on"))
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    outcome = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")  # what was changed
    erased_at = models.DateTimeField(null=True)  # with the person

    class Meta:
        verbose_name = _("personal request")
        verbose_name_plural = _("personal requests")
        constraints = [
            models.CheckConstraint(condition=Q(state="SENT") | Q(decided_at__isnull=False), name="an_answered_request_says_when"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(value_sealed=None, text="", answer=""), name="an_erased_request_keeps_no_word"
            ),
            models.UniqueConstraint(fields=["person", "kind", "what"], condition=Q(state="SENT"), name="a_request_waits_once"),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="personal_requests_by_day"),
            models.Index(fields=["union"], condition=Q(state="SENT"), name="requests_waiting"),
        ]

    def __str__(self) -> str:
        return str(_("no. %(n)d") % {"n": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("members:personal_request", args=[self.uuid])

    @property
    def name(self) -> str:
        """Who asks."""
        return self.person.name

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        return {"SENT": "open", "GRANTED": "done"}.get(self.state, "stop")
