"""Everything that people, programs and careless hands do to tables."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import F, Model

from niangjia.worklog.tests.town.models import (
    Attendance,
    Course,
    Dispute,
    Membership,
    Opening,
    Parentage,
    Payment,
    Person,
    Respondent,
    Session,
    Station,
    Union,
)

START = date(2010, 1, 1)
OPERATIONS = []


def operation(function):
    OPERATIONS.append(function)
    return function


def sql(text: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, params)


def build() -> None:
    """A city, three counties, six townships, twenty firms."""
    unions = Union.objects.bulk_create(Union(name=f"u{i}") for i in range(30))
    parents = [None if i == 0 else unions[0 if i < 4 else 1 + i % 3 if i < 10 else 4 + i % 6] for i in range(30)]
    Parentage.objects.bulk_create(Parentage(union=u, parent=p, since=date(2005, 1, 1)) for u, p in zip(unions, parents, strict=True))
    Person.objects.bulk_create(Person(name=f"p{i}") for i in range(25))
    Course.objects.bulk_create(Course(kind=k) for k in ("safety", "law", "craft"))


def clear() -> None:
    """Empty the town as a careless hand would; the books must follow."""
    sql("TRUNCATE town_union, town_person, town_course CASCADE")


def fetch_treenotes() -> int:
    """Tree changes not yet posted: until then the books stand by the tree as last posted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM books_treenote")
        return cursor.fetchone()[0]


def day(r: random.Random) -> date:
    return START + timedelta(days=r.randrange(2200))


def maybe(r: random.Random, made, chance=0.3):
    return None if r.random() < chance else made


def pick(r: random.Random, model: type[Model]):
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    return r.choice(keys) if keys else None


def some(r: random.Random, model: type[Model]):
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    return model._base_manager.filter(pk__in=r.sample(keys, min(len(keys), r.randrange(1, 8))))


def fresh(r: random.Random, model: type[Model]):
    """An unsaved row of a model, or None when what it hangs on is missing."""
    union, money = pick(r, Union), Decimal(r.randrange(-500, 100000)) / 100
    if model is Membership:
        return Membership(
            person_id=pick(r, Person),
            union_id=union,
            sex=r.choice("FM"),
            kind=r.choice(["a", "b"]),
            joined_on=day(r),
            left_on=maybe(r, day(r), 0.5),
        )
    if model is Dispute:
        return Dispute(
            handled_by_id=union,
            accepted_on=maybe(r, day(r), 0.1),
            status=r.choice([None, "OPEN", "WITHDRAWN"]),
            cause=r.choice(["pay", "o'k"]),
            outcome=r.choice([None, "won", "%lost"]),
            worker_count=r.randrange(50),
            respondent_count=r.randrange(3),
            recovered=money,
        )
    if model is Payment:
        at = datetime.combine(day(r), datetime.min.time(), UTC) + timedelta(minutes=r.randrange(1440))
        return Payment(union_id=union, paid_at=at, amount=money, state=r.choice(["PAID", "SENT"]))
    if model is Station:
        return Station(union_id=union, name="s")
    if model is Session:
        return Session(course_id=pick(r, Course), union_id=union, held_on=day(r), finished=r.random() < 0.7)
    hangs_on = {Respondent: Dispute, Attendance: Session, Opening: Station}[model]
    if (key := pick(r, hangs_on)) is None:
        return None
    if model is Respondent:
        return Respondent(dispute_id=key, employer=r.randrange(12))
    if model is Attendance:
        return Attendance(session_id=key, person_id=pick(r, Person))
    return Opening(station_id=key, opened_on=day(r), closed_on=maybe(r, day(r)))


MODELS = [Membership, Dispute, Respondent, Session, Attendance, Payment, Station, Opening]


def changes(r: random.Random, model: type[Model]) -> dict:
    """New values for a field or two, of the kinds that move lines: day, union, condition, parent."""
    new = fresh(r, model)
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    return {f: getattr(new, f) for f in r.sample(fields, r.randrange(1, 3))} if new else {}


@operation
def save(r):
    if row := fresh(r, r.choice(MODELS)):
        row.save()


@operation
def bulk_create(r):
    model = r.choice(MODELS)
    rows = [row for _ in range(r.randrange(1, 12)) if (row := fresh(r, model))]
    model._base_manager.bulk_create(rows)


@operation
def bulk_update(r):
    model = r.choice(MODELS)
    rows = list(some(r, model))
    new = changes(r, model)
    for row in rows:
        for name, to in new.items():
            setattr(row, name, to)
    if rows and new:
        model._base_manager.bulk_update(rows, {f.name for f in model._meta.concrete_fields if f.attname in new})


@operation
def update(r):
    model = r.choice(MODELS)
    some(r, model).update(**changes(r, model))


@operation
def update_all(r):
    r.choice(
        [
            lambda: Dispute.objects.update(worker_count=F("worker_count") + 1),
            lambda: Session.objects.update(finished=True),
            lambda: Membership.objects.update(phone="1"),
            lambda: Dispute.objects.update(note="x"),
        ]
    )()


@operation
def delete(r):
    """Django deletes children first, in Python."""
    some(r, r.choice([*MODELS, Respondent, Attendance])).delete()


@operation
def raw_insert(r):
    sql(
        "INSERT INTO town_dispute (handled_by_id, accepted_on, status, cause, worker_count, respondent_count, recovered, note) "
        "SELECT id, %s, 'OPEN', 'pay', 3, 1, 10.5, '' FROM town_union WHERE id %% 7 = %s",
        day(r),
        r.randrange(7),
    )


