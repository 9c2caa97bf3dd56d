"""Legal aid is assigned, handled and closed: agents, hearings, money, results, report; and its early ends."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import clocks, move, wind
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights import rules
from niangjia.rights.actions.aid import hold_aid, put, tell_aided
from niangjia.rights.actions.money import before
from niangjia.rights.actions.papers import number as numbered
from niangjia.rights.aided import AidMay, AidState, MoneyFrom
from niangjia.rights.models import Aid, AidAgent, AidHearing, AidReceipt, Assignment, Receipt, Recipient, Slip
from niangjia.rights.queries import kept, leaders_of
from niangjia.rights.queries.aid import agent_ties, received_in, to_take_over
from niangjia.rights.rules.aid import conflict_of
from niangjia.unions.api import answerable

S = AidState
PAYING = (S.HANDLING, S.FINISHED, S.REPORTED, S.CLOSED)
HEARING = (S.HANDLING, S.FINISHED)


def agent_why_not(code: str, name: str) -> str:
    """The sentence of a tie."""
    sentences = {
        "applies": _("%(name)s is aided in this case herself."),
        "works-there": _("%(name)s works at the employer against which it goes, and cannot act."),
        "counsel": _("%(name)s acts for the employer against which it goes, and cannot act against it."),
        "same-firm": _("The law firm of %(name)s acts for the employer against which it goes. Assign somebody of another firm."),
        "mediated": _("%(name)s mediated between both sides of this dispute, and cannot act for one of them."),
        "officer": _(
            "%(name)s holds an office in the union of that employer. She may act only if she declares it and says why it does not bind her."
        ),
    }
    return sentences[code] % {"name": name}


# ---------- the agent ----------


@transaction.atomic
def assign(case: Aid, agent: AidAgent, *, form: str, declared: str = "", by: User) -> Assignment:
    """An agent is chosen whom no tie binds; the letter of assignment is laid before the chair or a vice-chair."""
    if not agent.active or (agent.until is not None and agent.until < today()):
        raise RuleBroken(_("The contract or the licence of %(name)s holds no more. Renew it on the register first.") % {"name": agent.name})
    if code := conflict_of(agent_ties(agent, case), declared=bool(declared.strip())):
        raise RuleBroken(agent_why_not(code, agent.name))
    put(case, form=form, agent=agent)
    move(case, "assign", by=by)
    made = Assignment.objects.create(aid=case, agent=agent, form=form, declared=declared.strip()[:200], by=by, at=now())
    people = {user.pk: user for duty in ("chair", "leader") for user in answerable(case.union, duty) if user.pk != by.pk}
    tell(people.values(), "aid-to-sign", facts={"reference": case.reference}, url=case.get_absolute_url())
    return made


def current(case: Aid) -> Assignment:
    """The assignment that holds."""
    found = case.assignments.select_related("agent__user").filter(ended_at=None).first()
    if found is None:
        raise Overtaken
    return found


@transaction.atomic
def sign_assignment(case: Aid, *, by: User) -> Assignment:
    """The chair or a vice-chair signs, and only then the letter gets its number; the agent is told."""
    line = current(case)
    if line.by_id == by.pk:
        raise Refused(_("Whoever drafts an assignment does not sign it."))
    on_time = kept(case, "LA-D2", today())
    put(case, agent=line.agent, handler=line.agent.user, assigned_on=today(), assigned=on_time)
    move(case, "sign", by=by)
    line.signed_by, line.signed_at = by, now()
    line.paper = numbered(case, "aid_assignment", by=by, facts=line)
    line.save(update_fields=["signed_by", "signed_at", "paper"])
    if line.agent.user is not None and line.agent.user_id != by.pk:
        due = next((day_of(clock.due_at) for clock in clocks(case) if clock.code == "LA-D3"), _("soon"))
        tell(
            [line.agent.user],
            "aid-given",
            facts={"reference": case.reference, "union": case.union.short_name, "until": due},
            url=case.get_absolute_url(),
        )
    tell_aided(case)
    return line


def _step_back(case: Aid, why: str) -> None:
    Assignment.objects.filter(aid=case, ended_at=None).update(ended_at=now(), why=why.strip()[:200])
    put(case, agent=None, handler=None, assign_from=today(), hears_on=None)


@transaction.atomic
def give_assignment_back(case: Aid, *, reason: str, by: User) -> Aid:
    """The draft is not signed, with the reason; the days of the assignment go on."""
    move(case, "give-back", by=by, reason=reason)
    Assignment.objects.filter(aid=case, ended_at=None).update(ended_at=now(), why=reason.strip()[:200])
    put(case, agent=None)
    return case


@transaction.atomic
def take_aid(case: Aid, *, by: User) -> Aid:
    """The agent accepts: by herself, or as she told the office."""
    move(case, "take", by=by)
    Assignment.objects.filter(aid=case, ended_at=None).update(taken_at=now())
    return case


@transaction.atomic
def decline_aid(case: Aid, *, reason: str, by: User) -> Aid:
    """The agent declines, with the reason; another one is assigned within the days, counted anew."""
    move(case, "decline", by=by, reason=reason)
    _step_back(case, reason)
    tell(answerable(case.union, "rights"), "aid-declined", facts={"reference": case.reference}, url=case.get_absolute_url())
    return case


@transaction.atomic
def change_agent(case: Aid, *, reason: str, by: User) -> Aid:
    """Another agent is needed: she is ill, she asks for it, or the recipient does with good reason."""
    left = case.handler
    move(case, "change", by=by, reason=reason)
    _step_back(case, reason)
    if left is not None and left.pk != by.pk:
        tell([left], "aid-left", facts={"reference": case.reference}, url="")
    return case


# ---------- hearings ----------


def _next_hearing(case: Aid) -> None:
    """The next day on which it is heard; its clock stands on it."""
    coming = case.hearings.filter(outcome="", at__gte=now()).aggregate(first=Min("at"))["first"]
    put(case, hears_on=day_of(coming) if coming else None)


@transaction.atomic
def plan_hearing(case: Aid, *, kind: str, at: datetime, body: str, number: str = "", by: User) -> AidHearing:
    """A day is set on which it is heard."""
    held = hold_aid(case, by, AidMay.HANDLE_AID, *HEARING)
    if not body.strip():
        raise RuleBroken(_("Write which commission or court hears it."))
    made = AidHearing.objects.create(aid=held, kind=kind, at=at, body=body.strip()[:120], number=number.strip()[:60], by=by)
    _next_hearing(held)
    _wind(case, held)
    tell_aided(held)
    return made


@transaction.atomic
def record_hearing(line: AidHearing, *, outcome: str, by: User) -> AidHearing:
    """What came of a hearing."""
    held = hold_aid(line.aid, by, AidMay.HANDLE_AID, *HEARING)
    if not outcome.strip():
        raise RuleBroken(_("Write what came of it."))
    if line.at > now():
        raise RuleBroken(_("The hearing lies ahead; record it when it was held."))
    if not AidHearing.objects.filter(pk=line.pk, outcome="").update(outcome=outcome.strip()[:500]):
        raise Overtaken
    line.refresh_from_db()
    _next_hearing(held)
    _wind(line.aid, held)
    return line


def _wind(case: Aid, held: Aid) -> None:
    case.hears_on = held.hears_on
    wind(held)


# ---------- money ----------


@transaction.atomic
def receive_aid(case: Aid, *, amount: Decimal, on: date, evidence: str, recipient: Recipient | None = None, by: User) -> AidReceipt:
    """Somebody aided got money (yuan), proved by a paper. One yuan counts once: where a dispute is linked it is entered there, and taken over."""
    held = hold_aid(case, by, AidMay.HANDLE_AID, *PAYING)
    if held.dispute is not None:
        raise RuleBroken(
            _("The money of this case is entered in %(case)s, where it counts; take its lines over here.")
            % {"case": held.dispute.reference}
        )
    if amount <= 0 or not evidence.strip():
        raise RuleBroken(_("Write the amount that was paid, and the receipt or bank slip: without a paper it is not counted."))
    if held.granted_on is None or not held.granted_on <= on <= today():
        raise RuleBroken(_("The money came between the day on which aid was granted and today."))
    if recipient is None and held.recipients.count() > 1:
        raise RuleBroken(_("Several are aided: say who got it."))
    whole = recipient or held.recipients.first()
    if whole is not None and whole.aid_id != held.pk:
        raise RuleBroken(_("Several are aided: say who got it."))
    if amount > rules.room_left(held.claimed, received_in(held)):
        raise RuleBroken(_("With this, more would have been paid than was claimed. Look whether it was entered before."))
    slip = _once(rules.slip_of(evidence), on, amount)
    return AidReceipt.objects.create(
        aid=held,
        recipient=whole,
        source=MoneyFrom.HERE,
        received_on=on,
        amount=amount,
        evidence=evidence.strip()[:200],
        slip=slip,
        by=by,
        at=now(),
    )


def _once(number: str, on: date, amount: Decimal) -> str:
    """A slip gives no more than it is over, in disputes and in aid together."""
    slip = rules.slip_key(number, on)
    if not slip:
        return ""
    Slip.objects.bulk_create([Slip(number=slip, total=amount, given=0)], ignore_conflicts=True)
    row = Slip.objects.select_for_update().get(number=slip)
    if row.given == 0 and row.total != amount:
        Slip.objects.filter(pk=row.pk).update(total=amount)
        row.total = amount
    if row.given + amount > row.total or before(number, on, amount):
        raise RuleBroken(
            _("Of this paper, over %(total)s, %(given)s stand in a case already. One yuan counts once: compare the paper.")
            % {"total": f"{row.total:,.2f}", "given": f"{row.given:,.2f}"}
        )
    Slip.objects.filter(pk=row.pk).update(given=F("given") + amount)
    return slip


@transaction.atomic
def take_over(case: Aid, *, by: User) -> list[AidReceipt]:
    """The lines of the linked dispute that came since aid was granted count for the aid too; F048 counts them once, in the dispute."""
    held = hold_aid(case, by, AidMay.HANDLE_AID, *PAYING)
    lines = Receipt.objects.select_for_update().filter(pk__in=[one.pk for one in to_take_over(held)])
    found = [
        AidReceipt.objects.create(
            aid=held,
            source=MoneyFrom.DISPUTE,
            receipt=one,
            received_on=one.received_on,
            amount=one.amount,
            evidence=one.evidence,
            by=by,
            at=now(),
        )
        for one in lines
    ]
    if not found:
        raise RuleBroken(_("No payment of the dispute waits to be taken over. Payments are entered there first."))
    return found


@transaction.atomic
def void_aid_receipt(line: AidReceipt, *, why: str, by: User) -> AidReceipt:
    """A line was entered by mistake: it stays to be read, and counts no more."""
    hold_aid(line.aid, by, AidMay.HANDLE_AID, *PAYING)
    if not why.strip():
        raise RuleBroken(_("Say why it does not count: the line stays, with your reason beside it."))
    if not AidReceipt.objects.filter(pk=line.pk, void=False).update(void=True, void_why=why.strip()[:200]):
        raise Overtaken
    if line.slip:
        Slip.objects.filter(number=line.slip).update(given=F("given") - line.amount)
    line.refresh_from_db()
    return line


# ---------- the end ----------


@transaction.atomic
def finish_aid(case: Aid, *, on: date, result: str, awarded: Decimal | None = None, number: str = "", by: User) -> Aid:
    """The matter is over: what came of it, and how much was awarded (yuan); the report is due within its days."""
    if case.granted_on is None or not case.granted_on <= on <= today():
        raise RuleBroken(_("It was finished between the day on which aid was granted and today."))
    if awarded is not None and awarded < 0:
        raise RuleBroken(_("An award is not negative."))
    put(case, finished_on=on, result=result, awarded=awarded, number=number.strip()[:60], hears_on=None)
    move(case, "finish", by=by)
    return case


@transaction.atomic
def report_aid(case: Aid, *, text: str, by: User) -> Aid:
    """The agent's case report: what was done, and what came of it."""
    if not text.strip():
        raise RuleBroken(_("Write what was done in the case and what came of it."))
    put(case, report=text.strip(), reported_on=today(), reported_by=by)
    move(case, "report", by=by)
    return case


