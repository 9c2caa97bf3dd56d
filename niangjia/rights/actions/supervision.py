"""A supervision case: a lead is taken up or declined in writing, looked into by supervisors with cards, and brought to correction by letters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from niangjia.access.api import note
from niangjia.access.models import User
from niangjia.flow.api import clocks, move, start
from niangjia.kit import crypt
from niangjia.kit.answer import asking
from niangjia.kit.dates import at as moment_at
from niangjia.kit.dates import day_of, now, today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.numbers import next_reference
from niangjia.kit.who import allows, permitted
from niangjia.notices.api import tell
from niangjia.rights import parameters
from niangjia.rights.actions.papers import number, strike
from niangjia.rights.drawn.supervision import KINDS
from niangjia.rights.enums import May
from niangjia.rights.models import Charge, Dispute, Inquiry, Letter, Referral, Supervision, Supervisor
from niangjia.rights.queries.supervision import cards_of, firm_union_of, letter_of, ties_to, waiting
from niangjia.rights.reckoning import supervision as rules
from niangjia.rights.supervised import COMPLAINANT, Lead, LetterKind, SupervisionEnd, SupervisionState
from niangjia.unions.api import answerable
from niangjia.unions.models import Employer, Office, Union

S = SupervisionState
CHARGING = (S.INVESTIGATING, S.REMINDED, S.SIGNING, S.SIGNED, S.DEMANDED, S.ADVISED)
ASKING = (S.INVESTIGATING, S.REMINDED, S.DEMANDED, S.ADVISED)
REFERRING = (S.DEMANDED, S.ADVISED, S.CORRECTED, S.CLOSED)
SIGNS = {LetterKind.REMINDER: "sign-reminder", LetterKind.OPINION: "sign", LetterKind.ADVICE: "sign-advice"}
LINKING = (*CHARGING, S.CORRECTED, S.CLOSED)


@dataclass(frozen=True)
class Told:
    """What is told or found of an employer, and by whom."""

    employer: Employer
    lead: str
    breach: str
    facts: str
    received_on: date
    name: str = ""
    contact: str = ""
    confidential: bool = False


@dataclass(frozen=True)
class Draft:
    """What a letter says."""

    to: str
    found: str
    articles: str
    asks: str
    risks: str = ""
    answer_by: date | None = None


def _hold(case: Supervision, by: User, *states: str, may: str = May.SUPERVISE) -> Supervision:
    """The row, held; refused to others, and where it does not stand so."""
    if not allows(by, may, case):
        raise Refused(_("A supervision case is led by the rights office that handles it, or by the supervisors charged with it."))
    held = Supervision.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if states and held.state not in states:
        raise IllegalStep(f"{held.reference} is {held.state}")
    return held


def _put(case: Supervision, **facts: Any) -> None:
    Supervision.objects.filter(pk=case.pk).update(**facts)
    for name, value in facts.items():
        setattr(case, name, value)


@transaction.atomic
def open_supervision(union: Union, said: Told, *, by: User) -> Supervision:
    """A lead comes in. What a union found itself is in its scope already, and is taken up in the same breath."""
    if not allows(by, May.OPEN_SUPERVISION, union):
        raise Refused(_("Leads here are recorded by the union itself or by a rights office above."))
    if said.received_on > today():
        raise RuleBroken(_("The day lies ahead; write the day on which it came in."))
    if not said.facts.strip():
        raise RuleBroken(_("Write what was told or seen."))
    if said.lead == Lead.COMPLAINT and not said.name.strip() and said.confidential:
        raise RuleBroken(_("A complaint without a name needs no confidence: nobody is named in it."))
    if said.confidential and union.level > 3:
        raise RuleBroken(
            _("A confidential complaint is taken by a union above the employer's: by the township's, the county's or the city's.")
        )
    who = json.dumps({"name": said.name.strip()[:60], "contact": said.contact.strip()[:60]}, ensure_ascii=False)
    case = Supervision.objects.create(
        reference=next_reference(Supervision, "JD"), union=union, township_id=union.township_id, county_id=union.county_id, employer=said.employer,
        firm_union=firm_union_of(said.employer, union), lead=said.lead, breach=said.breach, facts=said.facts.strip(), confidential=said.confidential,
        complainant_sealed=crypt.seal_one(who, COMPLAINANT) if said.name.strip() or said.contact.strip() else None, received_on=said.received_on, by=by,
    )  # fmt: skip
    start(case, by=by, at=now() if said.received_on == today() else moment_at(said.received_on))
    if said.lead == Lead.FOUND:
        take_up(case, by=by)
    return case


@transaction.atomic
def take_up(case: Supervision, *, by: User) -> Supervision:
    """It is in scope: the inquiry begins."""
    _put(case, accepted_on=today())
    move(case, "take-up", by=by)
    return case


@transaction.atomic
def decline(case: Supervision, *, reason: str, by: User) -> Supervision:
    """It is not in scope: whoever complained is told in writing, within the days of art. 17."""
    move(case, "decline", by=by, reason=reason)
    number(case, "ls_out", by=by, facts=reason)
    return case


@transaction.atomic
def disclose_complainant(case: Supervision, *, why: str, by: User) -> tuple[str, str]:
    """Show who complained and how she is reached; who looked, and why, is written down first."""
    if not allows(by, May.SEE_LEAD, case):
        raise Refused(_("Who complained is known only to the office that handles it and to its supervisors."))
    if not why.strip():
        raise RuleBroken(_("Say why you need to see it: your reason is kept with your name."))
    if case.complainant_sealed is None:
        raise RuleBroken(_("Nobody gave a name."))
    note([("revealed", "rights.supervision", case.pk, why.strip()[:200])], by=by)
    said = json.loads(crypt.unseal(case.complainant_sealed, COMPLAINANT))
    return said["name"], said["contact"]


@transaction.atomic
def charge(case: Supervision, supervisor: Supervisor, *, by: User) -> Charge:
    """A supervisor whose card holds is charged with the case; nobody who works for the employer or its union looks into it."""
    held = _hold(case, by, *CHARGING, may=May.CHARGE_SUPERVISOR)
    if not supervisor.active or supervisor.card_until < today():
        raise RuleBroken(_("The card of %(name)s holds no more. Renew it on the roster first.") % {"name": supervisor.name})
    if held.firm_union_id is not None and ties_to(supervisor, held):
        raise RuleBroken(
            _("%(name)s holds an office in the union of this employer, and does not look into it.") % {"name": supervisor.name}
        )
    try:
        with transaction.atomic():
            return Charge.objects.create(supervision=held, supervisor=supervisor, by=by, at=now())
    except IntegrityError as fault:
        raise RuleBroken(_("%(name)s is charged with it already.") % {"name": supervisor.name}) from fault


@transaction.atomic
def discharge(line: Charge, *, why: str, by: User) -> Charge:
    """A supervisor steps back, with the reason."""
    _hold(line.supervision, by, *CHARGING, may=May.CHARGE_SUPERVISOR)
    if not why.strip():
        raise RuleBroken(_("Say why: whoever reads the story later will ask."))
    if not Charge.objects.filter(pk=line.pk, ended_at=None).update(ended_at=now(), why=why.strip()[:200]):
        raise Overtaken
    line.refresh_from_db()
    return line


def _enough(case: Supervision, day: date) -> None:
    least = asking(case, day)(parameters.SUPERVISORS_LEAST)
    if not rules.cards_fit(cards_of(case), day, least):
        raise RuleBroken(_("At least %(n)d supervisors whose cards hold look into a case. Charge them first.") % {"n": least})


@transaction.atomic
def inquire(case: Supervision, *, on: date, place: str, text: str, by: User) -> Inquiry:
    """Two or more supervisors went there with their cards; what they found is written down."""
    held = _hold(case, by, *ASKING)
    if not (held.accepted_on or held.received_on) <= on <= today():
        raise RuleBroken(
            _("The inquiry was held between the day on which it was taken up (%(day)s) and today.") % {"day": held.accepted_on}
        )
    _enough(held, on)
    if not place.strip() or not text.strip():
        raise RuleBroken(_("Write where it was held and what was found."))
    return Inquiry.objects.create(supervision=held, on=on, place=place.strip()[:120], text=text.strip(), by=by, at=now())


def _looked_into(case: Supervision) -> None:
    _enough(case, today())
    if not case.inquiries.exists():
        raise RuleBroken(_("Nobody has looked into it yet: record the inquiry first."))


def _write(case: Supervision, kind: str, said: Draft, by: User) -> Letter:
    if not said.found.strip() or not said.articles.strip() or not said.asks.strip() or not said.to.strip():
        raise RuleBroken(_("A letter says to whom it goes, what was found, which article is broken and what is asked."))
    return Letter.objects.create(
        supervision=case, kind=kind, to=said.to.strip()[:120], found=said.found.strip(), articles=said.articles.strip()[:300], asks=said.asks.strip(),
        risks=said.risks.strip(), answer_by=said.answer_by, drafted_by=by, drafted_at=now(),
    )  # fmt: skip


def _send(letter: Letter, by: User) -> Letter:
    """It gets its number and lies on the case; from this day it counts."""
    made = number(letter.supervision, KINDS[LetterKind(letter.kind)], by=by, facts=letter)
    letter.paper, letter.sent_on = made, today()
    letter.save(update_fields=["paper", "sent_on"])
    return letter


@transaction.atomic
def remind_firm(case: Supervision, said: Draft, *, by: User) -> Letter:
    """提示函: drafted, and laid before the chair or a vice-chair; the employer is told of risks and advised, and it names its own day."""
    _looked_into(case)
    if said.answer_by is None or said.answer_by <= today():
        raise RuleBroken(_("The letter asks for an answer by a day that lies ahead."))
    _put(case, answer_by=said.answer_by)
    move(case, "remind", by=by)
    return _lay_before(case, _write(case, LetterKind.REMINDER, said, by), by)


def _lay_before(case: Supervision, letter: Letter, by: User) -> Letter:
    """Whoever may sign is told that a letter waits."""
    people = {user.pk: user for duty in ("chair", "leader") for user in answerable(case.union, duty) if user.pk != by.pk}
    tell(people.values(), "supervision-to-sign", facts={"reference": case.reference}, url=case.get_absolute_url())
    return letter


@transaction.atomic
def demand(case: Supervision, said: Draft, *, by: User) -> Letter:
    """意见书: drafted, and laid before the chair or a vice-chair."""
    _looked_into(case)
    move(case, "demand", by=by)
    return _lay_before(case, _write(case, LetterKind.OPINION, said, by), by)


@transaction.atomic
def sign(case: Supervision, *, by: User) -> Letter:
    """The chair or a vice-chair signs; the letter gets its number."""
    letter = waiting(case)
    if letter is not None and letter.answer_by is not None and letter.answer_by <= today():
        raise RuleBroken(_("The day by which it asks for an answer has passed. Give it back, so that it is written anew."))
    move(case, SIGNS[LetterKind(letter.kind)] if letter is not None else "sign", by=by)
    letter = waiting(case)
    if letter is None:
        raise Overtaken
    post = (
        Office.objects.filter(user=by, duty__in=["chair", "leader"]).filter(Q(until=None) | Q(until__gt=today())).order_by("-since").first()
    )
    letter.signed_by, letter.signed_as = by, post.post[:60] if post else ""
    letter.save(update_fields=["signed_by", "signed_as"])
    return _send(letter, by)


def _drop(letter: Letter, why: str, by: User) -> None:
    letter.void, letter.void_why = True, why.strip()[:200]
    letter.save(update_fields=["void", "void_why"])
    if letter.paper is not None:
        strike(letter.paper, why=why, by=by)


@transaction.atomic
def give_back(case: Supervision, *, reason: str, by: User) -> Supervision:
    """The draft is not signed, with the reason; it may be drafted anew."""
    letter = waiting(case)
    move(case, "return-advice" if letter is not None and letter.kind == LetterKind.ADVICE else "give-back", by=by, reason=reason)
    if letter is not None:
        _drop(letter, reason, by)
    return case


@transaction.atomic
def recall_letter(case: Supervision, *, reason: str, by: User) -> Supervision:
    """A letter that was not served yet is taken back; its number stays in the register, void."""
    letter = letter_of(case, LetterKind.OPINION if case.state == S.SIGNED else LetterKind.REMINDER)
    if letter.served_on is not None:
        raise RuleBroken(_("What was served is not taken back; go on with the next letter, or record the correction."))
    move(case, "recall", by=by, reason=reason)
    _drop(letter, reason, by)
    return case


@transaction.atomic
def serve(letter: Letter, *, on: date, how: str, to: str, by: User) -> Letter:
    """送达回证: when, how and to whom a letter was served. The employer's days run from the serving of the opinion."""
    case = _hold(letter.supervision, by)
    letter.refresh_from_db()
    if letter.void or letter.served_on is not None:
        raise Overtaken
    if letter.sent_on is None or not letter.sent_on <= on <= today():
        raise RuleBroken(_("It was served between the day on which it got its number and today."))
    if not to.strip():
        raise RuleBroken(_("Write who received it, as on the serving record."))
    Letter.objects.filter(pk=letter.pk).update(served_on=on, served_how=how, served_to=to.strip()[:60])
    letter.refresh_from_db()
    if letter.kind == LetterKind.OPINION:
        _put(case, served_on=on)
        move(case, "serve", by=by)
    return letter


