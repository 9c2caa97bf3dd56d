"""Official papers are drawn up from the case, get their number, and lie on it; a number that was given is never given again."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.files.api import attach, take_off
from niangjia.kit.dates import now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights.aided import AidMay
from niangjia.rights.drawn import DRAWN, Drawn
from niangjia.rights.enums import May
from niangjia.rights.models import Aid, Assignment, Dispute, Event, Letter, Missive, Paper, Redundancy, Supervision

SEES: dict[type[Any], str] = {
    Dispute: May.MEDIATE,
    Event: May.RAISE_EVENT,
    Aid: AidMay.DECIDE_AID,
}  # a report on an event is the paper of the office where it lies


def allocate(kind: str, year: int) -> int:
    """The next number of a kind in a year. Whoever asks holds the row of numbers until her transaction ends, so that none is given twice or left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"rights.paper.{kind}.{year}"])
    last: int | None = Paper.objects.filter(kind=kind, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def draw(subject: Dispute | Event | Aid, kind: str, *, by: User, facts: Any = None) -> Paper:
    """Draw a paper up from its case, as Word and as PDF, under the next number of its kind and year; both lie on the case from then on."""
    one = DRAWN.get(kind)
    if one is None or one.signed or not isinstance(subject, one.of):
        raise RuleBroken(_("There is no such paper of this case."))
    if not allows(by, SEES[type(subject)], subject):
        raise Refused(_("You may read this, but the step belongs to another office."))
    if subject.state not in one.states:
        raise RuleBroken(_("This paper is not drawn up at “%(state)s”.") % {"state": subject.get_state_display()})
    if one.needs is not None and (why := one.needs(subject, facts)):
        raise RuleBroken(why)
    return number(subject, kind, by=by, facts=facts)


def number(subject: Dispute | Event | Supervision | Redundancy | Aid, kind: str, *, by: User, facts: Any = None) -> Paper:
    """Give a paper its number and lay it on its case; whether it may be drawn up is judged by whoever calls."""
    union = subject.handled_by if isinstance(subject, Dispute) else subject.desk if isinstance(subject, Event) else subject.union
    year = today().year
    made = Paper(
        kind=kind, year=year, number=allocate(kind, year), union=union, township_id=union.township_id, county_id=union.county_id, by=by, at=now(),
        **{subject._meta.model_name or "": subject},
    )  # fmt: skip
    _lay(made, subject, DRAWN[kind], facts, by)
    made.save()
    return made


def _lay(made: Paper, subject: Dispute | Event | Supervision | Redundancy | Aid, one: Drawn, facts: Any, by: User) -> None:
    sheet = one.draw(subject, one.number(made.year, made.number), facts)
    name = f"{one.file}{made.year}-{made.number}"
    made.word = attach(subject, sheet.word(), name=f"{name}.docx", purpose=str(one.label), by=by)
    made.pdf = attach(subject, sheet.pdf(), name=f"{name}.pdf", purpose=str(one.label), by=by)


@transaction.atomic
def void_paper(paper: Paper, *, why: str, by: User) -> Paper:
    """A paper does not hold: its number stays in the register with the reason, and its files are taken off the case."""
    if not allows(by, May.VOID_PAPER, paper):
        raise Refused(_("Numbers are made void by the rights office whose paper it is, or by one above."))
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the register later will ask."))
    if Letter.objects.filter(paper=paper).exists():
        raise RuleBroken(_("A letter of a supervision case is taken back on its case, with a reason."))
    if Missive.objects.filter(paper=paper).exists():
        raise RuleBroken(_("A letter to a department is taken back on its event, with a reason."))
    if Redundancy.objects.filter(paper=paper).exists():
        raise RuleBroken(_("A reply to an employer is taken back on its case, with a reason."))
    if Assignment.objects.filter(paper=paper, ended_at=None).exists():
        raise RuleBroken(_("A letter of assignment holds while its agent acts. Change the agent on the case first."))
    return strike(paper, why=why, by=by)


def strike(paper: Paper, *, why: str, by: User) -> Paper:
    """The number holds no more; whether it may be made void is judged by whoever calls."""
    if not Paper.objects.filter(pk=paper.pk, void_at=None).update(void_at=now(), void_by=by, void_why=why.strip()[:200]):
        raise Overtaken
    for filed in (paper.word, paper.pdf):
        if filed is not None:
            take_off(filed, by=by)
    paper.refresh_from_db()
    return paper
