"""What was set where, from which day on: rows that are written once, signed by a second person, and never changed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.flow.models import renews, update_of
from niangjia.kit.dates import at
from niangjia.kit.parameter import PARAMETERS, Parameter
from niangjia.kit.values import Value, unpacked
from niangjia.kit.who import Scope
from niangjia.rulebook.enums import State
from niangjia.unions.models import Division, Union


class Setting(models.Model):
    """A value of a parameter at a place from a day on; it holds until the place's next, so two can never overlap."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60)  # of the parameter
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")  # where; nowhere is everywhere: the law has changed
    union = models.ForeignKey(Union, models.PROTECT, related_name="settings")  # whose matter it is
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    value = models.JSONField(null=True)  # none: from that day on the place above is followed again
    since = models.DateField(_("since"))
    basis = models.CharField(max_length=200)  # the paper: its number and article
    reason = models.CharField(max_length=300)
    restates = models.BooleanField(default=False)  # whether it also applies to the clocks that run on its first day
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    restated = models.IntegerField(null=True)  # how many clocks that ran were reckoned anew

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "division", "since"], condition=Q(state__in=["SIGNED", "IN_FORCE"]), nulls_distinct=False,
                name="one_value_of_a_place_a_day",
            ),
            models.UniqueConstraint(
                fields=["code", "division"], condition=Q(state="DRAFT"), nulls_distinct=False, name="one_proposal_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SIGNED", "IN_FORCE"]) | (Q(signed_by__isnull=False) & ~Q(signed_by=F("made_by"))),
                name="what_holds_was_signed_by_a_second_person",
            ),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(reason=""), name="a_setting_names_its_paper_and_says_why"),
        ]  # fmt: skip
        triggers = [
            renews("renews_the_edition"),
            pgtrigger.Protect(name="kept_forever", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="written_once",
                operation=update_of("code", "division_id", "union_id", "value", "since", "basis", "reason", "restates", "made_by_id", "made_at"),
            ),
            pgtrigger.Trigger(
                name="used_is_kept", when=pgtrigger.Before, operation=pgtrigger.Update, condition=pgtrigger.Q(new__state="WITHDRAWN"),
                func="""
                    IF EXISTS (SELECT FROM flow_clock WHERE setting = OLD.id) THEN
                        RAISE EXCEPTION 'a setting by which a clock runs is not withdrawn';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.FSM(
                name="what_held_held", field="state",
                transitions=[("DRAFT", "SIGNED"), ("DRAFT", "WITHDRAWN"), ("SIGNED", "WITHDRAWN"), ("SIGNED", "IN_FORCE")],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.since}"

    def get_absolute_url(self) -> str:
        return reverse("rulebook:change", args=[self.uuid])

    @property
    def parameter(self) -> Parameter | None:
        """What is set; none if a newer house has no such parameter any more."""
        return PARAMETERS.get(self.code)

    @property
    def set_value(self) -> Value | None:
        """The value as the rules read it."""
        kind = self.parameter.kind if self.parameter else "choice"
        return None if self.value is None else unpacked(kind, self.value)

    @property
    def begins_at(self) -> datetime:
        """The moment from which it holds."""
        return at(self.since)
