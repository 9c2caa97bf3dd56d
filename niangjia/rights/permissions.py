"""Who may do what with events and disputes. Lists, pages, buttons and the interface all read this table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Model, Q

from niangjia.files.api import guard
from niangjia.kit.dates import now
from niangjia.kit.who import NOBODY, Who, grant
from niangjia.rights.aided import AidMay
from niangjia.rights.enums import May, TellingState
from niangjia.rights.models import (
    Aid,
    AidAgent,
    Charge,
    Claimant,
    Consultation,
    Dispute,
    Event,
    Letter,
    Mediator,
    Paper,
    Receipt,
    Recipient,
    Redundancy,
    Roster,
    Subsidy,
    Supervision,
    Supervisor,
    Swap,
    Telling,
    ZeroWeek,
)
from niangjia.rights.shifts import stands_at
from niangjia.unions.api import holds, in_scope, under
from niangjia.unions.models import Union

RIGHTS = frozenset({"rights", "chair"})  # a chair answers for rights, in a federation and in a firm
SIGNERS = frozenset({"chair", "leader"})  # a chair or a vice-chair
REPORTERS = frozenset({"rights", "chair", "informant", "office", "centre"})
CALLED = REPORTERS | {"leader", "organisation", "staff"}  # who may stand on a roster, and reports what she is called about
WATCHERS = REPORTERS | {"leader"}  # who reports events, keeps watch over them, or answers for those who do
HANDLERS = RIGHTS | {"leader", "centre"}  # who takes disputes in at the counter or by telephone, handles them, or answers for those who do


def _seats(user: Any, model: type[Model], line: Callable[[Any], Q | None], duties: frozenset[str] = RIGHTS) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.duty in duties and (found := line(seat)) is not None:
            said |= under(seat, model) & found
    return said


def _reached(seat: Any) -> Q | None:
    """Events that have not climbed beyond an office: one that stands at the county is not the township's to send on or to close."""
    if seat.level == 1:
        return Q()
    return Q(rung__gte=str(min(seat.level, 4)))


signing = Who(
    lambda user, model: _seats(user, model, lambda seat: _reached(seat) if seat.level <= 3 else None, SIGNERS),
    "the chair or a vice-chair of a township, county or city at the rung it has reached, or above",
)
rights_office = Who(
    lambda user, model: _seats(user, model, lambda seat: Q() if seat.level <= 3 else None),
    "the rights office of a township, county or city here or above",
)
at_its_rung = Who(lambda user, model: _seats(user, model, _reached), "the rights office at the rung it has reached, or above")
leading = Who(
    lambda user, model: _seats(user, model, lambda seat: _reached(seat) if seat.level <= 3 else None),
    "the rights office of a township, county or city at the rung it has reached, or above",
)
mediator = Who(lambda user, _model: Q(mediator=user), "its mediator")
office = holds(*sorted(RIGHTS))
county_rights = Who(
    lambda user, model: _seats(user, model, lambda seat: Q() if seat.level <= 2 else None),
    "the rights office of a county or the city here or above",
)
watching = holds(*sorted(WATCHERS))
handling = holds(*sorted(HANDLERS))
# What was told to an office that the event has since left, with its township, is told to it no longer.
STILL_ABOVE = Q(union=F("event__union")) | Q(union=F("event__township")) | Q(union=F("event__county")) | Q(union__level=1)
rung_up = Who(lambda user, _model: Q(pk__in=Telling.objects.filter(STILL_ABOVE, to=user).values("event")), "whoever was told of it on duty")


def _stands(user: Any) -> set[int]:
    """The unions for which she is on duty now, asked of those alone whose offices do not say it all: once a request."""
    if not any(seat.level <= 3 for seat in user.seats) or all(seat.duty in RIGHTS for seat in user.seats):
        return set()
    moment = now()
    known: dict[int, set[int]] = user.__dict__.setdefault("_stands", {})
    key = int(moment.timestamp()) // 60
    if key not in known:
        known[key] = stands_at(user, moment)
    return known[key]


def _on_duty(user: Any, _model: type[Model]) -> Q:
    """Events on the desks where she is on duty now, and those of which she was told there and that have not left the desk since."""
    held = Telling.objects.filter(STILL_ABOVE, to=user, desk=F("event__desk"), state__in=[TellingState.WAITING, TellingState.RECEIVED])
    return Q(desk__in=_stands(user)) | Q(pk__in=held.values("event"))


def _on_duty_over(user: Any, _model: type[Model]) -> Q:
    """The unions that stand under those where she is on duty now."""
    said = NOBODY
    for one in Union.objects.filter(pk__in=here) if (here := _stands(user)) else ():
        said |= Q(path__startswith=one.path)
    return said


def reports(user: Any) -> bool:
    """Whether somebody reports events: by her office, or because she is on duty now."""
    return any(seat.duty in REPORTERS for seat in user.seats) or bool(_stands(user))


