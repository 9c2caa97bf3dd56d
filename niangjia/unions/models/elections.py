"""The election of a committee: who stands, what was voted, and what the union above approved."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.kit.who import Scope
from niangjia.unions.enums import VOTED, Assembly, BodyKind, Form, Poll, Post, Served, Tie
from niangjia.unions.models.tree import Union

DONE = ("APPROVED", "ANNULLED", "WITHDRAWN")  # nothing leads on from these


class Election(models.Model):
    """One election of a union: of its first committee, or of the next one at the end of a term. A union has one at a time."""

    scope: ClassVar[Scope] = Scope()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # XJ-2026-000003
    union = models.ForeignKey(Union, models.PROTECT, related_name="elections", verbose_name=_("union"))
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    above = models.ForeignKey(Union, models.PROTECT, related_name="+")  # that examines and approves; it follows the union when that moves
    state = models.CharField(_("state"), max_length=10, choices=Poll.choices, default=Poll.DRAFT)
    first = models.BooleanField(_("first committee"), default=False)
    within = models.BooleanField(_("by-election"), default=False, db_default=False)  # fills vacant posts for the rest of the term
    term_no = models.SmallIntegerField()  # of the term for which is elected
    members = models.PositiveIntegerField()  # on the day on which it is drafted, as the union declares them
    women = models.PositiveIntegerField(default=0)
    assembly = models.CharField(_("assembly"), max_length=8, choices=Assembly.choices, default=Assembly.MEMBERS)
    delegates = models.PositiveIntegerField(null=True)
    direct = models.BooleanField(default=False)  # the assembly itself elects chair and vice-chair
    planned_on = models.DateField()
    term_due = models.DateField(null=True)  # when the present term ends, on the day it was drafted
    leave = models.CharField(max_length=100, blank=True)  # the paper by which the union above lets it be earlier or later
    why = models.CharField(max_length=500, blank=True)  # why it departs from what is usual
    held_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    entitled = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    approval_no = models.CharField(max_length=60, blank=True)
    approved_on = models.DateField(null=True)
    term_start = models.DateField(null=True)
    term_end = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        constraints = [
            models.UniqueConstraint(fields=["union"], condition=~Q(state__in=DONE), name="a_union_elects_once_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["HELD", "REPORTED", "APPROVED"])
                | Q(held_on__isnull=False, entitled__isnull=False, present__isnull=False),
                name="what_was_held_says_when_and_by_how_many",
            ),
            models.CheckConstraint(condition=Q(present=None) | Q(present__lte=F("entitled")), name="nobody_votes_who_is_not_entitled"),
            models.CheckConstraint(
                condition=~Q(state="APPROVED") | Q(approved_on__isnull=False, term_end__isnull=False) & ~Q(approval_no=""),
                name="what_is_approved_has_a_number_and_a_term",
            ),
            models.CheckConstraint(
                condition=Q(assembly="CONGRESS", delegates__isnull=False) | Q(assembly="MEMBERS", delegates=None),
                name="a_congress_has_delegates",
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="elections_by_day"),
            models.Index(fields=["above"], condition=Q(state__in=["SENT", "REPORTED"]), name="elections_that_wait_above"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("unions:poll", args=[self.uuid])

    @property
    def running(self) -> bool:
        """Whether it still leads somewhere."""
        return self.state not in DONE


class Ballot(models.Model):
    """The election of one body: how many are to be elected, and what came out of the box."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="ballots")
    body = models.CharField(_("body"), max_length=12, choices=[(one, BodyKind(one).label) for one in VOTED])
    form = models.CharField(
        _("form"), max_length=12, choices=[one for one in Form.choices if one[0] != Form.EXEMPT], default=Form.COMMITTEE
    )
    seats = models.PositiveSmallIntegerField()
    issued = models.PositiveIntegerField(null=True)
    returned = models.PositiveIntegerField(null=True)
    valid = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "body"], name="a_body_is_elected_once"),
            models.CheckConstraint(
                condition=Q(issued=None, returned=None, valid=None) | Q(issued__gte=F("returned"), returned__gte=F("valid"), valid__gte=0),
                name="no_more_come_out_than_went_in",
            ),
            models.CheckConstraint(condition=Q(form="COMMITTEE") | Q(seats=1), name="a_commissioner_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.body}"


class Candidate(models.Model):
    """Somebody who stands for a body, the bars of the law answered, and the votes she got."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="candidates")
    body = models.CharField(_("body"), max_length=12, choices=[(one, BodyKind(one).label) for one in VOTED])
    post = models.CharField(_("post"), max_length=6, choices=Post.choices, default=Post.MEMBER)
    name = models.CharField(max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    job = models.CharField(max_length=60, blank=True)
    served = models.CharField(max_length=8, choices=Served.choices, default=Served.PART)
    tie = models.CharField(max_length=9, choices=Tie.choices, default=Tie.NONE)
    retained = models.BooleanField(default=False)
    cash = models.BooleanField(default=False)  # keeps the union's books or its cash
    ayes = models.PositiveIntegerField(null=True)
    noes = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    others = models.PositiveIntegerField(null=True)  # ballots that wrote another name in her place
    written = models.BooleanField(default=False)  # stood on no list: her name was written on ballots in the place of others
    elected = models.BooleanField(default=False)
    given = models.CharField(max_length=6, choices=Post.choices, blank=True)  # the post that she got when the work was shared out

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "body", "name", "job"], name="nobody_stands_twice_for_a_body"),
            models.UniqueConstraint(
                fields=["election", "body"], condition=Q(given="CHAIR"), name="a_body_has_one_chair"
            ),
            models.CheckConstraint(condition=Q(elected=True) | Q(given=""), name="only_the_elected_get_a_post"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def counted(self) -> bool:
        """Whether her votes were written down."""
        votes: list[Any] = [self.ayes, self.noes, self.abstained, self.others]
        return None not in votes