@transaction.atomic
def return_report(case: Aid, *, reason: str, by: User) -> Aid:
    """The report is not complete."""
    move(case, "return", by=by, reason=reason)
    return case


@transaction.atomic
def close_aid(case: Aid, *, by: User) -> Aid:
    """Somebody other than whoever wrote the report reads it, and files the case; its closing sheet gets its number."""
    if case.reported_by_id == by.pk:
        raise Refused(_("Whoever wrote the report does not close the case."))
    put(case, closed_on=today())
    move(case, "close", by=by)
    numbered(case, "aid_closing", by=by)
    tell_aided(case)
    return case


@transaction.atomic
def rate(case: Aid, *, satisfied: str, remark: str = "", by: User) -> Aid:
    """How content she is: said by herself, or to the office at a call back."""
    if not (allows(by, AidMay.OWN_AID, case) or allows(by, AidMay.CLOSE_AID, case)):
        raise Refused(_("Whoever was aided says it herself, or tells it to the office."))
    hold_aid(case, by, AidMay.SUPPLY_AID, S.FINISHED, S.REPORTED, S.CLOSED)
    put(case, satisfied=satisfied, remark=remark.strip()[:200])
    return case


@transaction.atomic
def withdraw_aid(case: Aid, *, reason: str, by: User) -> Aid:
    """The applicant withdraws."""
    _end(case)
    move(case, "withdraw", by=by, reason=reason)
    people = {user.pk: user for user in [*answerable(case.union, "rights"), *([case.handler] if case.handler else [])] if user.pk != by.pk}
    tell(people.values(), "aid-withdrawn", facts={"reference": case.reference}, url=case.get_absolute_url())
    return case


