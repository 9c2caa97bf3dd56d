"""The tree as it stands open: the way down to one union and the first of those below it, or the ways to those whose names were asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from niangjia.access.models import User
from niangjia.kit.who import permitted
from niangjia.unions.enums import May, State
from niangjia.unions.models import Union
from niangjia.unions.queries import find

CHILDREN = 20  # of one union, shown in the tree; the list has them all
FOUND = 20


@dataclass(frozen=True)
class Node:
    """A union in the tree: how far it stands in, whether it is open (None: nothing stands below it), and whether it was asked for."""

    union: Union
    depth: int
    opened: bool | None
    hit: bool = False


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
    here: Union | None = None  # the union that was opened
    found: int = 0
    more: bool = False  # whether there are others of that name

    @property
    def unions(self) -> list[Union]:
        """The unions that are shown."""
        return [line.union for line in self.lines if isinstance(line, Node)]


def rows(user: User) -> QuerySet[Union]:
    """The unions that a person may see, in the order of the tree; each told whether more stand below it."""
    children = Union.objects.filter(parent=OuterRef("pk")).exclude(state=State.ABOLISHED)
    seen = permitted(user, May.VIEW, Union.objects.select_related("parent"))
    told: QuerySet[Union] = seen.annotate(leads=Exists(children)).order_by("level", "kind", "division__code", "name_py", "id")
    return told


def leads(union: Union) -> bool:
    """Whether a union of the tree has others below it; told with its row."""
    return bool(getattr(union, "leads", False))


def way(union: Union) -> set[int]:
    """The numbers of those above a union, and its own."""
    return {int(pk) for pk in union.path.strip("/").split("/") if pk}


def opened(user: User, top: Union | None) -> Tree:
    """One storey at a time: those above a union down from where the reader sits, and the first of those below it."""
    if top is None:
        highest = min((seat.level for seat in user.seats), default=1)
        mine = list(
            rows(user).filter(pk__in=[seat.union_id for seat in user.seats if seat.level == highest]).exclude(state=State.ABOLISHED)
        )
        if len(mine) != 1:
            return Tree([Node(one, 0, opened=False if leads(one) else None) for one in mine])
        line = mine
    else:
        line = sorted(rows(user).filter(pk__in=way(top)), key=lambda one: len(one.path))
    depth, last = len(line), line[-1]
    below = rows(user).filter(parent=last).exclude(state=State.ABOLISHED)
    first = list(below[: CHILDREN + 1])
    lines: list[Node | Rest] = [Node(one, n, opened=True if leads(one) else None) for n, one in enumerate(line)]
    lines += [Node(one, depth, opened=False if leads(one) else None) for one in first[:CHILDREN]]
    if len(first) > CHILDREN:
        lines.append(Rest(last, depth, below.order_by().count() - CHILDREN))
    return Tree(lines, here=last)


def searched(user: User, text: str) -> Tree:
    """The ways down to the unions of a name, and how many others stand beside them."""
    hits = find(text, permitted(user, May.VIEW), limit=FOUND + 1)
    kept = {one.pk for one in hits[:FOUND]}
    shown = list(rows(user).filter(pk__in={pk for one in hits[:FOUND] for pk in way(one)}))
    below: defaultdict[int | None, list[Union]] = defaultdict(list)
    known = {one.pk for one in shown}
    for one in shown:
        below[one.parent_id if one.parent_id in known else None].append(one)
    beside = _children(user, [pk for pk in below if pk is not None])

    def walk(those: Iterable[Union], depth: int) -> Iterator[Node | Rest]:
        for one in those:
            mine = below.get(one.pk, [])
            yield Node(one, depth, opened=True if mine else False if leads(one) else None, hit=one.pk in kept)
            yield from walk(mine, depth + 1)
            standing = sum(1 for child in mine if child.state != State.ABOLISHED)
            if mine and (rest := beside[one.pk] - standing) > 0:
                yield Rest(one, depth + 1, rest)

    return Tree(list(walk(below[None], 0)), found=len(kept), more=len(hits) > FOUND)


def _children(user: User, parents: list[int]) -> Counter[int]:
    """How many a person sees directly below each of some unions."""
    seen = permitted(user, May.VIEW).filter(parent__in=parents).exclude(state=State.ABOLISHED)
    return Counter(dict(seen.order_by().values_list("parent").annotate(n=Count("pk"))))
