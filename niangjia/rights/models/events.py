"""Events that are reported upward, level by level: every rung, follow-up and change of severity is a row."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Right
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.files.models import Paper as Filed
from niangjia.kit.who import Scope
from niangjia.rights.askedby import AskedBy
from niangjia.rights.enums import Behaviour, Channel, Department, EventState, Rung, Severity, Type
from niangjia.unions.models import Division, Employer, Union

LOWEST = 3  # the level of a township: none below it confirms a severity
DIGITS = 6  # of a case's number within its year: YJ-2015-000123


class Event(models.Model):
    """A collective matter at one employer: reported within the clocks of its severity, level by level."""

    scope: ClassVar[Scope] = Scope()
    openings_are_logged: ClassVar[bool] = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # YJ-2015-000123
    union = models.ForeignKey(Union, models.PROTECT, related_name="events", verbose_name=_("union"))  # where it happens
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey(Union, models.PROTECT, related_name="+")  # whose office must act now; climbs
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="events")
    employer_name = models.CharField(max_length=120)
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")
    type = models.CharField(_("type of event"), max_length=3, choices=Type.choices)
    detail = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.PATROL)
    behaviour = models.CharField(max_length=10, choices=Behaviour.choices, default=Behaviour.NONE)
    affected = models.IntegerField(_("workers affected"))  # the most that was reported; a head count of a report, not a list of people
    involved = models.IntegerField(default=0)
    owed = models.DecimalField(max_digits=14, decimal_places=2, default=0)  # yuan
    months_owed = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    compensation = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)  # yuan, claimed for the end of contracts
    insurance = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_default=0)  # yuan of social insurance not paid
    dead = models.IntegerField(default=0, db_default=0)  # counts of a report, as those of the workers affected
    injured = models.IntegerField(default=0, db_default=0)
    demands = models.TextField(blank=True)
    measures = models.TextField(blank=True, db_default="")  # what had been done when it was first reported
    spot = models.CharField(max_length=120, blank=True, db_default="")  # where exactly: the gate, the site, the floor
    builder = models.ForeignKey(
        Employer, models.PROTECT, null=True, related_name="built_events"
    )  # of a building site: its general contractor
    builder_name = models.CharField(max_length=120, blank=True, db_default="")
    project = models.CharField(max_length=120, blank=True, db_default="")  # as it stands on the board at the gate
    severity = models.CharField(_("severity"), max_length=6, choices=Severity.choices)
    suggested = models.CharField(max_length=6, choices=Severity.choices)
    rung = models.CharField(max_length=1, choices=Rung.choices, default=Rung.GRASSROOTS)
    report_by = models.DateTimeField(null=True)  # when it must stand one level higher
    follow_by = models.DateTimeField(null=True)  # when the next follow-up is due
    alarm_by = models.DateTimeField(null=True)  # a follow-up is missing: when it is told one level higher
    missed = models.SmallIntegerField(default=0, db_default=0)  # how often that was told
    state = models.CharField(_("state"), max_length=10, choices=EventState.choices, default=EventState.REPORTED)
    occurred_at = models.DateTimeField()
    known_at = models.DateTimeField()  # when the reporter first knew: the time to report it upward begins here
    reported_at = models.DateTimeField()
    reported_on = models.DateField(_("first reported on"))  # the day in China of the first report
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolution = models.TextField(blank=True)
    referred_to = models.CharField(max_length=10, choices=Department.choices, blank=True, db_default="")
    referred_answer = models.TextField(blank=True, db_default="")  # what the department has made of it
    answer_by = models.DateField(null=True)  # when it is asked what became of it
    answered_on = models.DateField(null=True)
    closing = models.TextField(blank=True, db_default="")  # the closing report
    closed_on = models.DateField(null=True)
    anonymous = models.BooleanField(default=False, db_default=False)  # whoever told of it wants not to be named: nobody is shown her name
    teller_sealed = models.BinaryField(null=True)  # who told the reporter, and how she is reached
    also = models.CharField(max_length=40, blank=True, db_default="")  # further types, of a report that became one with this: E06 E09
    sent_key = models.UUIDField(null=True, unique=True, editable=False)  # of a report kept on a phone: one event, however often it comes
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=Q(affected__gte=0) & Q(involved__gte=0), name="heads_are_not_negative"),
            models.CheckConstraint(condition=Q(dead__gte=0) & Q(injured__gte=0), name="casualties_are_not_negative"),
            models.CheckConstraint(
                condition=~Q(state__in=["CLOSED", "VISITED"]) | Q(closed_on__isnull=False), name="a_closed_event_has_a_date"
            ),
            models.CheckConstraint(condition=~Q(type="E14") | ~Q(detail=""), name="another_type_says_what"),
        ]
        indexes = [
            models.Index(fields=["county", "-reported_at"], name="events_of_a_county"),
            models.Index(fields=["township", "-reported_at"], name="events_of_a_township"),
            models.Index(fields=["-reported_at", "-id"], name="events_by_day"),
            models.Index(Right("reference", DIGITS), name="events_by_number"),
            models.Index(fields=["builder_name"], condition=~Q(builder_name=""), name="events_of_a_builder"),
            models.Index(fields=["desk"], condition=~Q(state__in=["CLOSED", "VISITED", "FALSE", "REFERRED"]), name="events_on_a_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.employer_name}"

    def get_absolute_url(self) -> str:
        return reverse("rights:event", args=[self.uuid])

    @property
    def task_by(self) -> date | None:
        """Until when the next of the departments' tasks that are open is to be done."""
        return self.tasks.filter(done_at=None, until__isnull=False).aggregate(first=models.Min("until"))["first"]  # type: ignore[no-any-return]

    @property
    def verifier(self) -> Union:
        """Whose office confirms the severity: where it lies, or the federation next above a firm's union."""
        return next((one for one in (self.desk, self.township, self.county) if one is not None and one.level <= LOWEST), self.desk)


