"""What the house does by itself when a clock of an event or a dispute rings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.flow.api import after, title_of
from niangjia.kit.clock import restates, rings
from niangjia.kit.dates import day_of
from niangjia.kit.spans import Span
from niangjia.kit.warned import tells
from niangjia.notices.api import noted, tell
from niangjia.rights import actions
from niangjia.rights.actions import duty, moving, zero
from niangjia.rights.actions.telling import noted as heard_in_house
from niangjia.rights.actions.telling import pass_on, ring_up
from niangjia.rights.queries import leaders_of, told_at
from niangjia.unions.api import reorganise

FOLLOWING, GRAVE = ("EV-D2", "EV-D8"), ("RED", "ORANGE")


@rings("EV-D1")
def not_reported_in_time(event: Any, clock: Any) -> None:
    """It stayed too long on a rung: the house sends it on. The written report to the province remains the city's own to send."""
    if event.rung == "1":
        _late(event, clock)
    else:
        actions.climb(event, by=None)


@rings("EV-D2")
@rings("EV-D8")
def not_followed_up(event: Any, clock: Any) -> None:
    """Nobody has said how it stands: the office where it lies is told, and the levels above it, one more each time."""
    missed = actions.miss_follow_up(event)
    _late(event, clock, above=missed)


@rings("EV-D7")
def not_confirmed_in_time(event: Any, clock: Any) -> None:
    """Nobody has looked whether it is so: the office that confirms is told, and the level above it."""
    _late(event, clock, at=event.verifier)


@rings("EV-D3")
def not_closed(event: Any, clock: Any) -> None:
    """The closing report is missing."""
    _late(event, clock)


@rings("EV-D9")
def task_not_done(event: Any, clock: Any) -> None:
    """The day of a department's task has passed."""
    _late(event, clock)


@rings("EV-D10")
def department_not_answered(event: Any, clock: Any) -> None:
    """The department to which it was referred has not said what became of it."""
    _late(event, clock)


def _late(event: Any, clock: Any, *, at: Any = None, above: int = 1) -> None:
    here = at or event.desk
    people = {user.pk: user for user in told_at(here)}
    for union in [one for level, one in leaders_of(event.union).items() if level < here.level][:above]:
        people |= {user.pk: user for user in told_at(union)}
    facts = {
        "reference": event.reference, "firm": event.employer_name, "people": event.affected, "what": title_of(clock), "until": clock.due_at,
    }  # fmt: skip
    tell(people.values(), "event-late", facts=facts, url=event.get_absolute_url(), urgent=event.severity == "RED")
    if clock.code == "EV-D1" or (clock.code in FOLLOWING and event.severity in GRAVE):
        ring_up(event, occasion="LATE")


@rings("EV-D4")
def no_receipt(telling: Any, _clock: Any) -> None:
    """Nobody has said that she has it: the next in line is told."""
    pass_on(telling)


@rings("EV-D5")
def not_confirmed(roster: Any, clock: Any) -> None:
    """Nobody has confirmed the night: the level above stands in, and is told."""
    duty.stand_in(roster, clock.due_at)


@rings("EV-D6")
def no_weekly_report(week: Any, _clock: Any) -> None:
    """A township has said nothing: it is told, and so is its county."""
    zero.miss(week)


@noted("event-arrived")
@noted("event-alarm")
def taken_note(message: Any) -> None:
    """Whoever takes note in the house of what came to her has it."""
    heard_in_house(message)


@rings("RD-D1")
def not_decided(dispute: Any, clock: Any) -> None:
    """The days for the decision are over and nobody has decided."""
    actions.rang_late(dispute, "decided")
    actions.remind(dispute, what=title_of(clock), due=clock.due_at)


@rings("RD-D2")
def mediation_over(dispute: Any, clock: Any) -> None:
    """The days of mediation are over: either side may now go to arbitration, and the workers are told so."""
    actions.rang_late(dispute, "mediated")
    actions.remind(dispute, what=_("The end of the mediation"), due=clock.due_at)
    _workers_hear(dispute, clock)


@dataclass(frozen=True)
class Over:
    """A clock that has run out: what that means, by its article; who is reminded; which day of a dispute lapses with it, and where it then stands."""

    name: str
    why: str
    remind: Callable[..., Any]
    lapses: str = ""
    states: frozenset[str] | None = None  # in which alone the day lapses


