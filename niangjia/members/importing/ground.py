"""What the rows of an import may name: the unions and units at and below the union for which it is read."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from niangjia.kit.answer import asking
from niangjia.kit.dates import today
from niangjia.members.importing.checks import Ground
from niangjia.members.parameters import YOUNGEST
from niangjia.unions.api import open_on, union_name
from niangjia.unions.models import Cover, Union


def below(top: Union) -> Q:
    """A union and all below it, by the columns that are stored for it."""
    if top.level == 1:
        return ~Q(pk__in=())
    if top.level == 2:
        return Q(county=top)
    if top.level == 3:
        return Q(township=top)
    return Q(path__startswith=top.path)


def ground_of(union: Union) -> Ground:
    """The judgement's ground in two queries; a name that two unions or two units bear names neither."""
    unions: dict[str, int | None] = {}
    named = Union.objects.filter(below(union)).exclude(state__in=["ABOLISHED", "PREPARING"])
    grassroots = set()
    for pk, code, name, short, level in named.values_list("pk", "code", "name", "short_name", "level"):
        if level > 3:
            grassroots.add(pk)
        unions[code.upper()] = pk
        for key in {union_name(name), union_name(short)} - {""}:
            unions[key] = pk if unions.get(key, pk) == pk else None
    units: dict[str, tuple[int, int | None]] = {}
    doubled = set()
    covers = Cover.objects.filter(open_on(today()), union_id__in={pk for pk in unions.values() if pk})
    for name, unit, pk in covers.values_list("employer__name", "employer_id", "union_id"):
        key = union_name(name)
        if key in units and units[key][0] != unit:
            doubled.add(key)
        units[key] = (unit, pk if units.get(key, (unit, pk))[1] == pk else None)
    for key in doubled:
        del units[key]
    home = union.pk if union.level > 3 else None
    youngest = asking(union, today())(YOUNGEST)
    return Ground(
        on=today(), demo=settings.DEMO, union=home, youngest=youngest, unions=unions, employers=units, grassroots=frozenset(grassroots)
    )  # fmt: skip
