"""Who stands where by dues or statistics, where that is not the organisational parent: the ways of a whole city in one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from niangjia.access.models import User
from niangjia.kit.who import permitted
from niangjia.unions.enums import Link, May
from niangjia.unions.models import Parentage, Union
from niangjia.unions.queries import held, stood


def parents(day: date, by: str = Link.ORG) -> dict[int, int | None]:
    """Whose child each union is on a day, by a hierarchy."""
    return dict(held(day, by).values_list("child", "parent"))


def below(top: int, over: Mapping[int, int | None]) -> set[int]:
    """A union and all that stand below it, by the parents of a day."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for child, parent in over.items():
        children[parent].append(child)
    found, next_ = {top}, [top]
    while next_:
        next_ = [child for one in next_ for child in children[one] if child not in found]
        found.update(next_)
    return found


def differs(day: date, by: str) -> bool:
    """Whether any union stands elsewhere by a hierarchy than by organisation."""
    return Parentage.objects.filter(kind=by, since__lte=day).exists()


def gathered(top: Union, day: date, by: str = Link.STATS) -> set[int]:
    """The unions whose numbers a union gathers on a day: itself and all below it by that hierarchy."""
    return below(top.pk, parents(day, by))


def moved(top: Union, day: date, by: str = Link.STATS) -> tuple[set[int], set[int]]:
    """The unions that report to a union and stand elsewhere by organisation, and those that stand under it and report elsewhere."""
    if not differs(day, by):
        return set(), set()
    ours, theirs = below(top.pk, parents(day)), below(top.pk, parents(day, by))
    return theirs - ours, ours - theirs


def apart(user: User, day: date) -> QuerySet[Union]:
    """The unions a person may see whose dues or statistics go elsewhere than they stand by organisation, each told where the three go."""

    def last(kind: str) -> Subquery:
        rows = Parentage.objects.filter(child=OuterRef("pk"), kind=kind, since__lte=day).order_by("-since")
        return Subquery(rows.values("parent")[:1])

    seen = permitted(user, May.VIEW).filter(stood(day)).filter(pk__in=Parentage.objects.exclude(kind=Link.ORG).values("child"))
    told: QuerySet[Union] = seen.annotate(dues_to=last(Link.DUES), stats_to=last(Link.STATS))
    return told.exclude(Q(dues_to=None) | Q(dues_to=F("parent")), Q(stats_to=None) | Q(stats_to=F("parent")))
