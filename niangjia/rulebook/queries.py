"""Reading what is set: the book that every process remembers, the course of one parameter, what a change would touch."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from niangjia.access.models import User
from niangjia.flow.api import deadline
from niangjia.flow.models import Clock
from niangjia.kit import warned
from niangjia.kit.answer import Answer, Book, Place, Row, Succession, answer, book
from niangjia.kit.clock import warned_by
from niangjia.kit.dates import at, now, today
from niangjia.kit.memory import remembered
from niangjia.kit.parameter import PARAMETERS, Parameter, area_of
from niangjia.kit.said import area_name
from niangjia.kit.spans import Span
from niangjia.kit.values import Value
from niangjia.kit.who import permitted
from niangjia.rulebook import rules
from niangjia.rulebook.enums import STANDING, May
from niangjia.rulebook.models import Setting
from niangjia.unions.api import Plan, Shift
from niangjia.unions.models import Division, Union


@remembered
def kept() -> Book:
    """All that was ever put in force, and where places lie: three questions, and no more until something of it changes."""
    rows: dict[tuple[str, int | None], list[Row]] = {}
    for one in Setting.objects.filter(state__in=STANDING, code__in=PARAMETERS).order_by("since", "pk"):
        try:
            said = one.set_value
        except ValueError:  # a newer house reads another kind of value here: the row stays in the history, and answers nothing
            logging.getLogger(__name__).warning("the setting %s no longer fits its parameter", one.pk)
            continue
        rows.setdefault((one.code, one.division_id), []).append(Row(one.pk, said, one.since, one.division_id, one.basis))
    places = list(Division.objects.order_by("pk").values_list("pk", "parent_id", "name", "until", "successor_id", "code"))
    homes = Union.objects.filter(level__lte=3, division__isnull=False).values_list("pk", "division_id")
    ends = {pk: until for pk, _, _, until, *_ in places}
    came: dict[int, list[tuple[date, str, int]]] = {}
    for pk, _, _, until, heir, code in places:
        lives = ends.get(heir or 0)
        if until and heir and (lives is None or lives > until):  # a place that ended before cannot go on with it
            came.setdefault(heir, []).append((until, code, pk))
    # By the days; on one day by their codes, so that the same one always comes first.
    succeeded = {heir: [Succession(on, pk) for on, _code, pk in sorted(those)] for heir, those in came.items()}
    up, names = {pk: up for pk, up, *_ in places}, {pk: name for pk, _, name, *_ in places}
    return Book(rows, up, {pk: home for pk, home in homes if home}, names, succeeded)


def places() -> list[Division]:
    """The places that there are today: the city, each county with its townships."""
    living = list(Division.objects.filter(until=None).order_by("level", "code", "pk"))
    below: dict[int | None, list[Division]] = {}
    for one in living:
        below.setdefault(one.parent_id, []).append(one)

    def walk(one: Division) -> list[Division]:
        return [one, *(deeper for child in below.get(one.pk, []) for deeper in walk(child))]

    known = {one.pk for one in living}
    return [one for top in living if top.parent_id not in known for one in walk(top)]


def home_of(user: User) -> int | None:
    """The place from which a person looks: that of her first seat."""
    known = book()
    for seat in user.seats:
        for pk in (seat.union_id, seat.union.township_id, seat.union.county_id):
            if pk in known.homes:
                return known.homes[pk]
    return next((one for one, up in known.up.items() if up is None), None)


@dataclass(frozen=True)
class Ask:
    """What the list is narrowed by."""

    text: str = ""
    view: str = ""  # clocks, values, own, waiting
    on: date = date.min
    place: Place = ()


def listed(ask: Ask) -> list[tuple[str, list[Answer]]]:
    """The parameters by area, each with its value on the day at the place."""
    waiting = set(Setting.objects.filter(state="DRAFT").values_list("code", flat=True)) if ask.view == "waiting" else set()
    found: dict[str, list[Answer]] = {}
    for one in PARAMETERS.values():
        said = answer(one, ask.on, ask.place)
        words = f"{one.code} {one.zh} {one.en} {one.basis} {area_name(one)} {said.row.basis if said.row else ''}".lower()
        fits = {"clocks": one.kind == "span", "values": one.kind != "span", "own": said.row is not None, "waiting": one.code in waiting}
        if fits.get(ask.view, True) and all(word in words for word in ask.text.lower().split()):
            found.setdefault(area_of(one), []).append(said)
    return list(found.items())


def drafts() -> int:
    """How many proposals wait for the second person."""
    return Setting.objects.filter(state="DRAFT").count()


def course(code: str, place: Place) -> list[Setting]:
    """What was set for a place, for those whose successor it is, and for those above it, the newest first; proposals with it."""
    line = [*place, *(book().before(place[0]) if place else ())]
    rows = Setting.objects.filter(Q(division__in=line) | Q(division=None), code=code).exclude(state="WITHDRAWN")
    return list(rows.select_related("division", "made_by", "signed_by").order_by("-since", "-pk")[:40])


def elsewhere(what: Parameter, on: date, place: Place) -> list[Answer]:
    """The places outside the line of a place that have a value of their own on a day."""
    known = book()
    found = []
    for code, where in known.rows:
        line = known.chain(where, on)
        if code == what.code and where is not None and line[0] not in place:
            said = answer(what, on, line, known)
            if said.row and said.row.at == where:
                found.append(said)
    return sorted(found, key=lambda said: known.names.get(said.row.at or 0, "") if said.row else "")


def proposes(user: User, what: Parameter) -> list[Union]:
    """The leading unions for whose places a person may propose a value: hers, and those below; the highest first."""
    if not rules.may_propose({seat.duty for seat in user.seats}, what):
        return []
    rows = permitted(user, May.PROPOSE, Union.objects.filter(level__lte=3, division__isnull=False).exclude(state="ABOLISHED"))
    return list(rows.select_related("division").exclude(kind="13").order_by("level", "division__code", "pk"))


def duties_over(user: User, union: Union) -> set[str]:
    """The duties that a person has over a union: of her seats there and above."""
    return {seat.duty for seat in user.seats if f"/{seat.union_id}/" in union.path}


def latest(code: str, division: int | None) -> Setting | None:
    """The last that was put in force for one place."""
    return Setting.objects.filter(code=code, division=division, state__in=STANDING).order_by("-since").first()


# ---------- what a change would touch ----------


def touched(code: str, division: int | None, on: date) -> QuerySet[Clock]:
    """The running clocks whose rule or warning a value of a place would be: those below it that have no nearer value of their own."""
    known = book()
    said = Q(rule=code) | Q(code__in=[one.code for one in warned_by(code)])
    rows = Clock.objects.filter(said, stopped_at=None).order_by("pk")
    lines = {where: known.chain(where, on) for where in known.up}  # a clock that began in a place that has ended runs on in its successor
    shielded = {where for where, line in lines.items() if _nearer(known, code, line, division, on)}
    if division is None:
        return rows.exclude(division__in=shielded)
    return rows.filter(division__in={where for where, line in lines.items() if division in line} - shielded)


def _nearer(known: Book, code: str, line: Place, division: int | None, on: date) -> bool:
    """Whether a place nearer than the division has a value on a day."""
    near = line[: line.index(division)] if division in line else line
    return any(_own(known, code, at_, on) for at_ in near)


@dataclass(frozen=True)
class Forecast:
    """What a value would touch: the clocks that run, where, and how many of them would be late at once if it applied to them."""

    running: int
    where: list[tuple[str, int]]
    late: int
    own: list[str]  # places below that keep their own
    warns: bool = False  # it is a warning: no end changes
    told: int = 0  # how many would be told at once


def forecast(what: Parameter, value: Value | None, division: int | None, since: date) -> Forecast:
    """Look ahead; the ends are reckoned about, by the lengths alone."""
    known = book()
    places: Counter[str] = Counter()
    late = told = 0
    above = known.up.get(division) if division is not None else None
    fresh = answer(what, since, known.chain(above)).value if value is None else value
    begins = max(now(), at(since))
    for clock in touched(what.code, division, since).only("code", "kind", "division", "due_at", "span", "warns", "remind_at", "rule"):
        where, due, span = clock.division, clock.due_at, clock.span if clock.rule == what.code else ""
        line = known.chain(where, since)
        at_ = line[line.index(division) - 1] if division in line and line.index(division) else (line[-2:-1] or line or (None,))[0]
        places[known.names.get(at_ or 0, "")] += 1
        if isinstance(fresh, Span) and span:
            late += due > begins >= due + fresh.length() - Span.read(span).length()
        if isinstance(fresh, Span) and due > begins and (warns := rewarned(clock, {what.code: fresh})):
            was = warned.moments(due, warned.read(clock.warns))
            next_ = warned.carried(was, clock.remind_at, warned.moments(due, warns))
            told += next_ is not None and next_ <= begins
    lines = {where: known.chain(where, since) for where in known.up}
    below = {where for where, line in lines.items() if line[0] == where and (division is None or division in line)} - {division}
    own = sorted(known.names[where] for where in below if _own(known, what.code, where, since))
    return Forecast(sum(places.values()), places.most_common(), late, own, bool(warned_by(what.code)), told)


def rewarned(clock: Clock, values: Mapping[str, Span]) -> tuple[Span, ...] | None:
    """The warnings of a clock, with other values for some of them; nothing if it has none of these."""
    one, had = deadline(clock), warned.read(clock.warns)
    if not {warn.code for warn in one.warns} & values.keys():
        return None
    if len(had) != len(one.warns):
        had = tuple(answer(warn, today(), book().chain(clock.division, today())).value for warn in one.warns)
    return tuple(values.get(warn.code, span) for warn, span in zip(one.warns, had, strict=True))


def disordered(what: Parameter, value: Value | None, division: int | None, since: date) -> list[Answer]:
    """The warnings of a clock that would stand in the wrong order if a value were set: at the place or below it, on its first day or a later one."""
    known = book()
    rows = dict(known.rows)
    fresh = Row(0, value, since, division, "")
    rows[what.code, division] = [*(row for row in known.rows.get((what.code, division), ()) if row.since < since), fresh]
    then = replace(known, rows=rows)
    for one in warned_by(what.code):
        codes = {warn.code for warn in one.warns}
        own = {at_ for code, at_ in then.rows if code in codes}
        where = [
            division,
            *(at_ for at_ in own if at_ is not None and at_ != division and (division is None or division in known.chain(at_, since))),
        ]
        days = sorted(
            {since, *(row.since for (code, _at), held in then.rows.items() if code in codes for row in held if row.since > since)}
        )
        for day, place in ((day, place) for day in days for place in where):
            said = [answer(warn, day, then.chain(place, day), then) for warn in one.warns]
            if not warned.in_order([line.value for line in said]):
                return said
    return []


def _own(known: Book, code: str, where: int, on: date) -> bool:
    row = known.speaks(code, where, on)
    return row is not None and row.value is not None


# ---------- what a reorganisation turns ----------


@dataclass(frozen=True)
class Turned:
    """A parameter that is otherwise from the day of a reorganisation on, in one of its places."""

    where: str
    before: Answer
    then: Answer
    merges: bool


def succeeding(plan: Plan) -> tuple[Book, list[tuple[Shift, int, int | None]]]:
    """The book as it will be, and of each line that ends a place: that place, and what goes on with it."""
    known, on = book(), plan.of.on
    up, names, came = dict(known.up), dict(known.names), {heir: list(those) for heir, those in known.came.items()}
    ends: list[tuple[Shift, int, int | None]] = []
    for shift in plan.shifts:
        if (place := shift.ends(on)) is None:
            continue
        heir = shift.target.division_id if shift.merges else -place.pk  # a place that is not yet made has no number
        ends.append((shift, place.pk, heir))
        if heir is None:
            continue
        if not shift.merges:
            up[heir], names[heir] = known.homes.get(shift.owner.pk, place.parent_id), place.name
        came.setdefault(heir, []).append(Succession(on, place.pk))
    same = {one.was for those in came.values() for one in those if one.on == on}
    codes = dict(Division.objects.filter(pk__in=same).values_list("pk", "code")) if len(same) > 1 else {}
    sorted_ = {heir: sorted(those, key=lambda one: (one.on, codes.get(one.was, ""))) for heir, those in came.items()}
    return replace(known, up=up, names=names, came=sorted_), ends


def turned(plan: Plan) -> list[Turned]:
    """Where a reorganisation changes a value: for whoever moves, and for the place into which another merges."""
    known, on = book(), plan.of.on
    then, ends = succeeding(plan)
    found: dict[tuple[int, str], Turned] = {}  # a place into which two merge is told once
    for shift, place, heir in ends:
        line = then.chain(heir) if heir is not None else then.chain(known.homes.get(shift.owner.pk))
        sides = [place, *([heir] if shift.merges and heir is not None else [])]
        for where, what in ((where, what) for where in sides for what in PARAMETERS.values()):
            before, after = answer(what, on, known.chain(where), known), answer(what, on, line, then)
            if before.value != after.value:
                found[where, what.code] = Turned(known.names.get(where, ""), before, after, shift.merges)
    return list(found.values())


def inherited(plan: Plan) -> int:
    """How many values that were set for places which end go on to hold for their successors."""
    then, ends = succeeding(plan)
    rows = (
        then.speaks(what, heir, plan.of.on) for _shift, place, heir in ends if heir is not None for what, at_ in then.rows if at_ == place
    )
    ended = {place for _shift, place, _heir in ends}
    return sum(1 for row in rows if row is not None and row.value is not None and row.at in ended)


def expiring(on: date | None = None) -> int:
    """How many values begin to hold within the next ninety days."""
    day = on or today()
    return Setting.objects.filter(state="SIGNED", since__gt=day, since__lte=day + timedelta(days=90)).count()