@operation
def raw_both_at_once(r):
    """Parent and children in one statement, which no order of triggers can tell apart."""
    sql(
        "WITH d AS (INSERT INTO town_dispute (handled_by_id, accepted_on, cause, worker_count, respondent_count, recovered, note) "
        "SELECT min(id), %s, 'pay', 1, 1, 0, '' FROM town_union RETURNING id) INSERT INTO town_respondent (dispute_id, employer) SELECT id, 5 FROM d",
        day(r),
    )
    sql(
        "WITH d AS (UPDATE town_dispute SET accepted_on = %s WHERE id %% 3 = 0 RETURNING id) UPDATE town_respondent SET employer = employer + 1 FROM d WHERE d.id = dispute_id",
        day(r),
    )


@operation
def raw_delete_parent_first(r):
    with transaction.atomic():
        if key := pick(r, Dispute):
            sql("DELETE FROM town_dispute WHERE id = %s", key)
            sql("DELETE FROM town_respondent WHERE dispute_id = %s", key)


@operation
def raw_delete_both(r):
    if key := pick(r, Session):
        sql("WITH a AS (DELETE FROM town_attendance WHERE session_id = %s) DELETE FROM town_session WHERE id = %s", key, key)


@operation
def raw_children_before_parent(r):
    with transaction.atomic():
        key = 10**9 + r.randrange(10**6)
        sql("INSERT INTO town_opening (station_id, opened_on) VALUES (%s, %s)", key, day(r))
        sql("INSERT INTO town_station (id, union_id, name) SELECT %s, max(id), 's' FROM town_union ON CONFLICT DO NOTHING", key)


@operation
def raw_new_keys(r):
    sql("UPDATE town_payment SET id = id + 1000000 WHERE id %% 5 = %s AND id < 1000000", r.randrange(5))
    sql("UPDATE town_membership SET id = id + 1000000 WHERE id %% 5 = %s AND id < 1000000", r.randrange(5))


@operation
def raw_swap_parents(r):
    sql("UPDATE town_attendance SET session_id = (SELECT max(id) FROM town_session) WHERE id %% 2 = 0")
    sql("UPDATE town_session SET course_id = (SELECT min(id) + %s FROM town_course)", r.randrange(3))


@operation
def upsert(r):
    if key := pick(r, Payment):
        sql(
            "INSERT INTO town_payment (id, union_id, paid_at, amount, state) SELECT x, u.id, now(), 7, 'PAID' FROM (VALUES (%s), (%s)) AS v (x), (SELECT min(id) AS id FROM town_union) AS u "
            "ON CONFLICT (id) DO UPDATE SET amount = town_payment.amount + 1, state = 'PAID'",
            key,
            key + 5000000 + r.randrange(10**6),
        )


@operation
def merge(r):
    sql(
        "MERGE INTO town_dispute d USING (SELECT id FROM town_union) u ON d.handled_by_id = u.id AND d.id %% 4 = %s "
        "WHEN MATCHED AND d.worker_count > 40 THEN DELETE WHEN MATCHED THEN UPDATE SET worker_count = d.worker_count + 2",
        r.randrange(4),
    )


@operation
def copy_in(r):
    with connection.cursor() as cursor:
        people, unions = list(Person.objects.values_list("pk", flat=True)), list(Union.objects.values_list("pk", flat=True))
        with cursor.copy("COPY town_membership (person_id, union_id, sex, kind, joined_on, left_on, phone) FROM STDIN") as copy:
            for _ in range(r.randrange(1, 30)):
                copy.write_row((r.choice(people), r.choice(unions), r.choice("FM"), "c", day(r), maybe(r, day(r), 0.6), ""))


@operation
def truncate(r):
    if r.random() < 0.3:
        sql(
            r.choice(
                [
                    "TRUNCATE town_payment",
                    "TRUNCATE town_dispute CASCADE",
                    "TRUNCATE town_attendance",
                    "TRUNCATE town_opening, town_station",
                    "TRUNCATE town_membership",
                ]
            )
        )


@operation
def new_parent(r):
    unions = list(Union.objects.order_by("pk").values_list("pk", flat=True))
    child = r.randrange(4, len(unions))
    Parentage.objects.update_or_create(union_id=unions[child], since=day(r), defaults={"parent_id": unions[r.randrange(0, min(child, 10))]})


@operation
def mend_parent(r):
    rows = Parentage.objects.order_by("-pk")
    if rows.count() > 30:
        row = rows[r.randrange(rows.count() - 30)]
        row.delete() if r.random() < 0.4 else Parentage.objects.filter(pk=row.pk).update(
            parent_id=Union.objects.order_by("pk")[r.randrange(4)].pk
        )


@operation
def new_union(r):
    if Union.objects.count() < 45:
        union = Union.objects.create(name="new")
        Parentage.objects.create(
            union=union, parent_id=pick(r, Parentage) and Union.objects.order_by("pk")[r.randrange(10)].pk, since=day(r)
        )


@operation
def rolled_back(r):
    """A savepoint that is given up, inside a transaction that is kept."""
    with transaction.atomic():
        save(r)
        try:
            with transaction.atomic():
                update(r)
                copy_in(r)
                raise ValueError
        except ValueError:
            bulk_create(r)


@operation
def given_up(r):
    try:
        with transaction.atomic():
            delete(r)
            save(r)
            raise ValueError
    except ValueError:
        pass
