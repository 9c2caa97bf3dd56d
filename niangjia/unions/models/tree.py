"""The tree of unions: who exists, under whom since when, covering which employers, led by whom until when."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.flow.models import renews, update_of
from niangjia.kit.who import Scope
from niangjia.unions.enums import LIVING, BodyKind, Category, Duty, Form, Industry, Kind, Link, Served, Size, State


def _day_after(name: str) -> Cast:
    return Cast(ExpressionWrapper(F(name) + Value(timedelta(days=1)), models.DateTimeField()), models.DateField())


class Division(models.Model):
    """An administrative division or development zone, for as long as it exists; what succeeds it is named."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    level = models.SmallIntegerField()  # 1 city, 2 county, 3 township, street or zone
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    zone = models.BooleanField(_("development zone"), default=False)  # a functional zone with a local code
    basis = models.CharField(max_length=200, blank=True)  # the source, or "assumed"
    union = models.ForeignKey(
        "Union", models.PROTECT, null=True, related_name="divisions", verbose_name=_("union")
    )  # the federation in whose county it lies

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        triggers = [renews("renews_the_edition")]
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="a_division_begins_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="a_division_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class Union(models.Model):
    """A trade union at any level. Its present parent, county and township are kept here; their history is in Parentage."""

    scope: ClassVar[Scope] = Scope(union="id")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)  # never reused
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    name_py = models.CharField(max_length=400)
    tokens = ArrayField(models.CharField(max_length=120), default=list)
    kind = models.CharField(_("type"), max_length=2, choices=Kind.choices)
    level = models.SmallIntegerField()  # 1 city, 2 county, 3 township, 4 and deeper grassroots
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PREPARING)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    county = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=120)  # "/1/5/77/": the numbers of those above and its own
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="unions")
    employer = models.ForeignKey(
        "Employer", models.PROTECT, null=True, related_name="unions", verbose_name=_("employer")
    )  # of a union of one unit
    uscc = models.CharField(max_length=18, blank=True)
    legal_from = models.DateField(null=True)
    legal_until = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)  # its legal person, while the union goes on
    certificate_no = models.CharField(_("number of the certificate"), max_length=60, blank=True, db_default="")  # of the legal person
    founded_on = models.DateField(_("founded on"), null=True)
    approval_no = models.CharField(max_length=60, blank=True)
    closed_on = models.DateField(_("ended on"), null=True)
    dormant_on = models.DateField(_("dormant since"), null=True)  # since when it only stands on paper; empty again once it is at work
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    term_no = models.SmallIntegerField(default=1)
    term_years = models.SmallIntegerField(default=5)
    term_start = models.DateField(null=True)
    term_end = models.DateField(null=True)
    contact = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=160, blank=True)  # its domicile as a legal person
    entries_by = models.DateField(null=True)  # until when a change of its entries as a legal person is to be filed
    chair_by = models.DateField(null=True)  # until when its vacant chair is to be filled
    # Kept by the database, for the figures of certificates and of terms: by the certificate and the term that are written today.
    legal_since = models.GeneratedField(expression=Coalesce("legal_from", "founded_on"), output_field=models.DateField(), db_persist=True)
    legal_end = models.GeneratedField(
        expression=Least(_day_after("legal_until"), "closed_on"), output_field=models.DateField(), db_persist=True
    )
    overdue_since = models.GeneratedField(expression=_day_after("term_end"), output_field=models.DateField(), db_persist=True)
    settle_by = models.DateField(null=True)  # of one that has ended: until when its assets, account and legal person are settled

    class Meta:
        verbose_name = _("union")
        verbose_name_plural = _("unions")
        constraints = [
            models.CheckConstraint(condition=Q(state="PREPARING") | Q(founded_on__isnull=False), name="a_founded_union_has_a_date"),
            models.CheckConstraint(condition=~Q(state="ABOLISHED") | Q(closed_on__isnull=False), name="an_abolished_union_has_a_date"),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("founded_on")), name="a_union_ends_after_it_begins"),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="a_credit_code_is_one_unions"),
        ]
        indexes = [
            models.Index(fields=["county", "name_py", "id"], name="unions_of_a_county"),
            models.Index(fields=["township", "name_py", "id"], name="unions_of_a_township"),
            models.Index(fields=["name_py", "id"], name="unions_by_name"),
            models.Index(fields=["term_end"], name="unions_by_term"),
            models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="unions_below"),
            GinIndex(fields=["tokens"], name="unions_found"),
            models.Index(fields=["level", "code"], condition=Q(level__lte=3), name="unions_that_lead"),  # some hundred of many thousands
        ]
        triggers = [  # where places are led from is remembered; the grassroots are many, and lead none
            renews("renews_when_made", pgtrigger.Insert, pgtrigger.Q(new__level__lte=3)),
            renews(
                "renews_when_placed",
                update_of("division_id", "level"),
                pgtrigger.Q(new__level__lte=3) | pgtrigger.Q(old__level__lte=3),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("unions:union", args=[self.code])

    @property
    def living(self) -> bool:
        """Whether it exists: founded and not abolished."""
        return self.state in LIVING

    @property
    def renew_by(self) -> date | None:
        """Until when its certificate is to be renewed; nothing once its legal person was cancelled."""
        return None if self.cancelled_on else self.legal_until

    @property
    def joinable(self) -> bool:
        """Whether people may join it: it exists, or its preparatory group takes members in."""
        return self.living or self.state == State.PREPARING

    @property
    def direct(self) -> bool:
        """Whether it was entered as it is, without an application that was followed here."""
        return not self.foundings.exists()

    @property
    def phase(self) -> str:
        """The kind of its state, as pills show it."""
        kinds = {"PREPARING": "open", "NORMAL": "done", "OVERDUE": "late", "DORMANT": "wait", "MERGING": "moved"}
        return kinds.get(self.state, "stop")


class Parentage(models.Model):
    """Whose child a union is, from a day on; a row holds until the next of the same kind. Dues and statistics: only where they differ."""

    child = models.ForeignKey(Union, models.CASCADE, related_name="parentages")
    parent = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=5, choices=Link.choices, default=Link.ORG)
    since = models.DateField()
    basis = models.CharField(max_length=200, blank=True)  # the paper that says so

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "kind", "since"], name="one_parent_of_a_kind_a_day")]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.since}"