def _end(case: Aid) -> None:
    put(case, closed_on=today(), hears_on=None)
    Assignment.objects.filter(aid=case, ended_at=None, signed_at=None).update(ended_at=now())


@transaction.atomic
def terminate(case: Aid, *, ending: str, reason: str, by: User) -> Aid:
    """Aid is ended before its time, on a ground of the law (Legal Aid Law, art. 48)."""
    _end(case)
    put(case, ending=ending)
    move(case, "terminate", by=by, reason=reason)
    tell_aided(case)
    return case


@transaction.atomic
def hand_over(case: Aid, *, to: str, reason: str, by: User) -> Aid:
    """The legal aid centre of the state goes on with it."""
    if not to.strip():
        raise RuleBroken(_("Write which centre goes on with it."))
    _end(case)
    put(case, handed_to=to.strip()[:120])
    move(case, "transfer", by=by, reason=reason)
    tell_aided(case)
    return case


def aid_rang_late(case: Aid, column: str) -> None:
    """Its day has passed: the figures count it as late from now on."""
    put(case, **{column: "LATE"})


def remind_aid(case: Aid, *, what: Any, due: datetime) -> None:
    """A clock of the case has rung: the office, the agent, and the rights office of the union above are told; of a review, the union that reviews."""
    here = case.reviewer if case.state == S.OBJECTED and case.reviewer is not None else case.union
    above = [one for level, one in sorted(leaders_of(here).items(), reverse=True) if level < here.level][:1]
    people = {user.pk: user for one in (here, *above) for user in answerable(one, "rights")}
    if case.handler is not None:
        people[case.handler.pk] = case.handler
    facts = {"reference": case.reference, "what": what, "until": day_of(due)}
    tell(people.values(), "aid-late", facts=facts, url=case.get_absolute_url(), urgent=True)
