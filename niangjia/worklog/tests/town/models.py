"""Six small worlds, one for each way in which unions count."""

from uuid import uuid4

from django.db import models
from django.db.models import CASCADE, CharField, DateField, ForeignKey


def fresh_code() -> str:
    """A code that addresses can name a union by."""
    return f"U{uuid4().hex[:12]}"


class Row(models.Model):
    """What every row of the town can do."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Union(Row):
    """A trade union at any level, from the city down to the firm."""

    name = CharField(max_length=80)
    code = CharField(max_length=40, unique=True, default=fresh_code)


class Parentage(Row):
    """Who leads a union, from a day on. Each row holds until the next one: no gap, no overlap."""

    union = ForeignKey(Union, CASCADE, related_name="parentages")
    parent = ForeignKey(Union, CASCADE, null=True, related_name="+")
    since = DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union", "since"], name="one_parent_a_day")]


class Person(Row):
    """Somebody, once."""

    name = CharField(max_length=40)


class Membership(Row):
    """A stock: a person may belong to two unions and is still one member."""

    person = ForeignKey(Person, CASCADE)
    union = ForeignKey(Union, CASCADE)
    sex = CharField(max_length=1)
    kind = CharField(max_length=10)
    joined_on = DateField()
    left_on = DateField(null=True)
    phone = CharField(max_length=20, default="")


class Dispute(Row):
    """A flow, counted four ways."""

    handled_by = ForeignKey(Union, CASCADE)
    accepted_on = DateField(null=True)
    status = CharField(max_length=10, null=True)
    cause = CharField(max_length=10)
    outcome = CharField(max_length=10, null=True)
    worker_count = models.IntegerField(default=0)
    respondent_count = models.IntegerField(default=0)
    recovered = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    note = CharField(max_length=40, default="")

    def get_absolute_url(self) -> str:
        return f"/disputes/{self.pk}/"


class Respondent(Row):
    """An employer in a dispute: its day and its union stand on the dispute."""

    dispute = ForeignKey(Dispute, CASCADE)
    employer = models.BigIntegerField()


class Course(Row):
    """What is taught."""

    kind = CharField(max_length=10)


class Session(Row):
    """A course held somewhere on a day."""

    course = ForeignKey(Course, CASCADE)
    union = ForeignKey(Union, CASCADE)
    held_on = DateField()
    finished = models.BooleanField(default=False)


class Attendance(Row):
    """A person in a session: 人次 when added up, 人 when told apart. Two tables from its course."""

    session = ForeignKey(Session, CASCADE)
    person = ForeignKey(Person, CASCADE)


class Payment(Row):
    """Money, at a moment rather than on a day."""

    union = ForeignKey(Union, CASCADE)
    paid_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    state = CharField(max_length=10)


class Station(Row):
    """A place that serves workers."""

    union = ForeignKey(Union, CASCADE)
    name = CharField(max_length=40)


class Opening(Row):
    """A spell in which a station was open; it may close and open again."""

    station = ForeignKey(Station, CASCADE)
    opened_on = DateField()
    closed_on = DateField(null=True)
