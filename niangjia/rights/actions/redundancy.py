"""A redundancy: explained by the employer, the staff heard, the union's reply with a number, the answer, the report, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import move, start, wind
from niangjia.kit.answer import asking
from niangjia.kit.dates import at as moment_at
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights.actions.events import Facts, report
from niangjia.rights.actions.papers import number, strike
from niangjia.rights.actions.supervision import Told, open_supervision
from niangjia.rights.enums import Channel, May, Type
from niangjia.rights.models import Advice, Event, Hearing, Redundancy, Revision, Supervision
from niangjia.rights.parameters import EXPLAIN, REHIRE, UNION_BEFORE
from niangjia.rights.queries.redundancy import GOING, PRIORITIES, PROTECTED, beside, bounds, judged_by_rule, office_above, others
from niangjia.rights.redundant import ByRule, RedundancyKind, RedundancyState
from niangjia.rights.rules import redundancy as rules
from niangjia.rights.supervised import Breach, Lead
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Union

S = RedundancyState
ADVISING = (*GOING, S.CARRIED)
REVISING = GOING
WARNING = GOING


@dataclass(frozen=True)
class Planned:
    """What an employer explains to the union or to its staff."""

    employer: Employer
    kind: str
    ground: str
    planned: int
    staff: int
    explained_on: date
    explained_to: str
    planned_on: date
    plan: str
    reasons: str
    selection: str = ""
    first: frozenset[str] = frozenset()  # who stays first in the plan: names of `PRIORITIES`
    protected: dict[str, int | None] = field(default_factory=dict)  # on the list though art. 42 protects them: by the names of `PROTECTED`


def _hold(case: Redundancy, by: User, *states: str, may: str = May.HEAR_REDUNDANCY) -> Redundancy:
    """The row, held; refused to others, and where it does not stand so."""
    if not allows(by, may, case):
        raise Refused(_("The staff are heard by the union at the employer, or by a rights office above it."))
    held = Redundancy.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if states and held.state not in states:
        raise IllegalStep(f"{held.reference} is {held.state}")
    return held


def _put(case: Redundancy, **facts: Any) -> None:
    Redundancy.objects.filter(pk=case.pk).update(**facts)
    for name, value in facts.items():
        setattr(case, name, value)


def _past(day: date, since: date, said: str) -> None:
    if not since <= day <= today():
        raise RuleBroken(said)


def _sized(case: Redundancy) -> dict[str, Any]:
    """What hangs on how many go and when: the union's own day, the thirty days, and whether it is a layoff by its size."""
    ask = asking(case, case.explained_on)
    before = case.planned_on - ask(UNION_BEFORE).length()
    large = case.kind == RedundancyKind.LAYOFF and rules.reached(case.planned + others(case), case.staff, bounds(ask))
    return {
        "reached": large, "free_on": (case.grown_on or case.explained_on) + ask(EXPLAIN).length() if large else None,
        "reply_by": before if before > case.explained_on else max(case.planned_on, case.explained_on),
    }  # fmt: skip


def _check(said: Planned) -> None:
    if said.explained_on > today():
        raise RuleBroken(_("The day lies ahead; write the day on which it was explained."))
    if said.ground not in rules.GROUNDS[said.kind]:
        raise RuleBroken(_("This ground belongs to the other sort: a layoff has those of art. 41, one worker those of arts 39 and 40."))
    if said.kind == RedundancyKind.SINGLE and said.planned != 1:
        raise RuleBroken(_("A dismissal of one worker is of one; for more, choose the layoff, or record each of them."))
    if not 0 < said.planned <= said.staff:
        raise RuleBroken(_("Write how many are planned to go, and how many work there on the day: the staff cannot be fewer."))
    if not said.plan.strip() or not said.reasons.strip():
        raise RuleBroken(_("Write what is planned, and for which reasons."))
    counts = [said.protected.get(name) or 0 for name in PROTECTED]
    if min(counts) < 0 or max(counts) > said.planned:
        raise RuleBroken(_("Of each group that art. 42 protects, no more can stand on the list than are planned to go."))


@transaction.atomic
def open_redundancy(union: Union, said: Planned, *, by: User) -> Redundancy:
    """The employer has explained what it plans (arts 41 and 43): the hearing of the staff begins, and the offices above are told."""
    if not allows(by, May.OPEN_REDUNDANCY, union):
        raise Refused(_("What an employer explains is recorded by the union there, or by a rights office above it."))
    _check(said)
    case = Redundancy(
        reference=next_reference(Redundancy, "CY"), union=union, township_id=union.township_id, county_id=union.county_id, employer=said.employer,
        kind=said.kind, ground=said.ground, planned=said.planned, staff=said.staff, explained_on=said.explained_on, explained_to=said.explained_to,
        planned_on=said.planned_on, plan=said.plan.strip(), reasons=said.reasons.strip(), selection=said.selection.strip(), by=by,
        **{name: name in said.first for name in PRIORITIES}, **{name: said.protected.get(name) for name in PROTECTED},
    )  # fmt: skip
    for name, value in _sized(case).items():
        setattr(case, name, value)
    case.save()
    start(case, by=by, at=now() if said.explained_on == today() else moment_at(said.explained_on))
    _explained(case, by)
    _resize(case, by)
    return case