OVER = {
    "RD-D3": Over("not_paid", "The day of the payment has passed: a payment order may be asked for (Mediation and Arbitration Law, art. 16).", actions.remind),
    "RD-D4": Over("not_confirmed_by_the_court", "Thirty days have passed and nobody asked the court: a payment order or arbitration remains.", actions.remind, "confirm_by"),
    "RD-D5": Over(
        "arbitration_lapsed", "The year has run out (Mediation and Arbitration Law, art. 27): whoever goes to arbitration now may be met with that.", actions.remind,
        "arbitrate_by", frozenset({"CLOSED", "REFUSED"}),
    ),
    "RD-D6": Over("still_suspended", "A mediation stands still and nobody has looked for a while: what it waits for may be there, or will never come.", actions.remind),
    "RD-D7": Over("clause_not_done", "What was agreed beside money was to be done by now.", actions.remind),
    "RD-D8": Over("nobody_sued", "The days to go to court are over: the award takes effect (Mediation and Arbitration Law, art. 50).", actions.remind, "sue_by"),
    "RD-D9": Over("award_stands", "The employer has not asked to have the award set aside (art. 49): what is not paid can be enforced.", actions.remind, "cancel_by"),
    "LS-D1": Over("lead_not_decided", "Nobody has decided whether a lead is in scope, or told it in writing.", actions.remind_supervisors),
    "LS-D2": Over("reminder_not_answered", "The day of the reminder has passed: an opinion may follow.", actions.remind_supervisors),
    "LS-D3": Over("opinion_not_answered", "The employer's days are over: the labour bureau may be turned to.", actions.remind_supervisors),
    "LS-D4": Over("bureau_not_answered", "The labour bureau has not said what it does: it is asked, or the procuratorate is turned to.", actions.remind_supervisors),
    "RH-D1": Over("union_not_replied", "The union has not replied, and the planned day comes near.", actions.remind_hearers),
    "RH-D2": Over(
        "employer_not_answered", "The employer has not written what became of the union's opinions (Labour Contract Law, art. 43).", actions.remind_hearers
    ),
    "RH-D3": Over("layoff_not_reported", "The layoff is near, and the labour bureau has no report (Labour Contract Law, art. 41).", actions.remind_hearers),
    "RH-D4": Over("thirty_days_over", "The planned day has come and the thirty days are over: whether people went is to be looked at.", actions.remind_hearers),
    "RH-D5": Over(
        "hiring_is_free", "Six months are over: those who were laid off no longer come first, and the hearing can be closed.", actions.remind_hearers
    ),
}  # fmt: skip


def _rung(code: str, one: Over) -> None:
    """Remind whoever is in charge, tell the workers whose day it is, and let the day lapse."""

    def rang(thing: Any, clock: Any) -> None:
        one.remind(thing, what=title_of(clock), due=clock.due_at)
        if code in THEIRS:
            _workers_hear(thing, clock)
        if one.lapses and (one.states is None or thing.state in one.states):
            actions.lapse(thing, one.lapses)

    rang.__name__, rang.__doc__ = one.name, one.why
    rings(code)(rang)


# What workers are told of, and in which words: their own days, and those of the employer on which they wait.
THEIRS = {
    "RD-D2": _("the mediation"), "RD-D3": _("the payment"), "RD-D4": _("asking the court together to confirm the agreement"), "RD-D5": _("going to arbitration"),
    "RD-D7": _("what was agreed beside money"), "RD-D8": _("going to court after the award"), "RD-D9": _("the employer's days against the award"),
}  # fmt: skip


def _workers_hear(dispute: Any, clock: Any) -> None:
    actions.tell_workers(dispute, "dispute-own-over", what=THEIRS[clock.code], until=day_of(clock.due_at))


for _code, _over in OVER.items():
    _rung(_code, _over)


@tells
def near_ends(near: Sequence[Any]) -> None:
    """Who mediates from another union hears of it as the office does, and so do the workers whose days they are."""
    for due in near:
        if due.clock.kind == "rights.dispute":
            actions.remind_mediator(due.thing, what=due.deadline.title, due=due.clock.due_at)
            if due.clock.code in THEIRS:
                actions.tell_workers(due.thing, "dispute-own-near", what=THEIRS[due.clock.code], until=day_of(due.clock.due_at))


@after("rights.dispute", "accept")
@after("rights.dispute", "refuse")
@after("rights.dispute", "agree")
@after("rights.dispute", "end")
@after("rights.dispute", "withdraw")
@after("rights.dispute", "close")
def worker_is_told(dispute: Any, _line: Any) -> None:
    """A worker who asked for help herself is told that her union has dealt with it."""
    actions.answer_worker(dispute)


@rings("LA-D1")
def aid_not_decided(case: Any, clock: Any) -> None:
    """The days of the review are over and nobody has decided."""
    actions.aid_rang_late(case, "decided")
    actions.remind_aid(case, what=title_of(clock), due=clock.due_at)


@rings("LA-D2")
def aid_not_assigned(case: Any, clock: Any) -> None:
    """Aid is granted, and nobody acts."""
    actions.aid_rang_late(case, "assigned")
    actions.remind_aid(case, what=title_of(clock), due=clock.due_at)


@rings("LA-D3")
@rings("LA-D4")
@rings("LA-D5")
@rings("LA-D6")
@rings("LA-D7")
@rings("LA-D8")
def aid_is_late(case: Any, clock: Any) -> None:
    """The agent has not answered or reported, the level above has not looked at a refusal, papers did not come, a hearing has no outcome, a report lies."""
    actions.remind_aid(case, what=title_of(clock), due=clock.due_at)


@rings("LA-D9")
def subsidy_waits(one: Any, clock: Any) -> None:
    """A subsidy waits for its second person."""
    actions.remind_approvers(one, what=title_of(clock), due=clock.due_at)


@after("unions.reorganisation", "enforce")
def desks_follow(reorganisation: Any, _line: Any) -> None:
    """Events that run at unions which now stand elsewhere lie on other desks, whose people are told; those left are asked for no receipt."""
    moving.follow(reorganise.touched(reorganisation))


@restates("EV-D1")
def report_anew(event: Any, span: Span) -> None:
    """The time on the rung is another one: counted from the arrival there."""
    actions.restate_report(event, span)


@restates("EV-D2")
def follow_anew(event: Any, span: Span) -> None:
    """The time to the next follow-up is another one: counted from the last."""
    actions.restate_follow(event, span)
