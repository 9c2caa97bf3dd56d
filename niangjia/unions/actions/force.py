"""What a reorganisation does on its day: parents, places, names, ends, desks and stories, in one transaction, a statement a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Max

from niangjia.access.models import User
from niangjia.flow.api import move, record, wind
from niangjia.kit.dates import today
from niangjia.kit.names import reading, tokens
from niangjia.notices.api import tell
from niangjia.unions.actions.ending import end_of
from niangjia.unions.enums import Link, State, Turn
from niangjia.unions.models import Cover, Division, Line, Office, Parentage, Reorganisation, Union, open_on
from niangjia.unions.rehearsal import Plan, Shift
from niangjia.unions.scope import employers_follow, rehang, rescope

LATER = (5, 90)  # seconds


def hold_tree() -> None:
    """One who changes the tree at a time; whoever founds a union waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('unions.tree'))")


def bring_about(one: Reorganisation, plan: Plan, *, by: User | None) -> Reorganisation:
    """It is in force. The caller holds the tree and the act, and has asked whether anything stands against it."""
    sides = [side.union.pk for side in plan.sides]
    turned: dict[int, str] = {}
    for line in plan.lines:
        if line.turn == Turn.RENAME:
            turned[line.union_id] = f"{line.union.name} → {line.name}"
            _rename(line)
    for shift in plan.shifts:
        turned |= _shift(one, shift, [other.line.union_id for other in plan.shifts])
    moved = rescope(one.top)
    for shift in plan.shifts:
        old, new = Union.objects.get(pk=shift.line.union_id), Union.objects.get(pk=shift.target.pk)
        employers_follow(shift.line.union, new if shift.merges else old)
        _division_follows(one, shift, new)
        if shift.merges:
            end_of(old, one.on)
            Union.objects.filter(pk=old.pk).update(closed_on=one.on)
            old.refresh_from_db()
            move(old, "absorb", by=by, reason=turned.pop(old.pk), house=True)
    said = f"{one.reference} {one.paper}"
    for side in plan.sides:
        turned.setdefault(side.union.pk, said)
    living = Union.objects.filter(pk__in=list(turned)).exclude(state=State.ABOLISHED).values_list("pk", flat=True)
    for words in set(turned.values()):
        those = [pk for pk in living if turned[pk] == words]
        record("unions.union", those, "reorganise", by=by, reason=words if words.startswith(one.reference) else f"{said} {words}")
    move(one, "enforce", by=by, house=True)  # higher floors follow by their reactions
    rehang([*moved, *sides])
    for pk in living:
        if pk in {line.union_id for line in plan.lines}:
            wind(Union.objects.get(pk=pk))
    tell_all(one, "reorganisation-in-force", to=[*turned, *moved, *sides], but=by)
    _look_again(moved)
    return one


def _shift(one: Reorganisation, shift: Shift, named: list[int]) -> dict[int, str]:
    """New parents from the day on. Answers what stands in the story of each union that has another parent."""
    union, target = shift.line.union, shift.target
    words = f"{union.parent.short_name if union.parent else ''} → {target.short_name}"
    Line.objects.filter(pk=shift.line.pk).update(was=union.parent)
    heirs = [union]
    if shift.merges:
        heirs += Union.objects.filter(parent=union).exclude(state=State.ABOLISHED).exclude(pk__in=named).order_by("pk")
        words = f"{union.short_name} → {target.short_name}"
    # What is left of a union that ends stands under what goes on with its work: so its past goes along, and is found there.
    Parentage.objects.bulk_create(
        [Parentage(child=child, parent=target, since=one.on, basis=f"{one.reference} {one.paper}"[:200]) for child in heirs],
        batch_size=1000,
    )
    Union.objects.filter(pk__in=[child.pk for child in heirs]).update(parent=target)
    if shift.merges:
        Union.objects.filter(pk=union.pk).update(successor=target)
        _other_parents(one, union, target)
        _covers_follow(one, union, target)
    return {child.pk: words for child in heirs}


def _other_parents(one: Reorganisation, union: Union, target: Union) -> None:
    """Whoever paid dues to a union that ends, or was counted with it, does so with what goes on with its work."""
    last = (
        Parentage.objects.exclude(kind=Link.ORG)
        .filter(child__in=Parentage.objects.filter(parent=union).exclude(kind=Link.ORG).values("child"), since__lt=one.on)
        .values("child", "kind")
        .annotate(day=Max("since"))
    )
    still = [Parentage.objects.get(child=row["child"], kind=row["kind"], since=row["day"]) for row in last]
    Parentage.objects.bulk_create(
        [
            Parentage(child_id=row.child_id, parent=target, kind=row.kind, since=one.on, basis=one.reference)
            for row in still
            if row.parent_id == union.pk
        ]
    )


def _covers_follow(one: Reorganisation, union: Union, target: Union) -> None:
    """The units that a union covered are covered by what it merged into; a unit that both had is one."""
    there = Cover.objects.filter(union=target, until=None).values("employer")
    rows = Cover.objects.filter(union=union, until=None).exclude(employer__in=there)
    Cover.objects.bulk_create(
        [Cover(union=target, employer_id=row.employer_id, since=max(row.since, one.on)) for row in rows], batch_size=1000
    )


def _division_follows(one: Reorganisation, shift: Shift, new: Union) -> None:
    """The township's entry in the table of divisions: succeeded by that of the union it merged into, or by its own in the other county."""
    place, owner = shift.ends(one.on), shift.owner
    if place is None:
        return
    if shift.merges:
        Division.objects.filter(pk=place.pk).update(until=one.on, successor=new.division_id)
    else:
        made = Division.objects.create(
            code=place.code, name=place.name, level=3, since=one.on, zone=place.zone, basis=one.paper[:200], union=owner, parent=owner.division or place.parent,
        )  # fmt: skip
        Division.objects.filter(pk=place.pk).update(until=one.on, successor=made)
        Union.objects.filter(division=place).update(division=made)


def _rename(line: Line) -> None:
    """Another name, found by its reading; the old one stays on the line."""
    said = reading(line.name, person=False)
    Line.objects.filter(pk=line.pk).update(old_name=line.union.name)
    Union.objects.filter(pk=line.union_id).update(name=line.name, short_name=line.short_name, name_py=said, tokens=tokens(line.name, said))


def tell_all(
    one: Reorganisation, what: str, *, to: Iterable[int], duties: tuple[str, ...] = ("chair", "organisation", "leader"), but: User | None = None,
    more: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Tell whoever holds one of some offices in the unions concerned."""
    held = Office.objects.filter(
        open_on(today() - timedelta(days=1)) | open_on(today()), union__in=list(set(to)), duty__in=duties, user__isnull=False
    )
    people = [office.user for office in held.select_related("user") if office.user and office.user != but]
    facts = {"reference": one.reference, "day": one.on, "paper": one.paper, **(more or {})}
    tell(people, what, facts=facts, url=one.get_absolute_url(), receipt=what == "reorganisation-in-force")


def _look_again(moved: list[int]) -> None:
    """Once more in a while: who had read a union before it moved may write its old place after it did."""
    from procrastinate.contrib.django import app

    for seconds in LATER if moved else ():
        app.configure_task("unions.rescope", schedule_in={"seconds": seconds}).defer(unions=list[Any](moved))
