"""Reading the roster: who is on duty at a moment, how somebody is reached, whether she is away, how much each has stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from niangjia.access.models import User
from niangjia.flow.api import works
from niangjia.kit import crypt
from niangjia.kit.dates import at, now, today
from niangjia.kit.workdays import is_working
from niangjia.rights import rules
from niangjia.rights.enums import DUTY_PHONE, Part
from niangjia.rights.models import Reach, Roster, Swap, Telling, Turn
from niangjia.rights.queries.events import leaders_of, told_at
from niangjia.rights.shifts import duty_day, shifts
from niangjia.unions.api import office_holders
from niangjia.unions.models import Office, Union, open_on

LEADING = ("leader", "chair")  # who leads where the roster names nobody


def confirm_by(union: Union, day: date) -> datetime:
    """By when a night is confirmed."""
    return at(day, shifts(union, day).confirm_at)


def turns(union: Union, first: date, last: date) -> dict[date, dict[str, Turn]]:
    """The roster of some days, by day and part."""
    found: dict[date, dict[str, Turn]] = {first + timedelta(days=n): {} for n in range((last - first).days + 1)}
    for one in Turn.objects.filter(union=union, day__range=(first, last)).select_related("user"):
        found[one.day][one.part] = one
    return found


def rests(day: date) -> bool:
    """Whether others rest on a day."""
    return not is_working(day, works())


@dataclass(frozen=True)
class Called:
    """Somebody who is to be told: as what, for which union; nobody where the post is vacant."""

    role: str
    union: Union
    user: User | None


def above_of(union: Union) -> Union | None:
    """The federation above a union."""
    return next((one for level, one in leaders_of(union).items() if level < union.level), None)


def on_duty(union: Union, moment: datetime) -> dict[str, User | None]:
    """Who is on duty now, the substitute and the leader; where no roster stands, whoever answers for rights, the next one, and who leads."""
    part, day = duty_day(union, moment)
    lines = {one.part: one for one in Turn.objects.filter(union=union, day=day).select_related("user")}
    duty = lines.get(part)
    if duty is not None and duty.stood_in_at is not None and (above := above_of(union)) is not None:
        return {**on_duty(above, moment), "SUBSTITUTE": lines["SUBSTITUTE"].user if "SUBSTITUTE" in lines else None}
    leader = lines["LEADER"].user if "LEADER" in lines else None
    leader = leader or next(iter(office_holders(union, *LEADING) if union.level <= 3 else []), None)
    if lines:
        stand = lines.get(Part.SUBSTITUTE.value)
        return {"DUTY": duty.user if duty else None, "SUBSTITUTE": stand.user if stand else None, "LEADER": leader}
    answers = told_at(union)
    rest = [user for user in office_holders(union, "chair") if user not in answers]
    return {"DUTY": next(iter(answers), None), "SUBSTITUTE": next(iter([*answers[1:], *rest]), None), "LEADER": leader}


def called(role: str, union: Union, moment: datetime) -> Called:
    """Whom a role names at a moment."""
    if role == "ABOVE":
        above = above_of(union)
        return Called(role, above or union, on_duty(above, moment)["DUTY"] if above else None)
    return Called(role, union, on_duty(union, moment).get(role))


def away(users: Iterable[User | None], on: date) -> set[int]:
    """Those who cannot be reached on a day: on leave, standing down for somebody who stands in, or with a closed account."""
    people = {user.pk: user for user in users if user is not None}
    gone = {pk for pk, user in people.items() if not user.is_active}
    gone |= set(Reach.objects.filter(user__in=people, away_from__lte=on, away_to__gte=on).values_list("user_id", flat=True))
    instead = (
        Office.objects.filter(open_on(on), delegated_by__user__in=people).exclude(user=None).values_list("delegated_by__user_id", flat=True)
    )
    return gone | {pk for pk in instead if pk is not None}


def stands_in_for(user: User, on: date) -> User | None:
    """Who holds somebody's office for her while she is away."""
    line = Office.objects.filter(open_on(on), delegated_by__user=user, user__is_active=True).select_related("user").first()
    return line.user if line else None


def number_of(user: User) -> str:
    """The mobile of somebody on duty, in the clear: for the carrier alone; nothing where none is known."""
    sealed = Reach.objects.filter(user=user).values_list("phone_sealed", flat=True).first()
    return crypt.unseal(sealed, DUTY_PHONE) if sealed else ""


def reaches(users: Iterable[int]) -> dict[int, Reach]:
    """How some people are reached, in one question."""
    return {one.user_id: one for one in Reach.objects.filter(user__in=list(users))}