def _explained(case: Redundancy, by: User) -> None:
    """The offices above are told what is planned."""
    facts = {"reference": case.reference, "firm": case.employer.name, "people": case.planned, "day": case.planned_on}
    tell(_above(case, by), "redundancy-explained", facts=facts, url=case.get_absolute_url())


def _resize(case: Redundancy, by: User) -> None:
    """What one plan adds counts for the others of the same employer too: their clocks follow, and what has become a layoff by that is told."""
    for one in Redundancy.objects.select_for_update(of=("self",)).filter(pk__in=[other.pk for other in beside(case)], state__in=GOING):
        sized = _sized(one)
        if all(getattr(one, name) == value for name, value in sized.items()):
            continue
        grown = sized["reached"] and not one.reached
        _put(one, **sized)
        wind(one)
        if grown:
            _explained(one, by)


def _above(case: Redundancy, by: User) -> list[User]:
    """The rights office of the township, and where it is a layoff by its size, of the county; nobody hears of what she did herself."""
    unions = [one for one in (case.union.township, case.union.county if case.reached else None) if one is not None and one != case.union]
    return list({user.pk: user for one in unions for user in answerable(one, "rights") if user.pk != by.pk}.values())


@transaction.atomic
def hear_staff(case: Redundancy, *, on: date, kind: str, place: str, people: int, minutes: str, opinions: str, by: User) -> Hearing:
    """Opinions were heard: minutes, how many took part, what they said."""
    _past(on, case.explained_on, _("The hearing was held between the explanation and today."))
    if not place.strip() or not minutes.strip() or not opinions.strip():
        raise RuleBroken(_("Write where it was held, how it went, and what those present said."))
    if people < 1:
        raise RuleBroken(_("Write how many took part, as on the list of those present."))
    move(case, "hear", by=by)
    return Hearing.objects.create(
        redundancy=case,
        on=on,
        kind=kind,
        place=place.strip()[:120],
        people=people,
        minutes=minutes.strip(),
        opinions=opinions.strip(),
        by=by,
        at=now(),
    )


@transaction.atomic
def reply_to(case: Redundancy, *, verdict: str, text: str, by: User) -> Redundancy:
    """裁员听取意见函: what the union says to the plan, under the next number, as Word and as PDF."""
    if not text.strip():
        raise RuleBroken(_("Write what the union says to the plan: it stands in the letter."))
    _put(case, replied_on=today(), verdict=verdict, reply=text.strip())
    move(case, "reply", by=by)
    _put(case, paper=number(case, "layoff_reply", by=by))
    return case


@transaction.atomic
def recall_reply(case: Redundancy, *, reason: str, by: User) -> Redundancy:
    """A reply that the employer has not answered yet is taken back; its number stays in the register, void."""
    paper = case.paper
    move(case, "recall", by=by, reason=reason)
    _put(case, replied_on=None, verdict="", reply="", paper=None)
    if paper is not None:
        strike(paper, why=reason, by=by)
    return case


@transaction.atomic
def answer_union(case: Redundancy, *, on: date, answer: str, text: str, by: User) -> Redundancy:
    """The employer has looked at the union's opinions and writes what became of them (art. 43; Trade Union Law, art. 22)."""
    _past(on, case.replied_on or case.explained_on, _("The answer came between the union's reply and today."))
    _put(case, answered_on=on, answer=answer, answer_text=text.strip())
    move(case, "answer", by=by)
    return case


@transaction.atomic
def report_plan(case: Redundancy, *, on: date, body: str, by: User) -> Redundancy:
    """The plan was reported to the labour bureau (art. 41): a layoff needs it, a dismissal of one does not."""
    if case.kind != RedundancyKind.LAYOFF:
        raise RuleBroken(_("Only a layoff is reported to the labour bureau."))
    _past(on, case.explained_on, _("It was reported between the explanation and today."))
    if not body.strip():
        raise RuleBroken(_("Write to which bureau it was reported."))
    _put(case, reported_on=on, reported_to=body.strip()[:120])
    move(case, "report", by=by)
    return case


@transaction.atomic
def carry_out(case: Redundancy, *, on: date, dismissed: int, by: User, reason: str = "") -> Redundancy:
    """It was carried out, by the rule or against it: the judgement is kept with what it was found by."""
    if on > today():
        raise RuleBroken(_("The day lies ahead; record it when it has been done."))
    if not 0 < dismissed <= case.staff:
        raise RuleBroken(_("Write how many went; if nobody did, the employer has given it up."))
    if case.kind == RedundancyKind.SINGLE and dismissed != 1:
        raise RuleBroken(_("A dismissal of one worker is of one; for more, choose the layoff, or record each of them."))
    case.carried_on, case.dismissed = on, dismissed
    found, ask = judged_by_rule(case, case.hearings.count())
    large = case.kind == RedundancyKind.LAYOFF and rules.reached(max(case.planned, dismissed) + others(case), case.staff, bounds(ask))
    _put(
        case, carried_on=on, dismissed=dismissed, reached=large, rehire_until=ask(REHIRE).last_day(on) if large else None,
        kept=ByRule.IN if rules.keeps(found) else ByRule.OUT, trace=ask.trace() | {"version": rules.VERSION, "found": rules.packed(found)},
    )  # fmt: skip
    move(case, "carry", by=by, reason=reason)
    return case


