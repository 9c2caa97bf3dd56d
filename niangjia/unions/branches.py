"""The tree as it stands open on a day: the way down to one union and the first of those below it, or the ways to those whose names were asked.

It stands by organisation, or by dues or statistics where those differ: always by the parents that held on the day. What a person may
see is another matter; that is judged by the tree of today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from niangjia.access.models import User
from niangjia.kit.dates import today
from niangjia.kit.who import permitted
from niangjia.unions.enums import Link, May, State
from niangjia.unions.models import Parentage, Union
from niangjia.unions.queries import find, held, stood

CHILDREN = 20  # of one union, shown in the tree; the list has them all
ALL = 500  # where no list has them: it knows today's parents only
FOUND = 20


@dataclass(frozen=True)
class Hold:
    """On which day the tree is asked for, and by which hierarchy."""

    day: date
    by: str = Link.ORG

    @property
    def past(self) -> bool:
        return self.day < today()

    @property
    def usual(self) -> bool:
        """Whether it is the tree of today by organisation, which lists and stored places know."""
        return not self.past and self.by == Link.ORG


@dataclass(frozen=True)
class Node:
    """A union in the tree: how far it stands in, whether it is open (None: nothing stands below it), whether it was asked for, and
    the union above it, where that is shown.
    """

    union: Union
    depth: int
    opened: bool | None
    hit: bool = False
    above: Union | None = None


@dataclass(frozen=True)
class Rest:
    """Those directly below a union that are not shown."""

    parent: Union
    depth: int
    n: int


@dataclass(frozen=True)
class Tree:
    """The lines of the tree, from where a person sits."""

    lines: list[Node | Rest]
    hold: Hold
    here: Union | None = None  # the union that was opened
    found: int = 0
    more: bool = False  # whether there are others of that name
    elsewhere: dict[int, Union] = field(default_factory=dict)  # where those stand today, or by organisation, that stand otherwise here

    @property
    def unions(self) -> list[Union]:
        """The unions that are shown."""
        return [line.union for line in self.lines if isinstance(line, Node)]


def rows(user: User, hold: Hold) -> QuerySet[Union]:
    """The unions that a person may see, in the order of the tree; each told whether more stood below it. Today also those that have
    ended, which are asked for by their codes; of a past day those that stood.
    """
    children = held(hold.day, hold.by).filter(stood(hold.day, "child__"), parent=OuterRef("pk"))
    seen = permitted(user, May.VIEW, Union.objects.select_related("successor"))
    told: QuerySet[Union] = seen.filter(stood(hold.day) if hold.past else Q()).annotate(leads=Exists(children))
    return told.order_by("level", "kind", "division__code", "name_py", "id")


def leads(union: Union) -> bool:
    """Whether a union of the tree has others below it; told with its row."""
    return bool(getattr(union, "leads", False))


def over(unions: Iterable[int], hold: Hold) -> dict[int, int | None]:
    """The parents of some unions and of all who stood above them: a storey a question."""
    found: dict[int, int | None] = {}
    asked = set(unions)
    while asked:
        found |= dict(held(hold.day, hold.by).filter(child__in=asked).values_list("child", "parent"))
        asked = {parent for parent in found.values() if parent is not None} - found.keys()
    return found


def way(union: int, parents: dict[int, int | None]) -> list[int]:
    """A union and those above it, the highest first."""
    line: list[int] = []
    at: int | None = union
    while at is not None and at not in line:
        line.append(at)
        at = parents.get(at)
    return line[::-1]


def opened(user: User, top: Union | None, hold: Hold, *, every: bool = False) -> Tree:
    """One storey at a time: those above a union down from where the reader sits, and the first of those below it, or every one."""
    if top is None:
        highest = min((seat.level for seat in user.seats), default=1)
        mine = [seat.union_id for seat in user.seats if seat.level == highest]
        line = list(rows(user, hold).filter(stood(hold.day), pk__in=mine))
        if len(line) != 1:
            return Tree([Node(one, 0, opened=False if leads(one) else None) for one in line], hold)
    else:
        up = way(top.pk, over([top.pk], hold))
        line = sorted(rows(user, hold).filter(pk__in=up), key=lambda one: up.index(one.pk))
        if not line:
            return Tree([], hold)
    depth, last, limit = len(line), line[-1], ALL if every else CHILDREN
    below = rows(user, hold).filter(stood(hold.day), pk__in=held(hold.day, hold.by).filter(parent=last).values("child"))
    first = list(below[: limit + 1])
    lines: list[Node | Rest] = [
        Node(one, n, opened=True if leads(one) else None, above=line[n - 1] if n else None) for n, one in enumerate(line)
    ]
    lines += [Node(one, depth, opened=False if leads(one) else None, above=last) for one in first[:limit]]
    if len(first) > limit:
        lines.append(Rest(last, depth, below.order_by().count() - limit))
    return compared(Tree(lines, hold, here=last))


def searched(user: User, text: str, hold: Hold) -> Tree:
    """The ways down to the unions of a name, and how many others stood beside them."""
    among = permitted(user, May.VIEW).filter(stood(hold.day) if hold.past else Q())
    hits = find(text, among, limit=FOUND + 1, day=hold.day)
    kept = {one.pk for one in hits[:FOUND]}
    parents = over(kept, hold)
    shown = list(rows(user, hold).filter(pk__in=parents))
    below: defaultdict[int | None, list[Union]] = defaultdict(list)
    known = {one.pk for one in shown}
    for one in shown:
        up = parents[one.pk]
        below[up if up in known else None].append(one)
    beside = _children(user, [pk for pk in below if pk is not None], hold)

    def walk(those: Iterable[Union], depth: int, above: Union | None) -> Iterator[Node | Rest]:
        for one in those:
            mine = below.get(one.pk, [])
            yield Node(one, depth, opened=True if mine else False if leads(one) else None, hit=one.pk in kept, above=above)
            yield from walk(mine, depth + 1, one)
            standing = sum(1 for child in mine if hold.past or child.state != State.ABOLISHED)
            if mine and (rest := beside[one.pk] - standing) > 0:
                yield Rest(one, depth + 1, rest)

    return compared(Tree(list(walk(below[None], 0, None)), hold, found=len(kept), more=len(hits) > FOUND))


def _children(user: User, parents: list[int], hold: Hold) -> Counter[int]:
    """How many a person sees directly below each of some unions."""
    seen = permitted(user, May.VIEW).filter(stood(hold.day))
    below = held(hold.day, hold.by).filter(parent__in=parents, child__in=seen.values("pk"))
    return Counter(dict(below.order_by().values_list("parent").annotate(n=Count("pk"))))


def compared(tree: Tree) -> Tree:
    """With the unions under which those shown stand today, or by organisation on the same day, where that is not where they stand here."""
    hold = tree.hold
    if hold.usual:
        return tree
    shown = [one.pk for one in tree.unions]
    here = dict(held(hold.day, hold.by).filter(child__in=shown).values_list("child", "parent"))
    other = held(today() if hold.by == Link.ORG else hold.day).filter(child__in=shown, parent__isnull=False).select_related("parent")
    elsewhere = {row.child_id: row.parent for row in other if row.parent is not None and row.parent_id != here.get(row.child_id)}
    return Tree(tree.lines, hold, tree.here, tree.found, tree.more, elsewhere)


def differing(user: User, day: date) -> dict[str, int]:
    """The other hierarchies that the data knows, and how many unions that a person sees stood elsewhere in them on a day."""
    known = set(Parentage.objects.exclude(kind=Link.ORG).values_list("kind", flat=True).distinct())
    seen = permitted(user, May.VIEW).filter(stood(day)).values("pk")
    found = {}
    for kind in (Link.DUES, Link.STATS):
        if kind in known:
            org = held(day).filter(child=OuterRef("child")).values("parent")[:1]
            rows = held(day, kind).filter(kind=kind, child__in=seen)
            found[str(kind)] = rows.annotate(org=Subquery(org)).exclude(parent=F("org")).count()
    return found
