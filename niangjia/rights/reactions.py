"""What the house does by itself when a clock of an event or a dispute rings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.flow.api import after, title_of
from niangjia.kit.clock import restates, rings
from niangjia.kit.spans import Span
from niangjia.notices.api import tell
from niangjia.rights import actions
from niangjia.rights.actions import moving
from niangjia.rights.queries import leaders_of, told_at
from niangjia.unions.api import reorganise


@rings("EV-D1")
def not_reported_in_time(event: Any, clock: Any) -> None:
    """It stayed too long on a rung: the house sends it on. The written report to the province remains the city's own to send."""
    if event.rung == "1":
        _late(event, clock)
    else:
        actions.climb(event, by=None)


@rings("EV-D2")
def not_followed_up(event: Any, clock: Any) -> None:
    """Nobody has said how it stands: the office that handles it is told, and the level above it."""
    _late(event, clock)


@rings("EV-D3")
def not_closed(event: Any, clock: Any) -> None:
    """The closing report is missing."""
    _late(event, clock)


def _late(event: Any, clock: Any) -> None:
    people = {user.pk: user for user in told_at(event.desk)}
    above = [union for level, union in leaders_of(event.union).items() if level < event.desk.level]
    for union in above[:1]:
        people |= {user.pk: user for user in told_at(union)}
    facts = {
        "reference": event.reference, "firm": event.employer_name, "people": event.affected, "what": title_of(clock), "until": clock.due_at,
    }  # fmt: skip
    tell(people.values(), "event-late", facts=facts, url=event.get_absolute_url(), urgent=event.severity == "RED")


@rings("RD-D1")
def not_decided(dispute: Any, clock: Any) -> None:
    """The days for the decision are over and nobody has decided."""
    actions.remind(dispute, what=title_of(clock), due=clock.due_at)


@rings("RD-D2")
def mediation_over(dispute: Any, clock: Any) -> None:
    """The days of mediation are over: either side may now go to arbitration."""
    actions.remind(dispute, what=_("The end of the mediation"), due=clock.due_at)


@rings("RD-D3")
def not_paid(dispute: Any, clock: Any) -> None:
    """The day of the payment has passed: a payment order may be asked for (Mediation and Arbitration Law, art. 16)."""
    actions.remind(dispute, what=title_of(clock), due=clock.due_at)


@after("unions.reorganisation", "enforce")
def desks_follow(reorganisation: Any, _line: Any) -> None:
    """Events that run at unions which now stand elsewhere lie on other desks."""
    moving.follow(reorganise.touched(reorganisation))


@restates("EV-D1")
def report_anew(event: Any, span: Span) -> None:
    """The time on the rung is another one: counted from the arrival there."""
    actions.restate_report(event, span)


@restates("EV-D2")
def follow_anew(event: Any, span: Span) -> None:
    """The time to the next follow-up is another one: counted from the last."""
    actions.restate_follow(event, span)