class Report(models.Model):
    """One rung that an event climbed: when it arrived, by when it had to leave, when it left, and whether the house sent it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="reports")
    rung = models.CharField(max_length=1, choices=Rung.choices)
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    auto = models.BooleanField(default=False)
    in_time = models.SmallIntegerField(default=0, db_default=0)  # 1: it left within its time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "rung"], name="a_rung_is_climbed_once")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.rung}"


class FollowUp(models.Model):
    """What was found later: numbers, measures, the mood."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="followups")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    affected = models.IntegerField(null=True)
    involved = models.IntegerField(null=True)
    behaviour = models.CharField(max_length=10, choices=Behaviour.choices, blank=True)
    text = models.TextField()
    was = models.JSONField(default=dict, db_default={})  # of a correction: what was written before and what is right, by the fact
    trace = models.JSONField(default=dict, db_default={})  # how the severity was suggested: inputs, values and their rows, steps

    class Meta:
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.event_id} {self.at:%Y-%m-%d %H:%M}"


class SeverityChange(models.Model):
    """Who set a severity, from what to what, and why; only a level above may lower one."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="severities")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    was = models.CharField(max_length=6, choices=Severity.choices)
    now = models.CharField(max_length=6, choices=Severity.choices)
    why = models.CharField(max_length=300)
    level = models.SmallIntegerField(default=4, db_default=4)  # of the office that set it

    def __str__(self) -> str:
        return f"{self.event_id} {self.was} {self.now}"


class Task(models.Model):
    """What a department or a union does in handling an event together."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="tasks")
    department = models.CharField(max_length=10, choices=Department.choices)
    what = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=60, blank=True)
    until = models.DateField(null=True)
    lead = models.BooleanField(default=False, db_default=False)  # this one leads the handling
    how = models.CharField(max_length=6, choices=AskedBy.choices, blank=True, db_default="")  # by which means it was asked
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=60, blank=True, db_default="")  # who there has said that it came
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    auto = models.BooleanField(default=False)  # made by the house when the event turned red
    done_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=200, blank=True)  # what came of it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "department", "what"], name="a_task_is_given_once"),
            models.UniqueConstraint(fields=["event"], condition=models.Q(lead=True), name="one_leads_the_handling"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.department}"


class Picture(models.Model):
    """A picture of what was seen, without what a camera writes into it; it opens to whoever may see the event, and goes with the event."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="pictures")
    paper = models.OneToOneField(Filed, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.event_id} {self.paper_id}"
