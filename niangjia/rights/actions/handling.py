"""An event is handled: taken on, calmed, settled, closed; departments are asked in, and each says what came of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, wind, works
from niangjia.kit.answer import asking
from niangjia.kit.dates import now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.spans import Span
from niangjia.kit.who import allows
from niangjia.rights import parameters
from niangjia.rights.actions.telling import acted, over
from niangjia.rights.enums import TOGETHER, May
from niangjia.rights.models import Event, Task
from niangjia.rights.queries import follow_by


def _step(event: Event, verb: str, to: str, *, by: User, reason: str = "", house: bool = False) -> Event:
    """Take a step that changes how often an event is followed up."""
    event.follow_by, event.alarm_by, event.missed = follow_by(event.severity, to, now(), event.desk), None, 0
    Event.objects.filter(pk=event.pk).update(follow_by=event.follow_by, alarm_by=None, missed=0)
    move(event, verb, by=by, reason=reason, house=house)
    acted(event, by=by)
    return event


@transaction.atomic
def take_on(event: Event, *, by: User) -> Event:
    """Somebody handles it."""
    return _step(event, "handle", "HANDLING", by=by)


@transaction.atomic
def calm(event: Event, *, reason: str, by: User) -> Event:
    """It is under control; a red event is now followed up daily."""
    return _step(event, "calm", "STABLE", by=by, reason=reason)


@transaction.atomic
def flare(event: Event, *, reason: str, by: User) -> Event:
    """It flares up again."""
    return _step(event, "flare", "HANDLING", by=by, reason=reason)


@transaction.atomic
def settle(event: Event, *, resolution: str, by: User) -> Event:
    """It is settled, and how is written down; the closing report is due next."""
    if not resolution.strip():
        raise RuleBroken(_("Write how it was settled: who agreed to what, and what was paid."))
    Event.objects.filter(pk=event.pk).update(resolution=resolution.strip())
    event.resolution = resolution.strip()
    return _step(event, "settle", "SETTLED", by=by)


@transaction.atomic
def reopen(event: Event, *, reason: str, by: User) -> Event:
    """What was settled is not."""
    return _step(event, "reopen", "HANDLING", by=by, reason=reason)


@transaction.atomic
def close_event(event: Event, *, closing: str, by: User) -> Event:
    """Close it with its closing report."""
    if not closing.strip():
        raise RuleBroken(_("Write the closing report: cause, course, outcome, and what is left to watch."))
    Event.objects.filter(pk=event.pk).update(closing=closing.strip(), closed_on=today())
    event.closing, event.closed_on = closing.strip(), today()
    move(event, "close", by=by)
    acted(event, by=by)
    over(event)
    return event


@transaction.atomic
def visit(event: Event, *, reason: str, by: User) -> Event:
    """Somebody went there again, and says what she found."""
    move(event, "visit", by=by, reason=reason)
    return event


@transaction.atomic
def refer(event: Event, *, department: str, reason: str, by: User) -> Event:
    """It goes to a department, which answers within its days; the reason says by which paper."""
    return _refer(event, department=department, until=None, reason=reason, by=by, house=False)


def refer_by_letter(event: Event, *, department: str, until: date | None, reason: str, by: User) -> Event:
    """It goes to a department by a letter that was signed: whoever drafted it was asked whether she may. The answer is due by the letter's day."""
    return _refer(event, department=department, until=until, reason=reason, by=by, house=True)


def _refer(event: Event, *, department: str, until: date | None, reason: str, by: User, house: bool) -> Event:
    last = until or asking(event, today())(parameters.ANSWER).last_day(today(), works())
    Event.objects.filter(pk=event.pk).update(referred_to=department, answer_by=last)
    event.referred_to, event.answer_by = department, last
    _step(event, "transfer" if house else "refer", "REFERRED", by=by, reason=reason, house=house)
    over(event)
    return event


@transaction.atomic
def answer_referral(event: Event, *, text: str, by: User) -> Event:
    """The department to which it was referred says what became of it."""
    if not allows(by, May.CLOSE_EVENT, event):
        raise Refused(_("What a department answers is recorded by the office that referred it, or by one above."))
    if not text.strip():
        raise RuleBroken(_("Write in a few words what came of it."))
    if not Event.objects.filter(pk=event.pk, state="REFERRED", answered_on=None).update(
        referred_answer=text.strip(), answered_on=today(), answer_by=None
    ):
        raise IllegalStep(f"{event.reference} waits for no answer")
    event.refresh_from_db()
    wind(event)
    return event