on_duty = Who(_on_duty, "whoever is on duty now where it lies, or was told of it there")
on_duty_over = Who(_on_duty_over, "whoever is on duty now here or above")
unconfirmed = Who(lambda user, _model: Q(reported_by=user, state="REPORTED"), "whoever reported it, until it is confirmed")
told = Who(lambda user, _model: Q(to=user), "whoever is told")
asked = Who(lambda user, _model: Q(to=user), "whoever is asked")
swaps = Who(lambda user, _model: Q(to=user) | Q(by=user), "whoever asks or is asked")
planners = holds("office", *sorted(RIGHTS))
systems = Who(lambda user, _model: ~NOBODY if getattr(user, "kind", "") == "CLIENT" else NOBODY, "another system")
paid_in = Who(lambda user, _model: Q(pk__in=Receipt.objects.filter(by=user, void=False).values("dispute")), "whoever entered a payment")
her_own = Who(lambda user, _model: Q(pk__in=Claimant.objects.filter(person__user=user).values("dispute")), "the worker herself")


def _by_consent(user: Any, _model: type[Model]) -> Q:
    """Disputes about a firm that lie with a union above it, where every worker in them agrees that the firm's own union sees them."""
    said = NOBODY
    for seat in user.seats:
        if seat.level > 3 and seat.duty in RIGHTS:
            there = Claimant.objects.filter(dispute__firm_union__in=seat.within)
            agreed, silent = (there.filter(firm_may_see=yes).values("dispute") for yes in (True, False))
            said |= Q(firm_union__in=seat.within, pk__in=agreed) & ~Q(pk__in=silent)
    return said


by_consent = Who(_by_consent, "the rights office of the firm's union, if every worker in it agrees")

in_confidence = Who(
    lambda user, model: _seats(user, model, lambda seat: Q() if seat.level <= 3 else Q(confidential=False)),
    "the rights office here or above; of a confidential complaint never one at the grassroots",
)
charged = Who(
    lambda user, _model: Q(pk__in=Charge.objects.filter(supervisor__user=user, ended_at=None).values("supervision")),
    "a supervisor charged with it",
)


def _served(user: Any, _model: type[Model]) -> Q:
    """Cases about a firm of which a letter was served there: until then its own union hears nothing."""
    said = NOBODY
    for seat in user.seats:
        if seat.level > 3 and seat.duty in RIGHTS:
            said |= Q(firm_union__in=seat.within, pk__in=Letter.objects.filter(served_on__isnull=False, void=False).values("supervision"))
    return said


its_firm = Who(_served, "the rights office of the employer's union, once a letter was served")


def _signing(user: Any, model: type[Model]) -> Q:
    said = NOBODY
    for seat in user.seats:
        if seat.duty in ("chair", "leader") and seat.level <= 3:
            said |= under(seat, model)
    return said


def _reviewing(user: Any) -> Q:
    """A refusal is looked at where it was sent, never by whoever refused it; at the city, which has none above, by its leaders."""
    said = NOBODY
    for seat in user.seats:
        if seat.duty in ("rights", "chair", "leader"):
            said |= Q(reviewer=seat.union_id) & (~Q(union=seat.union_id) if seat.duty == "rights" else ~Q(pk__in=()))
    return said & ~Q(decided_by=user)


# Aid is confidential as a dispute that came to the union above: a firm's own officers see none of it, unless one applied for her at her wish.
aided = Who(lambda user, _model: Q(pk__in=Recipient.objects.filter(person__user=user).values("aid")), "whoever is aided")
its_agent = Who(lambda user, _model: Q(handler=user), "its agent")
applied = Who(lambda user, _model: Q(by=user, door__in=["CHAIR", "HOTLINE"]), "whoever applied for her")
paid_agent = Who(lambda user, _model: Q(agent__user=user), "the agent who is paid")
aid_signing = Who(_signing, "a chair or a vice-chair of a township, county or city here or above")
reviewing = Who(
    lambda user, _model: _reviewing(user), "the rights office of the union above that reviews it, or at the city another leader"
)

