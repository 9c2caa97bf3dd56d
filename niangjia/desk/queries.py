"""What stands on a desk: what is due from a person, what waits without a clock, what is late below her, where she was last."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from niangjia.access.models import SeenLog, User
from niangjia.desk import counted, things
from niangjia.flow.api import Due, hand, held_by, office, waiting, with_things
from niangjia.flow.models import Clock, Move
from niangjia.kit.dates import CHINA, now
from niangjia.kit.flow import FLOWS, Step
from niangjia.kit.who import GRANTS, condition, posts_of, which_of
from niangjia.unions.api import ADMINISTRATORS, open_on
from niangjia.unions.models import Office, Union

APART = ADMINISTRATORS  # they run the house, grant and read the logs: nothing of the work is theirs
SOON, AHEAD = timedelta(days=3), timedelta(days=30)


@dataclass(frozen=True)
class Work:
    """What is due from a person, by when it is due."""

    late: list[Due]
    today: list[Due]
    soon: list[Due]
    later: list[Due]

    @property
    def total(self) -> int:
        """How many wait."""
        return len(self.late) + len(self.today) + len(self.soon) + len(self.later)


def work_of(user: User) -> Work:
    """What is due from a person within a month, the most urgent first."""
    at = now()
    tonight = at.astimezone(CHINA).replace(hour=23, minute=59, second=59)
    work = Work([], [], [], [])
    for due in waiting(user.seats, person=user.pk):
        end = due.clock.due_at
        if end > at + AHEAD:
            break
        part = work.late if end <= at else work.today if end <= tonight else work.soon if end <= tonight + SOON else work.later
        part.append(due)
    things.fetched(due.thing for due in [*work.late, *work.today, *work.soon, *work.later])
    return work


Mays = Mapping[tuple[str, int], Collection[str]]  # by the kind and key of a thing


def mays_of(user: User, work: Work) -> Mays:
    """What a person may do of that by which clocks are met, and which things she may open: one query a kind."""
    kinds: dict[str, list[Due]] = {}
    for due in [*work.late, *work.today, *work.soon, *work.later]:
        kinds.setdefault(things.kind_of(due.thing), []).append(due)
    found: dict[tuple[str, int], Collection[str]] = {}
    for kind, dues in kinds.items():
        met = [due.deadline.met_by for due in dues]
        steps = [one for one in met if isinstance(one, Step)] + [one for one in FLOWS[kind].steps if one.verb in met]
        opens = [things.READS[kind].may] if kind in things.READS and things.READS[kind].may in GRANTS else []
        said = which_of(user, [*(one.who for one in steps), *opens], [due.thing for due in dues])
        found |= {(kind, pk): may for pk, may in said.items()}
    return found


def numbers(user: User) -> tuple[int, int]:
    """How many wait for a person and how many of them are late, for the menu: one query."""
    return numbers_of({user.pk: user.seats})[user.pk]


def numbers_of(seats: Mapping[int, Sequence[Any]]) -> dict[int, tuple[int, int]]:
    """The same for many people, by their offices and what lies in their own hands: one query for all of them, added up for each as `office` says."""
    every = [seat for held in seats.values() for seat in held]
    if not every:
        return dict.fromkeys(seats, (0, 0))
    at = now()
    desks = list(
        Clock.objects.filter(office(every) | held_by(seats), stopped_at=None, due_at__lte=at + AHEAD)
        .annotate(hand=hand())
        .values_list("union_id", "duty", "hand")
        .annotate(total=Count("pk"), late=Count("pk", filter=Q(due_at__lte=at)))
        .order_by()
    )
    found = {}
    for person, held in seats.items():
        whole = {seat.union_id for seat in held if seat.duty == "chair"}
        part = {(seat.union_id, seat.duty) for seat in held}
        hers = [(total, late) for union, duty, hand_, total, late in desks if hand_ == person or union in whole or (union, duty) in part]
        found[person] = (sum(total for total, _late in hers), sum(late for _total, late in hers))
    return found


def waits_of(accounts: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many wait and how many are late, by account: three queries for any number of people."""
    people = dict(User.objects.filter(username__in=accounts).values_list("pk", "username"))
    posts = posts_of(people)
    return {people[pk]: many for pk, many in numbers_of({pk: posts.get(pk, []) for pk in people}).items()}