@dataclass(frozen=True)
class Stood:
    """How often somebody has been on duty."""

    user: User
    nights: int
    rests: int
    turns: int


def stood(union: Union, year: int) -> list[Stood]:
    """How often each has been, or will be, on duty in a year: whoever has the most nights first."""
    rows = (
        Turn.objects.filter(union=union, day__year=year, user__isnull=False).exclude(part=Part.LEADER.value)
        .values("user").annotate(nights=Count("pk", filter=Q(part="NIGHT")), rests=Count("pk", filter=Q(rest=True, part__in=["DAY", "NIGHT"])), n=Count("pk"))
    )  # fmt: skip
    people = User.objects.in_bulk([row["user"] for row in rows])
    found = [Stood(people[row["user"]], row["nights"], row["rests"], row["n"]) for row in rows]
    return sorted(found, key=lambda one: (-one.nights, -one.rests, one.user.name))


def loads(union: Union, before: date) -> dict[int, rules.Load]:
    """What each who may be on duty has stood in the year up to a day."""
    people = {user.pk: rules.Load() for user in may_stand(union)}
    rows = Turn.objects.filter(union=union, day__gte=date(before.year, 1, 1), day__lt=before, part__in=["NIGHT", "DAY"], user__in=people)
    for user, part, rest, day in rows.values_list("user", "part", "rest", "day"):
        was = people[user]
        people[user] = rules.Load(
            was.nights + (part == "NIGHT"), was.rests + rest, max(was.last, day.toordinal() if part == "NIGHT" else was.last)
        )
    return people


STANDING = ("rights", "office", "centre", "leader", "chair", "organisation", "informant", "staff")


def may_stand(union: Union) -> list[User]:
    """Who may be put on a roster: the people of the federation's own office; whoever leads only where nobody else sits."""
    people = {user.pk: user for user in office_holders(union, *(one for one in STANDING if one not in LEADING)) if user.is_active}
    people = people or {user.pk: user for user in office_holders(union, *LEADING) if user.is_active}
    return sorted(people.values(), key=lambda user: user.pk)


def may_lead(union: Union) -> list[User]:
    """Who may be the leader on duty."""
    return [user for user in office_holders(union, *LEADING) if user.is_active]


@dataclass(frozen=True)
class Tonight:
    """A township tonight: who is on duty, who stands in, whether it was confirmed."""

    union: Union
    night: Turn | None
    substitute: Turn | None
    reach: Reach | None


def tonight(union: Union) -> list[Tonight]:
    """The federations directly below tonight: four questions, however many there are."""
    below = list(Union.objects.filter(parent=union, level__lte=3).exclude(state="ABOLISHED").order_by("code"))
    day = today()
    lines: dict[tuple[int, str], Turn] = {
        (one.union_id, one.part): one
        for one in Turn.objects.filter(union__in=below, day=day, part__in=["NIGHT", "SUBSTITUTE"]).select_related("user")
    }
    known = reaches(one.user_id for one in lines.values() if one.user_id and one.part == "NIGHT")
    found = []
    for one in below:
        night = lines.get((one.pk, "NIGHT"))
        found.append(Tonight(one, night, lines.get((one.pk, "SUBSTITUTE")), known.get(night.user_id or 0) if night else None))
    return sorted(found, key=lambda one: one.night is not None and one.night.confirmed_at is not None)


def not_reached(union: Union, days: int = 30) -> list[Telling]:
    """Who gave no receipt lately, at a union and below it."""
    rows = Telling.objects.filter(state="PASSED", to__isnull=False, at__gte=now() - timedelta(days=days)).select_related(
        "to", "event", "union"
    )
    if union.level == 2:
        rows = rows.filter(county=union)
    elif union.level > 2:
        rows = rows.filter(union=union)
    return list(rows.order_by("-at")[:50])


def waiting_turns(user: User, union: Union, last: date) -> Sequence[Turn]:
    """A person's own turns that she has not confirmed yet."""
    return list(Turn.objects.filter(union=union, user=user, confirmed_at=None, day__range=(today(), last)).order_by("day", "part"))


def swaps_for(user: User) -> list[Swap]:
    """Swaps that wait for a person's answer."""
    return list(
        Swap.objects.filter(to=user, state="ASKED").select_related("mine__user", "theirs__user", "union", "by").order_by("mine__day")
    )


def roster_of(union: Union) -> Roster | None:
    """The roster that a union keeps."""
    return Roster.objects.filter(union=union).first()
