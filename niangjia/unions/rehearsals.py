"""What the tree itself says to a reorganisation: what of unions moves, and what holds it up."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.kit.dates import today
from niangjia.kit.rehearsal import Carried, Stop, carries, stops
from niangjia.unions import rules
from niangjia.unions.enums import Kind, Link, Stage, State, Turn
from niangjia.unions.models import Employer, Line, Office, Parentage, Union, open_on
from niangjia.unions.rehearsal import Plan

OPEN = (Stage.REHEARSED, Stage.SIGNED, Stage.ADOPTED, Stage.RECALLED)
MOST = 5  # of one kind of hitch, named one by one


@carries
def unions(plan: Plan) -> Iterable[Carried]:
    """Unions, their officers, the employers of the place, the clocks on what lies there."""
    yield Carried(_("Unions"), plan.unions, _("Each keeps its code, its term and its people; nobody has to do anything."))
    held = Office.objects.filter(open_on(today()), _within(plan, "union")).count()
    yield Carried(_("Offices held"), held, _("They stay; those of a union that ends, end with it."))
    yield Carried(_("Employers of the place"), Employer.objects.filter(_employers(plan)).count(), _("Entered under the new place."))
    yield Carried(_("Clocks that run"), plan.clocks, _("No day changes; some lie on another desk, as told below."))


def _within(plan: Plan, key: str) -> Q:
    """Rows whose union, named by a key, stands in a branch that moves."""
    return Q(**{f"{key}__in": Union.objects.filter(plan.under(Union)).values("pk")})


def _employers(plan: Plan) -> Q:
    said = Q(pk__in=())
    for one in plan.shifts:
        if one.branch.level in (2, 3):
            said |= Q(**{"county" if one.branch.level == 2 else "township": one.line.union_id})
    return said


@stops
def by_the_rules(plan: Plan) -> Iterable[Stop]:
    """What cannot be, whatever anybody does."""
    if not plan.lines:
        yield Stop(_("Nothing is to happen yet. Add a line."))
    for hitch in rules.hitches(plan.wanted):
        line = plan.lines[hitch.line]
        said = {"union": line.union.short_name, "target": line.target.short_name if line.target else ""}
        kinds = {"below": Kind(line.union.kind).label, "above": Kind(line.target.kind).label if line.target else ""}
        yield Stop(_sentences()[hitch.code] % (said | kinds), line.union.get_absolute_url())


def _sentences() -> dict[str, str]:
    return {
        "ended": _("%(union)s has ended. Take its line off."),
        "target-ended": _("%(target)s has ended; choose the union that goes on with its work."),
        "kind": _("%(union)s cannot stand under %(target)s: a union of the type “%(below)s” does not stand under “%(above)s”."),
        "there-already": _("%(union)s stands under %(target)s already."),
        "merge-kind": _("%(union)s cannot merge into %(target)s: their types differ (“%(below)s”, “%(above)s”)."),
        "target-ends": _("%(target)s itself ends by another line. Name the union into which both go."),
        "circle": _("%(union)s would stand under itself, by way of %(target)s."),
        "renamed-ends": _("%(union)s is renamed by one line and ends by another. Take one of them off."),
    }


@stops
def by_the_day(plan: Plan) -> Iterable[Stop]:
    """What the day does not allow: a parent that holds since later, a union founded later, no reason for a day that lies back."""
    on, facts = plan.of.on, plan.of.get_absolute_url() + "facts/"
    if on < today() and not plan.of.why_late and plan.of.state not in (Stage.ADOPTED, Stage.RECALLED):
        yield Stop(_("Its day, %(day)s, lies back. Write why it is recorded only now, or choose a later day.") % {"day": on}, facts)
    turning = [one.line.union_id for one in plan.shifts]
    merged = [one.line.union_id for one in plan.shifts if one.merges]
    children = Union.objects.filter(parent__in=merged).exclude(state=State.ABOLISHED).values("pk")
    late = Parentage.objects.filter(Q(child__in=turning) | Q(child__in=children), kind=Link.ORG, since__gte=on).select_related("child")
    for one in late.order_by("-since", "pk")[:MOST]:
        yield Stop(
            _("%(union)s stands where it stands only since %(since)s: the day of this act must come after that.")
            % {"union": one.child.short_name, "since": one.since}, facts,
        )  # fmt: skip
    for line in plan.lines:
        if line.turn == Turn.MERGE and line.union.founded_on and line.union.founded_on >= on:
            yield Stop(_("%(union)s was founded on %(since)s, not before the day on which it ends.") % {"union": line.union.short_name, "since": line.union.founded_on}, facts)  # fmt: skip


@stops
def by_others(plan: Plan) -> Iterable[Stop]:
    """What else is under way at the same unions: another reorganisation, a founding, a name that is taken."""
    mine = {one.union_id for one in plan.lines} | {one.target_id for one in plan.lines if one.target_id}
    others = (
        Line.objects.filter(Q(union__in=mine) | Q(target__in=mine, turn=Turn.MERGE), reorganisation__state__in=OPEN)
        .exclude(reorganisation=plan.of)
        .select_related("reorganisation", "union")
        .order_by("pk")[:MOST]
    )
    for other in others:
        yield Stop(
            _("%(reference)s turns %(union)s too, from %(day)s. One of the two has to be in force, or given up, first.")
            % {"reference": other.reorganisation.reference, "union": other.union.short_name, "day": other.reorganisation.on},
            other.reorganisation.get_absolute_url(),
        )
    for one in plan.shifts:
        if one.merges:
            for founding in Union.objects.filter(one.branch.rows(Union), state=State.PREPARING).order_by("pk")[:MOST]:
                yield Stop(
                    _("%(union)s is still being founded under %(above)s. Approve it, or abolish it, first.")
                    % {"union": founding.short_name, "above": one.line.union.short_name}, founding.get_absolute_url(),
                )  # fmt: skip
    ending = [one.line.union_id for one in plan.shifts if one.merges]
    for line in plan.lines:
        if line.turn == Turn.RENAME:
            taken = Union.objects.filter(name=line.name).exclude(state=State.ABOLISHED).exclude(pk__in=[line.union_id, *ending]).first()
            if taken is not None:
                yield Stop(_("The name “%(name)s” is used already, by the union %(code)s.") % {"name": line.name, "code": taken.code}, taken.get_absolute_url())  # fmt: skip