@dataclass(frozen=True)
class Waits:
    """A thing that waits for a step of hers, and the step."""

    thing: Any
    step: Step


def undated(user: User, *, limit: int = 10) -> list[Waits]:
    """Things that wait for a decision which a person may take, and on which no clock runs; one query a kind."""
    found: list[Waits] = []
    for kind, flow in FLOWS.items():
        said, model = Q(pk__in=()), apps.get_model(kind)
        steps = [one for one in flow.steps if not one.auto and one.who in GRANTS and GRANTS[one.who].model is model]
        for one in steps:
            if waits := [state for state in one.sources if flow.phases.get(state) == "open"]:
                said |= Q(state__in=waits) & condition(user, one.who)
        if not said.children or kind not in things.READS:
            continue
        clocked = Clock.objects.filter(kind=kind, stopped_at=None).values("thing_id")
        rows = model._default_manager.filter(said).exclude(pk__in=clocked).order_by("pk")[:limit]
        found += [Waits(thing, next(one for one in flow.steps_from(thing.state) if not one.auto)) for thing in rows]
    things.fetched(one.thing for one in found)
    return found[:limit]


@dataclass(frozen=True)
class Late:
    """What is late below a seat: the first of it, how much there is, whose it is, and how much of it is the seat's own."""

    rows: list[Due]
    total: int
    own: int
    hands: dict[tuple[int, str], list[str]]  # who holds the duty in the union
    unions: dict[int, str]


ALL_FIELDS = ("leader", "chair", "office")  # they see to everything below them; other offices to their own field


def urging_seat(clock: Clock, user: User) -> Any:
    """The seat in whose name a person may urge what a clock asks for; None if she may not. Nobody urges herself."""
    return next((seat for seat in user.seats if seat.level <= 3 and _stands_under(clock, seat) and _sees_to(clock, seat)), None)


def _stands_under(clock: Clock, seat: Any) -> Any:
    return seat.level == 1 or seat.union_id == (clock.county_id if seat.level == 2 else clock.township_id)


def _sees_to(clock: Clock, seat: Any) -> Any:
    if (seat.union_id, seat.duty) == (clock.union_id, clock.duty):
        return False
    return seat.duty in ALL_FIELDS or (seat.duty == clock.duty and seat.union_id != clock.union_id)


def leads(user: User) -> Any:
    """The seat from which a person looks over others: the highest of township level or above; None if she has none."""
    return next((seat for seat in user.seats if seat.level <= 3 and seat.duty not in APART), None)


def _under(seat: Any) -> Q:
    if seat.level == 1:
        return Q()
    return Q(county_id=seat.union_id) if seat.level == 2 else Q(township_id=seat.union_id)


def _late(seat: Any) -> QuerySet[Clock]:
    """What is late at a seat and below it; what has climbed above it is in other hands."""
    above = [int(pk) for pk in seat.union.path.strip("/").split("/") if int(pk) != seat.union_id]
    return Clock.objects.filter(_under(seat), stopped_at=None, due_at__lte=now()).exclude(union_id__in=above)


def late_below(seat: Any, *, limit: int = 8, own: bool = False) -> Late:
    """What is late under a seat and in whose hands it lies: of each kind of clock the longest, so that hundreds of one kind hide no other.

    With `own`, also what is late at the seat's own union.
    """
    late = _late(seat)
    others = late if own else late.exclude(union_id=seat.union_id)
    found = late.aggregate(total=Count("pk"), own=Count("pk", filter=Q(union_id=seat.union_id)))
    ranked = others.annotate(rank=Window(RowNumber(), partition_by=F("code"), order_by=F("due_at").asc())).filter(rank__lte=limit)
    chosen = sorted(ranked, key=lambda one: (one.rank, one.due_at))[:limit]
    shown = late_lines(sorted(chosen, key=lambda one: one.due_at))
    return replace(shown, total=found["total"] - (0 if own else found["own"]), own=found["own"])


def opened_by(user: Any, late: Late) -> set[tuple[str, int]]:
    """Which of the late things a person may open: who sees that something is late need not be who may read it."""
    return set(things.open_to(user, [(due.clock.kind, due.clock.thing_id) for due in late.rows]))


@dataclass(frozen=True)
class Narrowed:
    """What the list of what is late is narrowed by."""

    own: bool = False  # also what is late at the seat's own union
    what: str = ""  # the code of a clock
    duty: str = ""
    place: str = ""  # the code of a union one level below; of the seat's own: whatever lies in none of them


