"""The unions one level below, side by side: what the books, the clocks and the offices say of each, in a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.desk import counted, queries
from niangjia.flow.models import Move
from niangjia.kit.dates import at, now, today
from niangjia.kit.figure import FIGURES, Figure
from niangjia.kit.periods import Period, until
from niangjia.kit.served import Served, served
from niangjia.members.models import Batch
from niangjia.quality.models import Confirmation
from niangjia.returns.models import AnnualReturn
from niangjia.unions.api import open_on
from niangjia.unions.models import Office, Union
from niangjia.worklog.api import grids

UNIONS, MEMBERS, RATE, COMPLETE, FRESH = "unions.grassroots", "members.memberships", "unions.rate", "quality.complete", "quality.fresh"
TERMS, VACANT, LIKELY = "quality.terms", "quality.vacant", "quality.likely"
COUNTS = (UNIONS, MEMBERS, TERMS, VACANT, LIKELY)  # parts that add up to the whole
SHARES = (RATE, COMPLETE, FRESH)
FIGURES_SHOWN = (UNIONS, MEMBERS, *SHARES, TERMS, VACANT, LIKELY)
MOST = 300  # unions of one township that stand side by side; the list of unions has the others
LONGEST, WEEK, NEWS = 6, 7, 8
QUARTER = 3  # months
GRASSROOTS_LEVEL = 4


@dataclass(frozen=True)
class Place:
    """A union from which one looks, as the questions about clocks want a seat."""

    union: Union

    @property
    def level(self) -> int:
        """How high it stands."""
        return int(self.union.level)

    @property
    def union_id(self) -> int:
        """Its number."""
        return int(self.union.pk)

    @property
    def column(self) -> str:
        """The column by which what lies below is told apart."""
        return {1: "county_id", 2: "township_id"}.get(self.level, "union_id")

    @property
    def within(self) -> dict[str, int]:
        """The columns that narrow rows to it and what is below."""
        return {1: {}, 2: {"county_id": self.union_id}}.get(self.level, {"township_id": self.union_id})


@dataclass(frozen=True)
class Line:
    """One union below: its chair, its figures now and at the end of the last quarter, people served, what is late."""

    union: Union
    chair: str
    now: Mapping[str, Any]
    was: Mapping[str, Any]
    served: int
    late: int


@dataclass(frozen=True)
class Board:
    """The whole comparison."""

    place: Place
    lines: list[Line]
    whole: Line
    rest: Line | None  # what stands at the union itself and at its industries; none where there is nothing
    quarter: Period  # from its first day to today
    eve: Period  # until the last day of the quarter before
    cut: bool  # whether more unions stand below than are shown

    def figure(self, name: str) -> Figure:
        """A figure by its code."""
        return FIGURES[name]


def quarter_of(day: date) -> date:
    """The first day of the quarter in which a day lies."""
    return date(day.year, day.month - (day.month - 1) % QUARTER, 1)


def rows_below(place: Place) -> list[Union]:
    """The places one level below; of a township, its unions by name."""
    if place.level < GRASSROOTS_LEVEL - 1:
        return counted.below(place.union)
    rows = Union.objects.filter(township=place.union, level=GRASSROOTS_LEVEL).exclude(state__in=["ABOLISHED", "PREPARING"])
    return list(rows.order_by("name_py", "pk")[: MOST + 1])


def board(union: Union) -> Board:
    """The unions below one, side by side."""
    place = Place(union)
    found = rows_below(place)
    cut, those = len(found) > MOST, found[:MOST]
    keys = [one.pk for one in those]
    day = today()
    begins = quarter_of(day)
    eve = until(begins - timedelta(days=1))
    now_, was = _figures([*keys, union.pk], until(day), eve)
    chairs, late = chairs_of(keys), late_by(place)
    people = served("id" if place.column == "union_id" else place.column, place.within, begins, day + timedelta(days=1))
    lines = [
        Line(one, chairs.get(one.pk, ""), now_[one.pk], was[one.pk], people.places.get(one.pk, 0), late.get(one.pk, 0)) for one in those
    ]
    whole = Line(union, "", now_[union.pk], was[union.pk], people.total, sum(late.values()))
    return Board(place, lines, whole, _rest(union, lines, whole, people, cut=cut), Period(begins, day + timedelta(days=1)), eve, cut)


def _figures(keys: Sequence[int], day: Period, eve: Period) -> tuple[dict[int, Any], dict[int, Any]]:
    """The figures of each union today and at the end of the last quarter."""
    found = grids([FIGURES[name].plan for name in FIGURES_SHOWN], keys, [day, eve])
    now_, was = ({union: {name: one[union, i] for name, one in zip(FIGURES_SHOWN, found, strict=True)} for union in keys} for i in (0, 1))
    return now_, was


def _rest(union: Union, lines: Sequence[Line], whole: Line, people: Served, *, cut: bool) -> Line | None:
    """What stands in none of the places below: at the union itself and its industries."""

    def less(side: str) -> dict[str, Any]:
        return {name: (getattr(whole, side)[name] or 0) - sum(getattr(one, side)[name] or 0 for one in lines) for name in COUNTS}

    if cut:
        return None
    now_, late = less("now"), whole.late - sum(one.late for one in lines)
    shown = {one.union.pk for one in lines}
    got = sum(many for at_, many in people.places.items() if at_ not in shown)
    return Line(union, "", now_, less("was"), got, late) if any((*now_.values(), late, got)) else None


def chairs_of(unions: Sequence[int]) -> dict[int, str]:
    """Who is in the chair of each union today; who only stands in comes after who holds the office."""
    held = Office.objects.filter(open_on(today()), union_id__in=unions, duty="chair", delegated_by=None).order_by("-since")
    return dict(held.values_list("union_id", "name"))


def late_by(place: Place) -> dict[int, int]:
    """How many things are late, by the unions one level below; what lies in none of them stands under the union itself."""
    rows = queries.late_list(place, queries.Narrowed(own=True), ()).values_list(place.column).annotate(n=Count("pk")).order_by()
    found: dict[int, int] = {}
    for union, many in rows:
        found[union or place.union_id] = found.get(union or place.union_id, 0) + many
    return found


def longest_late(place: Place) -> queries.Late:
    """What is late for longest, with its things and in whose hands it lies."""
    return queries.late_lines(list(queries.late_list(place, queries.Narrowed(own=True), ()).order_by("due_at", "pk")[:LONGEST]))


@dataclass(frozen=True)
class News:
    """Something of the week: when, what, and the union whose page tells more."""

    at: datetime
    union: Union
    words: str
    said: str  # the number in it, if there is one


def news_of(place: Place) -> list[News]:
    """What came in during the week, the last first: rosters taken over, unions founded, registers confirmed, returns sent up."""
    first = today() - timedelta(days=WEEK - 1)
    since, under = at(first), Q(**place.within)
    found: list[News] = []
    for one in Batch.objects.filter(under, state="DONE", taken_at__gte=since).select_related("union").order_by("-taken_at")[:NEWS]:
        many = one.good
        found.append(
            News(one.taken_at or now(), one.union, _("took over a roster"), ngettext("%(n)s row", "%(n)s rows", many) % {"n": f"{many:,}"})
        )
    founded = dict(
        Move.objects.filter(kind="unions.union", verb="approve", at__gte=since).order_by("pk").values_list("thing_id", "at")
    )  # of the whole house, within a week: some hundred at the most
    came = Union.objects.filter(under, pk__in=list(founded)[-500:]).order_by("-pk")[:NEWS]
    found += [News(founded[union.pk], union, _("was founded"), "") for union in came]
    scoped = Q(**{f"union__{name}": value for name, value in place.within.items()})
    seen = Confirmation.objects.filter(scoped, on__gte=first).select_related("union").order_by("-on", "-pk")[:NEWS]
    found += [News(at(one.on), one.union, _("confirmed its register"), "") for one in seen]
    sent = dict(Move.objects.filter(kind="returns.annualreturn", verb="send", at__gte=since).values_list("thing_id", "at")[:500])
    made: Iterable[AnnualReturn] = AnnualReturn.objects.filter(under, pk__in=sent).select_related("union")[:NEWS] if sent else ()
    found += [News(sent[one.pk], one.union, _("sent up its annual return"), str(one.year)) for one in made]
    return sorted(found, key=lambda one: one.at, reverse=True)[:NEWS]


def ordered(found: Board, by: str) -> list[Line]:
    """The lines in an order that somebody asks for; what is not known comes last."""
    big = 10**9

    def share(line: Line, name: str) -> Any:
        value = line.now[name]
        return big if value is None else value

    def rise(line: Line) -> Any:
        now_, was = line.now[RATE], line.was[RATE]
        return big if now_ is None or was is None else now_ - was

    keys: dict[str, Any] = {
        "late": lambda one: (-one.late, share(one, RATE)),
        "rate": lambda one: share(one, RATE),
        "stale": lambda one: share(one, FRESH),
        "members": lambda one: -(one.now[MEMBERS] or 0),
        "quarter": rise,
    }
    return sorted(found.lines, key=keys.get(by, keys["late"]))
