"""Who sits on the bodies of a union: those of the last election whose result was approved; and what the next one begins with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from niangjia.kit.dates import today
from niangjia.kit.held import HELD
from niangjia.unions.enums import VOTED, Assembly, Poll, Post
from niangjia.unions.models import Ballot, Candidate, Election, Union
from niangjia.unions.polls import LEADING, Paper, limits
from niangjia.unions.rules import elections as rules


def last(union: Union) -> Election | None:
    """The election by which the bodies of a union sit today."""
    return (
        Election.objects.filter(union=union, state=Poll.APPROVED, term_no=union.term_no, within=False)
        .order_by("-approved_on", "-pk")
        .first()
    )


def sitting(union: Union) -> list[Candidate]:
    """Who sits on which body, the committee and its chair first; nobody where no election was recorded here."""
    one = last(union)
    seated = [who for who in Paper(one).candidates if who.elected] if one is not None else []
    for later in Election.objects.filter(union=union, state=Poll.APPROVED, term_no=union.term_no, within=True).order_by(
        "approved_on", "pk"
    ):
        fresh = [who for who in Paper(later).candidates if who.elected]
        heads = {who.body for who in fresh if who.given == Post.CHAIR}
        seated = [who for who in seated if who.given != Post.CHAIR or who.body not in heads] + fresh
    return sorted(seated, key=lambda who: (VOTED.index(who.body), Post.values.index(who.given or who.post)))


def planned(union: Union) -> dict[str, Any]:
    """What the plan of the next election begins with: the register's members, by their number assembly or congress and the seats; as last time where the rules allow it."""
    if union.level <= LEADING:
        return {"assembly": Assembly.CONGRESS}
    heads = {name: HELD[f"members.{name}"].values([union]).get(union.pk) or 0 for name in ("people", "women") if f"members.{name}" in HELD}
    members, women, on = heads.get("people", 0), heads.get("women", 0), today()
    if not members:
        return {}
    before = last(union)
    seats = dict(Ballot.objects.filter(election=before).values_list("body", "seats")) if before else {}
    said = rules.suggested(limits(union, members, on), members=members, women=women, before=seats)
    day = {"planned_on": union.term_end} if union.term_end and union.term_end >= on else {}
    return {
        "members": members,
        "women": women,
        **asdict(said),
        **day,
        "assembly": Assembly.CONGRESS if said.delegates else Assembly.MEMBERS,
    }