def column(seat: Any) -> str:
    """The column by which what lies under a seat is told apart one level below; nothing for a township, whose clocks name their unions."""
    return {1: "county_id", 2: "township_id"}.get(seat.level, "")


def parts(seat: Any) -> list[Union]:
    """The places one level below a seat: counties and zones, or townships; never industries, which lie in no place."""
    return counted.below(seat.union) if column(seat) else []


def late_list(seat: Any, ask: Narrowed, places: Sequence[Union]) -> QuerySet[Clock]:
    """All that is late under a seat, narrowed; read by the indexes of running clocks."""
    rows = _late(seat) if ask.own else _late(seat).exclude(union_id=seat.union_id)
    if ask.what:
        rows = rows.filter(code=ask.what)
    if ask.duty:
        rows = rows.filter(duty=ask.duty)
    if ask.place and (name := column(seat)):
        if ask.place == seat.union.code:
            return rows.exclude(**{f"{name}__in": [one.pk for one in places]})
        rows = rows.filter(**{f"{name}__in": [one.pk for one in places if one.code == ask.place]})
    return rows


def late_lines(rows: Sequence[Clock]) -> Late:
    """Some of what is late, with its things and in whose hands it lies; a fixed number of questions."""
    dues = with_things(rows)
    things.fetched(due.thing for due in dues)
    hands, unions = _hands({(due.clock.union_id, due.clock.duty) for due in dues})
    return Late(dues, len(dues), 0, hands, unions)


def _hands(desks: set[tuple[int, str]]) -> tuple[dict[tuple[int, str], list[str]], dict[int, str]]:
    """Who sits at the desks where clocks fall: the duty's holders, else the chair; and what their unions are called."""
    at = {union for union, _duty in desks}
    held: dict[tuple[int, str], list[str]] = {}
    for union, duty, name in (
        Office.objects.filter(open_on(now().astimezone(CHINA).date()), union_id__in=at)
        .order_by("since")
        .values_list("union_id", "duty", "name")
    ):
        held.setdefault((union, duty), []).append(name)
    return (
        {desk: held.get(desk) or held.get((desk[0], "chair"), []) for desk in desks},
        dict(Union.objects.filter(pk__in=at).values_list("pk", "short_name")),
    )


def late_by(seat: Any) -> dict[int, int]:
    """How many things are late, by the unions one level below a seat; what is the seat's own stands under its own number."""
    column = "county_id" if seat.level == 1 else "township_id"
    rows = _late(seat).values_list(column).annotate(n=Count("pk")).order_by()
    found: dict[int, int] = {}
    for union, many in rows:
        found[union or seat.union_id] = found.get(union or seat.union_id, 0) + many
    return found


@dataclass(frozen=True)
class Seen:
    """A thing that she opened, and when."""

    thing: Any
    at: Any


def last_seen(user: User, *, limit: int = 5) -> list[Seen]:
    """What a person opened last and may still open."""
    rows = (
        SeenLog.objects.filter(user=user, act="opened", kind__in=list(things.READS))
        .order_by("-at")
        .values_list("kind", "thing_id", "at")[:60]
    )
    firsts: dict[tuple[str, int], Any] = {}
    for kind, pk, at in rows:
        firsts.setdefault((kind, pk or 0), at)
    wanted = list(firsts)[: limit * 2]
    found = things.open_to(user, wanted)
    return [Seen(found[key], firsts[key]) for key in wanted if key in found][:limit]


@dataclass(frozen=True)
class Moved:
    """A step that somebody took below a seat."""

    move: Move
    thing: Any


def moved(user: User, *, limit: int = 8, hours: int = 24) -> list[Moved]:
    """What moved lately in what a person may see, the last first."""
    since = now() - timedelta(hours=hours)
    lines = [line for line in Move.objects.select_related("by").order_by("-pk")[:300] if line.at >= since and line.kind in things.READS]
    lines.sort(key=lambda line: line.at, reverse=True)
    found = things.open_to(user, [(line.kind, line.thing_id) for line in lines])
    shown: dict[tuple[str, int], Moved] = {}  # one line a thing: its last step
    for line in lines:
        if (line.kind, line.thing_id) in found:
            shown.setdefault((line.kind, line.thing_id), Moved(line, found[line.kind, line.thing_id]))
    return list(shown.values())[:limit]