@transaction.atomic
def answer_letter(letter: Letter, *, on: date, reply: str, text: str, by: User) -> Letter:
    """What the employer, or the bureau, answered, and when."""
    _hold(letter.supervision, by, S.REMINDED, S.SIGNING, S.SIGNED, S.DEMANDED, S.ADVISED)
    letter.refresh_from_db()
    if letter.served_on is None or letter.void:
        raise RuleBroken(_("Record first when it was served."))
    if letter.reply:
        raise Overtaken
    if not letter.served_on <= on <= today():
        raise RuleBroken(_("The answer came between the serving and today."))
    Letter.objects.filter(pk=letter.pk).update(answered_on=on, reply=reply, answer=text.strip())
    letter.refresh_from_db()
    return letter


@transaction.atomic
def correct(case: Supervision, *, reason: str, by: User) -> Supervision:
    """The employer has corrected it; how that was seen is the reason."""
    move(case, "correct", by=by, reason=reason)
    return case


@transaction.atomic
def advise(case: Supervision, said: Draft, *, by: User) -> Letter:
    """建议书 to the labour bureau, laid before the chair or a vice-chair: where the employer refused, or let its days pass without correction (arts 22 and 23)."""
    opinion = letter_of(case, LetterKind.OPINION)
    running = next((clock for clock in clocks(case) if clock.code == "LS-D3"), None)
    if not rules.may_advise(opinion.reply, day_of(running.due_at) if running else None, today()):
        raise RuleBroken(_("The employer's days still run, and it has not refused. Record its answer, or wait until %(day)s.")
                         % {"day": day_of(running.due_at) if running else ""})  # fmt: skip
    move(case, "advise", by=by)
    return _lay_before(case, _write(case, LetterKind.ADVICE, said, by), by)