@transaction.atomic
def dismiss(event: Event, *, reason: str, by: User) -> Event:
    """It was a false report: it is taken out of all figures."""
    move(event, "dismiss", by=by, reason=reason)
    acted(event, by=by)
    over(event)
    return event


# ---------- together with others ----------


def handle_together(event: Event) -> None:
    """A red event asks the departments in by itself, where it is so set."""
    if not asking(event, today())(parameters.TOGETHER):
        return
    made = [Task(event=event, department=one, made_at=now(), auto=True) for one in TOGETHER]
    Task.objects.bulk_create(made, ignore_conflicts=True)


@transaction.atomic
def add_task(
    event: Event, *, department: str, what: str, who: str = "", until: date | None = None, how: str = "", lead: bool = False, by: User
) -> Task:
    """Ask a department, or another union, to do something; one of them may lead the handling."""
    if not allows(by, May.HANDLE_EVENT, event):
        raise Refused(_("Tasks are given by the rights office of a township, county or city."))
    if not what.strip():
        raise RuleBroken(_("Write what is to be done."))
    if Task.objects.filter(event=event, department=department, what=what.strip()).exists():
        raise RuleBroken(_("This task was given already."))
    if lead:
        Task.objects.filter(event=event, lead=True).update(lead=False)
    made = Task.objects.create(
        event=event, department=department, what=what.strip(), who=who.strip(), until=until, how=how, lead=lead, made_at=now(), by=by
    )
    wind(event)
    return made


@transaction.atomic
def receive_task(task: Task, *, received_by: str, how: str = "", by: User) -> Task:
    """The department has said that it has it: who there, and by which means it was asked; once."""
    if not allows(by, May.HANDLE_EVENT, task.event):
        raise Refused(_("Tasks are given by the rights office of a township, county or city."))
    if not received_by.strip():
        raise RuleBroken(_("Write who there has said that it came."))
    if not Task.objects.filter(pk=task.pk, received_at=None).update(
        received_at=now(), received_by=received_by.strip()[:60], how=how or task.how
    ):
        raise IllegalStep("the receipt was recorded before")
    task.refresh_from_db()
    return task


@transaction.atomic
def finish_task(task: Task, *, said: str, by: User) -> Task:
    """A task is done, and what came of it is written down."""
    if not allows(by, May.HANDLE_EVENT, task.event):
        raise Refused(_("Tasks are given by the rights office of a township, county or city."))
    if not said.strip():
        raise RuleBroken(_("Write in a few words what came of it."))
    if not Task.objects.filter(pk=task.pk, done_at=None).update(done_at=now(), said=said.strip()):
        raise IllegalStep("the task is done already")
    task.refresh_from_db()
    wind(task.event)
    return task


# ---------- a follow-up that does not come ----------


def miss_follow_up(event: Event) -> int:
    """No follow-up has come for one more period: the next alarm is a period later. Answers how many periods were missed."""
    event.missed += 1
    event.alarm_by = follow_by(event.severity, event.state, now(), event.desk)
    Event.objects.filter(pk=event.pk).update(missed=event.missed, alarm_by=event.alarm_by)
    wind(event)
    return event.missed


# ---------- another rule for what runs ----------


def restate_report(event: Event, span: Span) -> None:
    """The time on the rung is counted anew from the arrival there, by another span."""
    standing = event.reports.filter(rung=event.rung).first()
    if standing is None:
        return
    event.report_by = span.after(standing.arrived_at, works())
    event.reports.filter(pk=standing.pk).update(due_at=event.report_by)
    Event.objects.filter(pk=event.pk).update(report_by=event.report_by)


def restate_follow(event: Event, span: Span) -> None:
    """The time to the next follow-up is counted anew from the last, by another span."""
    last = event.followups.order_by("-pk").first()
    event.follow_by = span.after(last.at if last else event.reported_at, works())
    Event.objects.filter(pk=event.pk).update(follow_by=event.follow_by)
