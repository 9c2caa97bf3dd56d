"""Letters to departments: drafted by whoever handles the event, signed by a chair or a vice-chair, and only then numbered and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import wind
from niangjia.kit.dates import now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights.actions.handling import refer_by_letter
from niangjia.rights.actions.papers import number, strike
from niangjia.rights.askedby import AskedBy, MissiveKind
from niangjia.rights.deadlines import OPEN
from niangjia.rights.enums import Department, May
from niangjia.rights.flow import EVENT_FLOW
from niangjia.rights.models import Event, Missive, Task
from niangjia.unions.api import answerable
from niangjia.unions.models import Office

WRITTEN = {MissiveKind.JOINT: May.HANDLE_EVENT, MissiveKind.TRANSFER: May.CLOSE_EVENT}  # whose it is to draft a letter
STANDS = {MissiveKind.JOINT: tuple(sorted(OPEN)), MissiveKind.TRANSFER: EVENT_FLOW.sources("refer")}  # and where the event then stands
PAPERS = {MissiveKind.JOINT: "event_joint", MissiveKind.TRANSFER: "event_transfer"}
TASK_LONG = 200  # characters of what a task asks


@dataclass(frozen=True)
class Wanted:
    """What a letter says: to whom, what was found, what is asked, and by when an answer is asked for."""

    kind: str
    department: str
    to: str
    found: str
    asks: str
    answer_by: date | None = None
    lead: bool = False


def _may_draft(event: Event, kind: str, by: User) -> None:
    if not allows(by, WRITTEN[MissiveKind(kind)], event):
        raise Refused(_("Letters to departments are drafted by the office that handles the event, or by one above."))


def _stands(event: Event, kind: str) -> None:
    if event.state not in STANDS[MissiveKind(kind)]:
        raise RuleBroken(_("This paper is not drawn up at “%(state)s”.") % {"state": event.get_state_display()})


@transaction.atomic
def draft_missive(event: Event, said: Wanted, *, by: User) -> Missive:
    """Draft a letter to a department and lay it before the chair; nothing goes out and nothing changes until it is signed."""
    _may_draft(event, said.kind, by)
    held = Event.objects.select_for_update(of=("self",)).select_related("desk").get(pk=event.pk)
    _stands(held, said.kind)
    if not said.to.strip() or not said.found.strip() or not said.asks.strip():
        raise RuleBroken(_("A letter says to whom it goes, what was found and what is asked."))
    if said.answer_by is not None and said.answer_by <= today():
        raise RuleBroken(_("The letter asks for an answer by a day that lies ahead."))
    try:
        with transaction.atomic():
            made = Missive.objects.create(
                event=held, kind=said.kind, department=said.department, to=said.to.strip()[:120], found=said.found.strip(), asks=said.asks.strip(),
                answer_by=said.answer_by, lead=said.lead, drafted_by=by, drafted_at=now(),
            )  # fmt: skip
    except IntegrityError as twice:
        raise RuleBroken(_("Such a letter waits for its signature already. Have it given back before you write it anew.")) from twice
    people = {user.pk: user for duty in ("chair", "leader") for user in answerable(held.desk, duty) if user.pk != by.pk}
    facts = {"reference": held.reference, "to": made.to}
    tell(people.values(), "event-letter-to-sign", facts=facts, url=held.get_absolute_url())
    return made


def _hold(letter: Missive) -> Missive:
    """The letter, with its event, held until the end; whoever comes second is told so."""
    Event.objects.select_for_update(of=("self",)).get(pk=letter.event_id)
    held = Missive.objects.select_for_update(of=("self",)).select_related("event__desk", "event__union").get(pk=letter.pk)
    if held.void:
        raise Overtaken
    return held


@transaction.atomic
def sign_missive(letter: Missive, *, by: User) -> Missive:
    """The chair or a vice-chair signs: it gets its number, and what it asks is done: the department is asked in, or has the event."""
    if not allows(by, May.SIGN_EVENT, letter.event):
        raise Refused(_("Letters are signed by the chair or a vice-chair of the office where the event lies, or of one above."))
    held = _hold(letter)
    if held.sent_on is not None:
        raise Overtaken
    event = held.event
    _stands(event, held.kind)
    if held.answer_by is not None and held.answer_by <= today():
        raise RuleBroken(_("The day by which it asks for an answer has passed. Give it back, so that it is written anew."))
    seat = (
        Office.objects.filter(user=by, duty__in=["chair", "leader"]).filter(Q(until=None) | Q(until__gt=today())).order_by("-since").first()
    )
    held.signed_by, held.signed_as = by, seat.post[:60] if seat else ""
    held.paper, held.sent_on = number(event, PAPERS[MissiveKind(held.kind)], by=by, facts=held), today()
    if held.kind == MissiveKind.JOINT:
        held.task = _asked_in(held, by)
        wind(event)
    held.save(update_fields=["signed_by", "signed_as", "paper", "sent_on", "task"])
    if held.kind == MissiveKind.TRANSFER:
        refer_by_letter(
            event,
            department=held.department,
            until=held.answer_by,
            reason=_("By the letter %(number)s.") % {"number": printed(held)},
            by=by,
        )
    letter.refresh_from_db()
    return letter


def printed(letter: Missive) -> str:
    """The number of a letter that was sent, as it is printed."""
    from niangjia.rights.drawn import number_of

    return number_of(letter.paper.kind, letter.paper.year, letter.paper.number) if letter.paper is not None else ""


def _asked_in(letter: Missive, by: User) -> Task:
    """The department has something to do, by letter."""
    what = letter.asks[:TASK_LONG]
    if Task.objects.filter(event=letter.event, department=letter.department, what=what).exists():
        raise RuleBroken(_("This task was given already."))
    if letter.lead:
        Task.objects.filter(event=letter.event, lead=True).update(lead=False)
    return Task.objects.create(
        event=letter.event, department=letter.department, what=what, who=letter.to[:60] if letter.department == Department.OTHER else "",
        until=letter.answer_by, lead=letter.lead, how=AskedBy.LETTER.value, made_at=now(), by=by,
    )  # fmt: skip


def may_take_back(letter: Missive) -> bool:
    """Whether a letter that was sent may still be taken back: until the department says that it has it, and never one of transfer."""
    task = letter.task
    return letter.kind == MissiveKind.JOINT and task is not None and task.received_at is None and task.done_at is None


@transaction.atomic
def return_missive(letter: Missive, *, why: str, by: User) -> Missive:
    """A draft is not signed, with the reason, or a letter that was sent is taken back: its number stays in the register, void.

    A letter is taken back until the department has said that it has it; one of transfer is not, for the event is no longer here.
    """
    held = _hold(letter)
    sent = held.sent_on is not None
    if not (allows(by, May.SIGN_EVENT, held.event) or (not sent and held.drafted_by_id == by.pk)):
        raise Refused(_("A letter is given back or taken back by whoever signs it; its draft also by whoever wrote it."))
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    if sent and held.kind == MissiveKind.TRANSFER:
        raise IllegalStep("a letter of transfer is not taken back")
    if sent and not may_take_back(held):
        raise RuleBroken(_("The department has said that it has it; write to it anew instead."))
    task, held.task = held.task, None
    held.void, held.void_why = True, why.strip()[:200]
    held.save(update_fields=["void", "void_why", "task"])
    if task is not None:
        task.delete()
        wind(held.event)
    if held.paper is not None:
        strike(held.paper, why=why, by=by)
    letter.refresh_from_db()
    return letter