@transaction.atomic
def clear(case: Supervision, *, reason: str, by: User) -> Supervision:
    """Supervisors looked into it and found no breach."""
    _looked_into(case)
    _put(case, outcome=SupervisionEnd.CLEAR, closed_on=today())
    move(case, "clear", by=by, reason=reason)
    return case


@transaction.atomic
def close_supervision(case: Supervision, *, outcome: str, reason: str, by: User) -> Supervision:
    """It ends: corrected, ordered by the bureau, dealt with by others."""
    if not rules.may_end(case.state, outcome):
        raise RuleBroken(_("A case cannot end in this way from where it stands."))
    _put(case, outcome=outcome, closed_on=today())
    move(case, "close", by=by, reason=reason)
    return case


@transaction.atomic
def refer_supervision(case: Supervision, *, kind: str, body: str, on: date, number: str = "", by: User) -> Referral:
    """The procuratorate, a court or a department is told."""
    held = _hold(case, by, *REFERRING)
    if not body.strip():
        raise RuleBroken(_("Write who was told."))
    if on > today():
        raise RuleBroken(_("The day lies ahead; record it when it has been done."))
    return Referral.objects.create(supervision=held, kind=kind, body=body.strip()[:120], number=number.strip()[:60], on=on, by=by)


@transaction.atomic
def record_result(line: Referral, *, on: date, text: str, by: User) -> Referral:
    """What came of it."""
    _hold(line.supervision, by)
    if not text.strip() or not line.on <= on <= today():
        raise RuleBroken(_("Write what came of it, and on which day since it was told."))
    if not Referral.objects.filter(pk=line.pk, result="").update(result=text.strip()[:500], result_on=on):
        raise Overtaken
    line.refresh_from_db()
    return line


@transaction.atomic
def link_dispute(case: Supervision, reference: str, *, by: User) -> Dispute:
    """The dispute in which the money is recorded: it counts there, and nowhere else."""
    held = _hold(case, by, *LINKING)
    found: Dispute | None = permitted(by, May.SEE_DISPUTE).filter(reference=reference.strip().upper()).first()
    if found is None:
        raise RuleBroken(_("No dispute that you may see bears this number."))
    if not found.respondents.filter(employer=held.employer_id).exists():
        raise RuleBroken(_("%(reference)s is not about this employer.") % {"reference": found.reference})
    try:
        with transaction.atomic():
            _put(held, dispute=found)
    except IntegrityError as fault:
        raise RuleBroken(_("%(reference)s belongs to another supervision case already.") % {"reference": found.reference}) from fault
    case.dispute = found
    return found
