"""The story of every thing that has a flow, and the clocks that run on it."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models


class Move(models.Model):
    """One step that somebody took: the story is made of these. Written once."""

    kind = models.CharField(max_length=60)  # the label of the model
    thing_id = models.BigIntegerField()
    verb = models.CharField(max_length=30)
    was = models.CharField(max_length=20, blank=True)
    now = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # nobody: the house itself
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    auto = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "thing_id", "id"], name="moves_of_a_thing")]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id} {self.verb}"


class Clock(models.Model):
    """A deadline that runs on a thing, or ran: computed when the thing moved, rung by one job."""

    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    # The scope is stored where it is listed. It names unions by number: this floor does not know what a union is.
    union_id = models.BigIntegerField()  # whose office must act
    township_id = models.BigIntegerField(null=True)
    county_id = models.BigIntegerField(null=True)
    duty = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True)  # from when it is yellow
    warns = models.CharField(max_length=60, blank=True, db_default="")  # how long before its end each warning comes: kept as the span is
    remind_at = models.DateTimeField(null=True)  # the next warning that nobody was told of yet; none: all were, or none comes
    due_at = models.DateTimeField()
    # Which rule gave its length: it keeps this while it runs, whatever is set later (kit.parameter).
    rule = models.CharField(max_length=60, blank=True, db_default="")  # the code of the parameter; empty: the thing names its end itself
    span = models.CharField(max_length=12, blank=True, db_default="")
    setting = models.BigIntegerField(null=True)  # the row that set it; nobody's: the default
    division = models.BigIntegerField(null=True)  # the place whose rule it is
    rung_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing_id", "code"], condition=models.Q(stopped_at=None), name="one_running_clock_of_a_code"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(rung_at=None, stopped_at=None), name="clocks_to_ring"),
            models.Index(fields=["remind_at"], condition=models.Q(stopped_at=None, remind_at__isnull=False), name="clocks_to_tell_of"),
            models.Index(fields=["union_id", "duty", "due_at"], condition=models.Q(stopped_at=None), name="clocks_of_an_office"),
            models.Index(fields=["county_id", "due_at"], condition=models.Q(stopped_at=None), name="clocks_of_a_county"),
            models.Index(fields=["kind", "thing_id"], name="clocks_of_a_thing"),
            models.Index(fields=["rule", "division"], condition=models.Q(stopped_at=None) & ~models.Q(rule=""), name="clocks_of_a_rule"),
            models.Index(fields=["setting"], condition=models.Q(setting__isnull=False), name="clocks_of_a_setting"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_at:%Y-%m-%d %H:%M}"


class Edition(models.Model):
    """The mark of the small tables that processes remember (kit.memory): one row, written by triggers only."""

    id = models.SmallIntegerField(primary_key=True)
    mark = models.UUIDField()

    def __str__(self) -> str:
        return str(self.mark)


def update_of(*fields: str) -> Any:
    """The writing of any of these fields."""
    return pgtrigger.UpdateOf(*fields)  # type: ignore[no-untyped-call]


RENEW = """
    INSERT INTO flow_edition (id, mark) VALUES (1, gen_random_uuid()) ON CONFLICT (id) DO UPDATE SET mark = EXCLUDED.mark;
    RETURN NULL;
"""


def renews(name: str, operation: Any = None, condition: Any = None) -> pgtrigger.Trigger:
    """The trigger of a table that processes remember: whatever changes there renews the mark, in the writer's own transaction."""
    everything = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    return pgtrigger.Trigger(name=name, when=pgtrigger.After, operation=operation or everything, condition=condition, func=RENEW)


class WorkDay(models.Model):
    """A day on which people here work, or rest, against the general calendar; dated by the notice that says so."""

    day = models.DateField(unique=True)
    works = models.BooleanField()
    basis = models.CharField(max_length=120)

    class Meta:
        triggers = [renews("renews_the_edition")]

    def __str__(self) -> str:
        return f"{self.day} {'works' if self.works else 'rests'}"


class Pulse(models.Model):
    """When each job last did its round: the dead man's alarm looks here."""

    job = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job} {self.at}"
