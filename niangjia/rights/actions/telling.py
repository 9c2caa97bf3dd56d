"""Somebody is told of an event until somebody says that she has it: by telephone, text message and in the house; each step is kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from niangjia.access.models import User
from niangjia.flow.api import move, start
from niangjia.flow.models import Clock
from niangjia.kit.answer import answer, place_of
from niangjia.kit.dates import day_of, now
from niangjia.kit.errors import Overtaken
from niangjia.notices.api import answered, call, chat, chats, tell, text
from niangjia.rights import parameters, rules
from niangjia.rights.enums import Answer, How, Means, Role, TellingState, Unanswered
from niangjia.rights.models import Attempt, Event, Telling
from niangjia.rights.queries.duty import Called, away, called, number_of, stands_in_for
from niangjia.unions.models import Union

REACHED = {"answered": (Answer.ANSWERED, How.PHONE), "read": (Answer.READ, How.SMS)}  # what a gateway says, and what it is to us
OUT: dict[str, Any] = {Means.VOICE: call, Means.SMS: text, Means.CHAT: chat}  # what reaches her outside the house
MISSED = {"no-answer": Answer.NO_ANSWER, "number-off": Answer.NUMBER_OFF}


@transaction.atomic
def ring_up(event: Event, *, occasion: str, but: User | None = None, said: bool = False) -> UUID | None:
    """Tell whoever is on duty where an event lies now, and go on until a receipt comes. Nobody is told of what she has just done herself.

    `said`: the house has a message of its own for the first one, which asks for the receipt.
    """
    first = called(Role.DUTY.value, event.desk, now())
    if but is not None and first.user is not None and first.user.pk == but.pk:
        return None
    chain = uuid4()
    _tell(event, first, chain=chain, occasion=occasion, desk=event.desk, first=True, said=said)
    return chain


def _tell(event: Event, whom: Called, *, chain: UUID, occasion: str, desk: Union, first: bool = False, said: bool = False) -> None:
    """Tell one in the line; a post that is vacant, or whose holder is away, is passed over at once, and that is kept too."""
    if Telling.objects.filter(chain=chain, role=whom.role).exists():
        return
    at, user = now(), whom.user
    gone = user is not None and user.pk in away([user], day_of(at))
    span = answer(parameters.RECEIPT.cells[event.severity,], day_of(at), place_of(whom.union)).value
    facts: dict[str, Any] = {"state": TellingState.WAITING, "receipt_by": span.after(at)}
    if user is None or gone:
        facts = {"state": TellingState.PASSED, "passed_at": at, "unanswered": Unanswered.ABSENT if gone else Unanswered.VACANT}
    one = Telling.objects.create(
        event=event, union=whom.union, township_id=event.township_id, county_id=event.county_id, chain=chain, desk=desk, to=user, role=whom.role,
        occasion=occasion, severity=event.severity, at=at, on=day_of(at), first=first, **facts,
    )  # fmt: skip
    start(one, by=None, at=at)
    if user is None or gone:
        instead = stands_in_for(user, day_of(at)) if user is not None else None
        if instead is not None and whom.role == Role.DUTY:  # who stands in for her office comes first
            _tell(event, Called(Role.SUBSTITUTE.value, whom.union, instead), chain=chain, occasion=occasion, desk=desk)
        else:
            _go_on(one)
        return
    _send(one, user, said=said)


def _send(one: Telling, user: User, *, said: bool) -> None:
    """By every means at once; what cannot be sent is kept as not sent."""
    event, at = one.event, now()
    words = {"reference": event.reference, "firm": event.employer_name, "people": event.affected, "severity": event.get_severity_display()}
    number = number_of(user)
    calls = answer(parameters.CALLS, day_of(at), place_of(one.union)).value
    for means, go_out in OUT.items():
        if means == Means.CHAT and not (number and chats()):  # a house without a messenger does not miss it
            continue
        line = Attempt.objects.create(telling=one, means=means, sent_at=at if number else None, answer="" if number else Answer.NOT_SENT)
        if number:
            go_out(number, "event-alarm", facts={**words, "calls": calls}, key=line.key, language=user.language, until=one.receipt_by)
    Attempt.objects.create(telling=one, means=Means.INAPP, sent_at=at)
    if said:
        return
    facts = words | {"until": one.receipt_by or at, "place": one.desk.short_name}
    tell([user], "event-alarm", facts=facts, url=event.get_absolute_url(), urgent=True, receipt=True)


def _go_on(one: Telling) -> None:
    """Tell the next in line; whoever was told in this chain already is not told twice."""
    event = one.event
    from_ = answer(parameters.ABOVE_AT_ONCE, day_of(now()), place_of(one.desk)).value
    roles = rules.told_next(one.role, above_at_once=rules.at_once(event.severity, from_))
    told = set(Telling.objects.filter(chain=one.chain, to__isnull=False).values_list("to", flat=True))
    for role in roles:
        whom = called(role, one.desk, now())
        if whom.user is not None and whom.user.pk in told:
            whom = Called(role, whom.union, None)
        _tell(event, whom, chain=one.chain, occasion=one.occasion, desk=one.desk)
        told |= {whom.user.pk} if whom.user else set()


def _hold(chain: UUID) -> None:
    """One at a time for all that were told in turn: first their clocks, in the order in which the worker that rings takes them, then the chain."""
    those = Telling.objects.filter(chain=chain)
    clocks = Clock.objects.filter(kind="rights.telling", thing_id__in=those.values("pk"), stopped_at=None)
    list(clocks.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    list(those.filter(first=True).select_for_update(of=("self",)).values_list("pk", flat=True))


@transaction.atomic
def pass_on(one: Telling, why: str = Unanswered.NO_RECEIPT.value) -> bool:
    """No receipt came in time: the next one is told. False if a receipt was faster, or another worker."""
    _hold(one.chain)
    held = Telling.objects.select_related("event", "desk", "union").get(pk=one.pk)
    if held.state != TellingState.WAITING:
        return False
    move(held, "pass", by=None)
    Telling.objects.filter(pk=held.pk).update(passed_at=now(), unanswered=why)
    Attempt.objects.filter(telling=held, answer="", means=Means.VOICE).update(answer=Answer.NO_ANSWER)
    if not Telling.objects.filter(chain=held.chain, state=TellingState.RECEIVED).exists():
        _go_on(held)
    return True


@transaction.atomic
def receive(one: Telling, *, how: str = How.PRESSED.value, by: User | None) -> Telling:
    """Somebody says that she has it; the first receipt counts, and nobody else of the chain is waited for. By nobody: her telephone has said it."""
    _hold(one.chain)
    held = Telling.objects.get(pk=one.pk)
    if held.state in (TellingState.RECEIVED, TellingState.DROPPED):
        return held
    at = now()
    in_time = held.receipt_by is not None and at <= held.receipt_by
    minutes = max(0, round((at - held.at).total_seconds() / 60))
    Telling.objects.filter(pk=held.pk).update(received_at=at, how=how, answered=1, in_time=int(in_time), minutes=minutes)
    move(held, "receive", by=by, house=True)
    if how in (How.PRESSED, How.ACTED):
        Attempt.objects.filter(telling=held, means=Means.INAPP, receipt_at=None).update(receipt_at=at, answer=Answer.READ)
    if held.to is not None:  # the house does not ask twice
        answered(held.to, held.event.get_absolute_url(), "event-arrived", "event-alarm")
    drop(Telling.objects.filter(chain=held.chain, state=TellingState.WAITING).exclude(pk=held.pk))
    one.refresh_from_db()
    return one


def drop(those: Any) -> None:
    """Nobody needs to answer any more."""
    for chain in sorted(set(those.order_by().values_list("chain", flat=True))):
        _hold(chain)
    for one in those.order_by("pk"):
        move(one, "drop", by=None)


@transaction.atomic
def acted(event: Event, *, by: User | None) -> None:
    """Whoever acts on an event has it; and where somebody of an office has acted, the others there are not asked."""
    if by is None:
        return
    waits = Telling.objects.filter(event=event, state__in=[TellingState.WAITING, TellingState.PASSED], received_at=None)
    for one in waits.filter(to=by).order_by("pk"):
        receive(one, how=How.ACTED.value, by=by)
    at = {seat.union_id for seat in by.seats}
    drop(Telling.objects.filter(event=event, state=TellingState.WAITING, union__in=at))


@transaction.atomic
def over(event: Event) -> None:
    """An event has ended: nobody is waited for."""
    drop(Telling.objects.filter(event=event, state=TellingState.WAITING))


@transaction.atomic
def heard(key: UUID, said: str) -> str:
    """What a gateway says of a call or a text message, by its key: the first word on it counts. Answers the state of the telling, or nothing."""
    chain = Attempt.objects.filter(key=key).values_list("telling__chain", flat=True).first()
    if chain is None:
        return ""
    _hold(chain)
    line = Attempt.objects.select_related("telling").get(key=key)
    if line.receipt_at is not None or line.answer in (Answer.NUMBER_OFF, Answer.NOT_SENT):
        return line.telling.state
    if said in REACHED:
        answered, how = REACHED[said]
        Attempt.objects.filter(pk=line.pk).update(answer=answered, receipt_at=now())
        return receive(line.telling, how=how.value, by=None).state
    Attempt.objects.filter(pk=line.pk).update(answer=MISSED[said])
    off = (
        not Attempt.objects.filter(telling=line.telling, means__in=[*OUT]).exclude(answer__in=[Answer.NUMBER_OFF, Answer.NOT_SENT]).exists()
    )
    if off:  # neither way reaches her: the time is not waited out
        pass_on(line.telling, Unanswered.NUMBER_OFF.value)
    line.telling.refresh_from_db()
    return line.telling.state


@transaction.atomic
def noted(message: Any) -> None:
    """She has said in the house that she has taken note."""
    waits = Telling.objects.filter(
        to=message.to_id, state__in=[TellingState.WAITING, TellingState.PASSED], received_at=None, event__uuid=_uuid_of(message.url)
    )
    for one in waits.order_by("pk"):
        try:
            receive(one, by=message.to)
        except Overtaken:
            continue


def _uuid_of(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]
