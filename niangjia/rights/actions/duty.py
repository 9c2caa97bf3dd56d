"""The duty roster: a month is planned, turns are given, confirmed and swapped; whoever is on duty says how to reach her."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import move, start, wind
from niangjia.kit import crypt
from niangjia.kit.components import day_words
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.kit.faults import phone_fault
from niangjia.kit.ids import narrow
from niangjia.kit.who import allows, holding
from niangjia.notices.api import tell
from niangjia.rights import rules
from niangjia.rights.enums import DUTY_PHONE, May, Part, SwapState
from niangjia.rights.models import Reach, Roster, Swap, Turn
from niangjia.rights.queries import told_at
from niangjia.rights.queries.duty import above_of, confirm_by, loads, may_lead, may_stand, on_duty, rests, roster_of
from niangjia.unions.api import office_holders
from niangjia.unions.models import Union


def _place(union: Union) -> dict[str, int | None]:
    return {"township_id": union.township_id, "county_id": union.county_id}


def _may_plan(union: Union, by: User) -> None:
    if union.level > 3 or not allows(by, May.PLAN_DUTY, union):
        raise Refused(_("The roster is planned by the office or the rights office of the federation, or by one above."))


def _kept(union: Union, by: User | None) -> Roster:
    """The roster of a union; its story begins with the first plan."""
    found = roster_of(union)
    if found is None:
        found, made = Roster.objects.get_or_create(union=union, defaults=_place(union))  # two may plan the first month at once
        if made:
            start(found, by=by)
    return found


def _rewind(roster: Roster) -> None:
    """The next night that is not confirmed runs by its clock."""
    if _next(roster):
        wind(roster)


def _next(roster: Roster) -> bool:
    """Write down by when the next night is confirmed; answers whether that has moved."""
    day = today()
    done = Turn.objects.filter(union=roster.union, day=day, part=Part.NIGHT, confirmed_at__isnull=False).exists()
    if done or now() >= confirm_by(roster.union, day):
        day += timedelta(days=1)
    due = confirm_by(roster.union, day)
    if due == roster.confirm_by:
        return False
    roster.confirm_by = due
    Roster.objects.filter(pk=roster.pk).update(confirm_by=due)
    return True


@dataclass(frozen=True)
class Planned:
    """What planning a month came to."""

    made: int
    empty: int


@transaction.atomic
def plan(union: Union, year: int, month: int, *, people: Collection[int] = (), anew: bool = False, by: User) -> Planned:
    """Fill a month by rotation, fair by nights and by days of rest; turns that stand stay, unless it is done anew. Days gone by stay as they were."""
    _may_plan(union, by)
    roster = _kept(union, by)
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    start_ = max(first, today())
    if last < start_:
        raise RuleBroken(_("This month is over."))
    standing = [user for user in may_stand(union) if not people or user.pk in people]
    if not standing:
        raise RuleBroken(_("Nobody who could stand on the roster holds an office here."))
    if anew:
        Turn.objects.filter(union=union, day__range=(start_, last), confirmed_at=None).delete()
    known = {(one.day, one.part): one for one in Turn.objects.filter(union=union, day__range=(start_ - timedelta(days=1), last))}
    nights = {who: load for who, load in loads(union, start_).items() if who in {user.pk for user in standing}}
    days = {who: rules.Load() for who in nights}
    leaders = [user.pk for user in may_lead(union)]
    made: list[Turn] = []
    for n in range((last - start_).days + 1):
        day = start_ + timedelta(days=n)
        rest = rests(day)
        night = known[day, "NIGHT"].user_id if (day, "NIGHT") in known else rules.next_on(nights, day.toordinal(), rest=rest)
        if night in nights:
            was = nights[night]
            nights[night] = rules.Load(was.nights + 1, was.rests + rest, day.toordinal())
        others = [who for who in (night,) if who is not None and len(nights) > 1]
        by_day = known[day, "DAY"].user_id if (day, "DAY") in known else rules.next_on(days, -1, rest=rest, but=others)
        if by_day in days:
            days[by_day] = rules.Load(days[by_day].nights + 1, days[by_day].rests + rest)
        second = rules.next_on(
            {who: rules.Load(nights[who].nights) for who in nights}, -1, rest=False, but=[] if night is None else [night]
        )
        leader = leaders[day.isocalendar().week % len(leaders)] if leaders else None
        for part, user in (("LEADER", leader), ("DAY", by_day), ("NIGHT", night), ("SUBSTITUTE", second)):
            if (day, part) not in known:
                made.append(Turn(union=union, day=day, part=part, user_id=user, rest=rest, **_place(union)))
    Turn.objects.bulk_create(made)
    _next(roster)
    move(roster, "plan", by=by, reason=f"{year}-{month:02d}", house=True)
    told = User.objects.filter(pk__in={one.user_id for one in made if one.user_id} - {by.pk})
    tell(told, "duty-planned", facts={"union": union.short_name, "year": year, "month": month}, url=roster.get_absolute_url())
    return Planned(len(made), sum(one.user_id is None for one in made))


@transaction.atomic
def put(union: Union, day: date, part: str, user: User | None, *, by: User) -> Turn:
    """Give one turn to somebody, or to nobody; she confirms it anew."""
    _may_plan(union, by)
    if day < today():
        raise RuleBroken(_("This day is over; who was on duty stays as it was."))
    if user is not None and user not in (*may_stand(union), *may_lead(union)):
        raise RuleBroken(_("%(name)s holds no office here by which she could be on duty.") % {"name": user.name})
    _apart(union, day, part, user)
    roster = _kept(union, by)
    made, _new = Turn.objects.update_or_create(
        union=union,
        day=day,
        part=part,
        defaults={"user": user, "confirmed_at": None, "stood_in_at": None, "rest": rests(day), **_place(union)},
    )
    _rewind(roster)
    return made


def _apart(union: Union, day: date, part: str, user: User | None, *, but: Sequence[int] = ()) -> None:
    """Whoever is on duty at night is not her own substitute."""
    other = {"NIGHT": "SUBSTITUTE", "SUBSTITUTE": "NIGHT"}.get(part)
    if user is not None and other and Turn.objects.filter(union=union, day=day, part=other, user=user).exclude(pk__in=but).exists():
        raise RuleBroken(_("On %(day)s she would be on duty and her own substitute.") % {"day": day_words(day)})


@transaction.atomic
def confirm_turns(union: Union, turns: Collection[Turn], *, by: User) -> int:
    """Somebody confirms her own turns; the first time counts. Answers how many."""
    done = Turn.objects.filter(pk__in=[one.pk for one in turns], union=union, user=by, confirmed_at=None, day__gte=today()).update(
        confirmed_at=now(), stood_in_at=None
    )
    if done and (roster := roster_of(union)) is not None:
        _rewind(roster)
    return done


@transaction.atomic
def stand_in(roster: Roster, due: datetime) -> None:
    """Nobody has confirmed a night: the level above stands in, and is told; the next night has its own clock."""
    union, day = roster.union, day_of(due)
    night, _new = Turn.objects.get_or_create(union=union, day=day, part=Part.NIGHT, defaults={"rest": rests(day), **_place(union)})
    if night.confirmed_at is None and Turn.objects.filter(pk=night.pk, stood_in_at=None, confirmed_at=None).update(stood_in_at=now()):
        move(roster, "stand-in", by=None, reason=day.isoformat())
        above = above_of(union)
        people = [*told_at(above), on_duty(above, now())["DUTY"]] if above else office_holders(union, "leader", "chair")
        heard = {user.pk: user for user in [*people, night.user] if user is not None}
        there = above.short_name if above else union.short_name
        facts = {"union": union.short_name, "day": day, "there": there}
        tell(heard.values(), "duty-unconfirmed", facts=facts, url=roster.get_absolute_url(), urgent=True)
    _rewind(roster)


@transaction.atomic
def ask_swap(mine: Turn, to: User, *, theirs: Turn | None = None, why: str = "", by: User) -> Swap:
    """Ask somebody to swap a turn, or to take it over; the roster stays until she agrees."""
    if mine.user_id != by.pk:
        raise Refused(_("A turn is offered by the one who has it."))
    if mine.day < today() or (theirs is not None and theirs.day < today()):
        raise RuleBroken(_("This day is over; who was on duty stays as it was."))
    if theirs is not None and (theirs.user_id != to.pk or theirs.union_id != mine.union_id or theirs.part == Part.LEADER):
        raise RuleBroken(_("The other turn is not hers."))
    if to not in may_stand(mine.union) or to.pk == by.pk:
        raise RuleBroken(_("%(name)s holds no office here by which she could be on duty.") % {"name": to.name})
    if Swap.objects.filter(mine=mine, state=SwapState.ASKED).exists():
        raise RuleBroken(_("Somebody has been asked already; wait for her answer."))
    made = Swap.objects.create(
        union=mine.union, mine=mine, theirs=theirs, by=by, to=to, asked_at=now(), why=why.strip()[:200], **_place(mine.union)
    )
    start(made, by=by)
    tell([to], "duty-swap", facts={"day": mine.day, "union": mine.union.short_name}, url=made.get_absolute_url(), receipt=True)
    return made


@transaction.atomic
def answer_swap(swap: Swap, *, agree: bool, by: User) -> Swap:
    """The one who was asked agrees or declines; with her yes the two turns change hands, and hers is confirmed."""
    move(swap, "agree" if agree else "decline", by=by)
    if agree:
        mine = Turn.objects.select_for_update(of=("self",)).get(pk=swap.mine_id)
        theirs = Turn.objects.select_for_update(of=("self",)).get(pk=swap.theirs_id) if swap.theirs_id else None
        if mine.user_id != swap.by_id or (theirs is not None and theirs.user_id != swap.to_id):
            raise RuleBroken(_("The roster has changed since; ask again."))
        both = [one.pk for one in (mine, theirs) if one]
        _apart(mine.union, mine.day, mine.part, swap.to, but=both)
        Turn.objects.filter(pk=mine.pk).update(user=swap.to, confirmed_at=now(), stood_in_at=None)
        if theirs is not None:
            _apart(theirs.union, theirs.day, theirs.part, swap.by, but=both)
            Turn.objects.filter(pk=theirs.pk).update(user=swap.by, confirmed_at=None, stood_in_at=None)
        if (roster := roster_of(mine.union)) is not None:
            _rewind(roster)
    facts = {"day": swap.mine.day, "union": swap.union.short_name, "answer": SwapState(swap.state).label}
    there = roster_of(swap.union)
    tell([swap.by], "duty-swapped", facts=facts, url=there.get_absolute_url() if there else "")
    return swap


@transaction.atomic
def reach_by(user: User, *, phone: str = "", fixed: str = "", away_from: date | None = None, away_to: date | None = None) -> Reach:
    """Somebody says how she is reached on duty, and when she is on leave; an empty mobile leaves the one that is known."""
    phone = narrow(phone)
    if phone and (fault := phone_fault(phone)):
        raise RuleBroken(fault)
    if (away_from is None) != (away_to is None) or (away_from and away_to and away_to < away_from):
        raise RuleBroken(_("Write the first and the last day of the leave, in this order."))
    facts: dict[str, Any] = {"fixed": fixed.strip(), "away_from": away_from, "away_to": away_to, "changed_at": now()}
    if phone:
        facts["phone_sealed"] = crypt.seal_one(phone, DUTY_PHONE)
    made, _new = Reach.objects.update_or_create(user=user, defaults=facts)
    return made


@transaction.atomic
def disclose_reach(one: Reach, *, why: str, by: User) -> str:
    """Show the mobile of somebody on duty; who looked, and why, is written down first."""
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    if one.phone_sealed is None:
        raise RuleBroken(_("No phone is known."))
    note([("revealed", "rights.reach", one.pk, why.strip()[:200])], by=by)
    return crypt.unseal(one.phone_sealed, DUTY_PHONE)


def forget_reaches() -> int:
    """Forget the numbers of those who hold no office any more. Answers how many."""
    return Reach.objects.exclude(user__in=User.objects.filter(holding())).delete()[0]