@transaction.atomic
def give_up(case: Redundancy, *, reason: str, by: User) -> Redundancy:
    """The employer gives its plan up."""
    move(case, "withdraw", by=by, reason=reason)
    _resize(case, by)
    return case


@transaction.atomic
def finish_redundancy(case: Redundancy, *, reason: str, by: User) -> Redundancy:
    """It is over; whether people were hired again, and who, is the reason."""
    move(case, "finish", by=by, reason=reason)
    return case


@transaction.atomic
def revise(case: Redundancy, *, planned: int, planned_on: date, why: str, by: User) -> Revision:
    """The employer changes its plan: how many, and when. What it was stays readable, the clocks follow, and more people begin the thirty days anew."""
    held = _hold(case, by, *REVISING)
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    if held.kind == RedundancyKind.SINGLE and planned != 1:
        raise RuleBroken(_("A dismissal of one worker is of one; for more, choose the layoff, or record each of them."))
    if not 0 < planned <= held.staff:
        raise RuleBroken(_("Write how many are planned to go, and how many work there on the day: the staff cannot be fewer."))
    if (planned, planned_on) == (held.planned, held.planned_on):
        raise RuleBroken(_("Nothing has changed: so many were planned for this day before."))
    line = Revision.objects.create(
        redundancy=held,
        planned_was=held.planned,
        planned=planned,
        day_was=held.planned_on,
        day=planned_on,
        why=why.strip()[:200],
        by=by,
        at=now(),
    )
    if held.kind == RedundancyKind.LAYOFF and planned > held.planned:
        held.grown_on = today()
    held.planned, held.planned_on = planned, planned_on
    _put(held, planned=planned, planned_on=planned_on, grown_on=held.grown_on, **_sized(held))
    wind(held)
    _resize(held, by)
    case.refresh_from_db()
    return line


@transaction.atomic
def advise_union(case: Redundancy, *, text: str, by: User) -> Advice:
    """A rights office above says what it thinks; the union there is told."""
    held = _hold(case, by, *ADVISING, may=May.LEAD_REDUNDANCY)
    if not text.strip():
        raise RuleBroken(_("Write what you advise."))
    made = Advice.objects.create(redundancy=held, text=text.strip(), by=by, at=now())
    people = [user for user in answerable(held.union, "rights") if user.pk != by.pk]
    tell(people, "redundancy-advised", facts={"reference": held.reference, "name": by.name}, url=held.get_absolute_url())
    return made


@transaction.atomic
def turn_over(case: Redundancy, *, facts: str, by: User) -> Supervision:
    """It becomes a supervision case of the office that turns it over; the hearing ends, and leads there."""
    union = office_above(case, by)
    if union is None or not allows(by, May.LEAD_REDUNDANCY, case):
        raise Refused(_("It is turned into supervision by the rights office of a township, a county or the city."))
    made = open_supervision(
        union,
        Told(case.employer, Lead.FOUND, Breach.CONTRACT, f"{case.reference}　{facts.strip()}" if facts.strip() else "", today()),
        by=by,
    )
    _put(case, supervision=made)
    move(case, "supervise", by=by, reason=made.reference)
    people = [user for user in answerable(case.union, "rights") if user.pk != by.pk]
    tell(people, "redundancy-supervised", facts={"reference": case.reference, "union": union.short_name}, url=case.get_absolute_url())
    return made


@transaction.atomic
def warn_of(case: Redundancy, *, detail: str, by: User) -> Event:
    """Workers are restless: it is reported as an event too, and the hearing goes on beside it."""
    held = _hold(case, by, *WARNING)
    if held.event_id is not None:
        raise RuleBroken(_("It was reported as an event before."))
    facts = Facts(
        held.employer.name, Type.LAYOFF, held.planned, employer=held.employer, channel=Channel.EMPLOYER, detail=detail.strip() or held.reasons,
    )  # fmt: skip
    made = report(held.union, facts, by=by)
    _put(held, event=made)
    case.event = made
    return made


def remind_hearers(case: Redundancy, *, what: Any, due: datetime) -> None:
    """Tell the union there, and the office above it, that a clock has rung."""
    unions = [case.union, *([case.union.township or case.union.county] if case.union.level > 3 else [])]
    people = {user.pk: user for one in unions if one is not None for user in answerable(one, "rights")}
    facts = {"reference": case.reference, "what": what, "until": day_of(due)}
    tell(people.values(), "redundancy-late", facts=facts, url=case.get_absolute_url(), urgent=True)