SIZES = ((1000, Size.HUGE), (300, Size.LARGE), (100, Size.MIDDLE), (25, Size.SMALL), (1, Size.TINY))  # from so many employees on


class Employers(models.QuerySet["Employer"]):
    """Employers, of which two entries may turn out to be one."""

    def itself(self) -> Employers:
        """Those that stand for themselves: an entry that was merged into another is offered nowhere."""
        return self.filter(same_as=None)

    def coded(self, code: str) -> Employer | None:
        """The employer with a credit code; the code of an entry that was merged finds the one that was kept."""
        found = self.filter(uscc=code.strip().upper()).select_related("same_as").first()
        return found.same_as or found if found else None


class Employer(models.Model):
    """A unit that employs: an enterprise, an institution, an organ; known by its credit code."""

    scope: ClassVar[Scope] = Scope(union="covers__union_id")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, unique=True)
    category = models.CharField(_("category"), max_length=3, choices=Category.choices)
    industry = models.CharField(_("industry"), max_length=1, choices=Industry.choices)
    employees = models.IntegerField(default=0)  # as declared by the unit
    size = models.GeneratedField(  # the database keeps it, so that figures can be told apart by it
        expression=Case(*(When(employees__gte=least, then=Value(size.value)) for least, size in SIZES), default=Value(Size.UNKNOWN.value)),
        output_field=models.CharField(max_length=1), db_persist=True, verbose_name=_("size"), choices=Size.choices,
    )  # fmt: skip
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="employers")
    county = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=160, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )  # the entry into which this one was merged

    objects = Employers.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        indexes = [models.Index(fields=["township", "name"], name="employers_of_a_township"), models.Index(fields=["name", "id"], name="employers_by_name")]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("unions:employer", args=[self.uuid])


class Cover(models.Model):
    """A union covers an employer: its own, or one of the units of a joint union; from a day, to a day."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="covers", verbose_name=_("union"))
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="covers", verbose_name=_("employer"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)

    class Meta:
        verbose_name = _("unit covered")
        verbose_name_plural = _("units covered")
        constraints = [
            models.UniqueConstraint(fields=["union", "employer"], condition=Q(until=None), name="a_unit_is_covered_once_by_a_union"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="a_cover_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.employer_id}"


class Body(models.Model):
    """A body of a union: its audit committee, its women workers' committee, and so on."""

    union = models.ForeignKey(Union, models.CASCADE, related_name="bodies", verbose_name=_("union"))
    kind = models.CharField(_("kind of body"), max_length=12, choices=BodyKind.choices)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices, default=Form.COMMITTEE)
    basis = models.CharField(max_length=200, blank=True)  # the paper by which it is exempt; why it has ended
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(fields=["union", "kind"], condition=Q(until=None), name="one_body_of_a_kind"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="a_body_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.union_id} {self.kind}"


class Office(models.Model):
    """Somebody holds an office in a union, from a day, to a day: all that she may do follows from this."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    union = models.ForeignKey(Union, models.CASCADE, related_name="offices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="offices")
    name = models.CharField(max_length=60)
    duty = models.CharField(max_length=14, choices=Duty.choices)
    post = models.CharField(max_length=60)  # as it stands on the door: 常务副主席
    served = models.CharField(max_length=8, choices=Served.choices, default=Served.PART)
    since = models.DateField()
    until = models.DateField(null=True)
    approval_no = models.CharField(max_length=60, blank=True)
    left_on = models.DateField(null=True)  # since when its holder is no member of this union any more, and it waits to be handed over
    delegated_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="delegations"
    )  # the office for which somebody stands in

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(fields=["union", "user", "duty"], condition=Q(until=None), name="an_office_is_held_once"),
            models.CheckConstraint(  # who stands in may be called back on the day itself, or before it
                condition=Q(until=None) | Q(until__gt=F("since")) | Q(delegated_by__isnull=False, until=F("since")),
                name="an_office_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(delegated_by=None) | Q(until__isnull=False), name="who_stands_in_does_so_until_a_day"),
            # System, security and audit are three persons (Cyber-security grade protection; domain reference §21.2).
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(until=None, duty__in=["system", "security", "auditlog"]),
                name="no_person_joins_two_administrators",
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(until=None), name="offices_of_a_person")]

    def __str__(self) -> str:
        return f"{self.name} {self.post}"

    @property
    def last_day(self) -> date:
        """The last day on which an office that ends is held."""
        assert self.until is not None
        return self.until - timedelta(days=1)


def open_on(day: date, since: str = "since", until: str = "until") -> Q:
    """Rows that hold on a day."""
    return Q(**{f"{since}__lte": day}) & (Q(**{until: None}) | Q(**{f"{until}__gt": day}))


def place_of(union: Union) -> dict[str, Any]:
    """The scope columns of a row that stands at a union."""
    return {"union_id": union.pk, "township_id": union.township_id, "county_id": union.county_id}