# fmt: off
grant(Event, {
    May.SEE_EVENT:     watching | rung_up | on_duty,  # never whoever holds some other office above: she has the counts
    May.CONFIRM_EVENT: rights_office | on_duty,  # on duty, the severity is confirmed or raised, never lowered
    May.DISMISS_EVENT: leading,           # what stands above an office is not its to erase
    May.RAISE_EVENT:   at_its_rung | on_duty,
    May.CORRECT_EVENT: at_its_rung | unconfirmed,
    May.FOLLOW_EVENT:  holds(*sorted(REPORTERS)) | on_duty,
    May.HANDLE_EVENT:  rights_office,
    May.CLOSE_EVENT:   leading,           # an event is closed where it was last reported to
    May.MERGE_EVENT:   rights_office,     # asked of both
    May.BRIEF_EVENT:   county_rights,
    May.SIGN_EVENT:    signing,           # a letter to a department, by the office on whose desk it lies or above
    May.REVEAL_REPORTER: rights_office,
})
grant(Telling, {
    May.RECEIVE_TELLING: told,            # nobody says for another that she has it
    May.HEAR_RECEIPT:    systems & office,
})
grant(Roster, {
    May.CONFIRM_DUTY: in_scope,           # only one's own turns
    May.KEEP_ROSTER:  planners,
})
grant(Swap, {
    May.SWAP_DUTY: asked,
    May.SEE_SWAP:  swaps,
})
grant(ZeroWeek, {
    May.SEE_ZERO:    in_scope,
    May.REPORT_ZERO: holds("office", *sorted(REPORTERS)),
})
grant(Dispute, {
    May.SEE_DISPUTE:    handling | mediator | by_consent,
    May.SEE_CLAIMANTS:  office | mediator,
    May.EXPORT_CLAIMANTS: office,
    May.ACCEPT_DISPUTE: office,
    May.MEDIATE:        office | mediator,
    May.RECEIPT:        office | mediator,
    May.CLOSE_DISPUTE:  office & ~mediator & ~paid_in,  # a second pair of eyes on what was paid
    May.TRANSFER_DISPUTE: office,
    May.OWN_DISPUTE:    her_own,
})
grant(Mediator, {
    May.SEE_MEDIATOR:  in_scope,
    May.KEEP_MEDIATOR: rights_office,
})
grant(Paper, {
    May.SEE_PAPER:  office,  # the line of the register; the paper itself opens to whoever may see the workers
    May.VOID_PAPER: office,
})
grant(Supervision, {
    May.SEE_SUPERVISION:   handling | charged | its_firm,  # a lead names a firm: as disputes do
    May.SEE_LEAD:          in_confidence | charged,
    May.SUPERVISE:         in_confidence | charged,
    May.CHARGE_SUPERVISOR: in_confidence,
    May.SIGN_SUPERVISION:  holds("chair", "leader"),  # a chair or a vice-chair
})
grant(Redundancy, {
    May.SEE_REDUNDANCY:  office,          # a plan is the firm's own; all others have the figures
    May.HEAR_REDUNDANCY: office,
    May.LEAD_REDUNDANCY: rights_office,
})
grant(Aid, {
    AidMay.SEE_AID:    rights_office | aid_signing | its_agent | applied,
    AidMay.SUPPLY_AID: rights_office | applied | aided,
    AidMay.DECIDE_AID: rights_office & ~its_agent & ~aided,
    AidMay.ASSIGN_AID: rights_office & ~aided,
    AidMay.SIGN_AID:   aid_signing & ~its_agent & ~aided,
    AidMay.HANDLE_AID: (rights_office | its_agent) & ~aided,
    AidMay.REVIEW_AID: reviewing & ~aided,
    AidMay.CLOSE_AID:  rights_office & ~its_agent & ~aided,  # and not whoever wrote the report
    AidMay.OWN_AID:    aided,
})
grant(AidAgent, {
    AidMay.SEE_AGENT:  in_scope,
    AidMay.KEEP_AGENT: rights_office,
})
grant(Subsidy, {
    AidMay.SEE_SUBSIDY:     holds("rights", "chair", "leader", "finance"),
    AidMay.PROPOSE_SUBSIDY: rights_office & ~paid_agent,
    AidMay.APPROVE_SUBSIDY: aid_signing & ~paid_agent,  # and not whoever proposed it
})
grant(Consultation, {
    AidMay.SEE_ADVICE:  handling,
    AidMay.KEEP_ADVICE: rights_office,
})
grant(Supervisor, {
    May.SEE_SUPERVISOR:  in_scope,
    May.KEEP_SUPERVISOR: rights_office,
})
grant(Union, {
    AidMay.OPEN_AID:      holds("centre", *sorted(RIGHTS)),
    AidMay.KEEP_AGENTS:   rights_office,
    AidMay.RECORD_ADVICE: holds("centre", *sorted(RIGHTS)),
    May.KEEP_SUPERVISORS: rights_office,
    May.OPEN_REDUNDANCY: office,
    May.OPEN_SUPERVISION: holds("centre", *sorted(RIGHTS)),
    May.KEEP_MEDIATORS: rights_office,
    May.REPORT_EVENT: holds(*sorted(REPORTERS)) | on_duty_over,
    May.OPEN_DISPUTE: holds("centre", *sorted(RIGHTS)),
    May.SEE_DUTY:     in_scope,           # asked of the union
    May.PLAN_DUTY:    planners,
})
# fmt: on
guard(Event, May.SEE_EVENT)
guard(Dispute, May.SEE_CLAIMANTS)
guard(Supervision, May.SEE_LEAD)
guard(Redundancy, May.SEE_REDUNDANCY)
guard(Aid, AidMay.HANDLE_AID)
