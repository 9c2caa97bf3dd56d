"""What both sides sign: clauses, what each worker gets, instalments, signatures; and what is filed with courts and commissions about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import wind
from niangjia.kit.answer import place_of
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.rights import rules
from niangjia.rights.actions.claims import ENDED, written_lines
from niangjia.rights.actions.limiting import lapse, relimit
from niangjia.rights.enums import Cause, DisputeState, FilingKind, FilingOutcome, LineOutcome, May
from niangjia.rights.models import Claim, Clause, Dispute, Filing, Instalment, Signature
from niangjia.rights.queries.reckoning import agreement_days, award_days

TOGETHER = (FilingKind.COURT, FilingKind.REVIEW)  # both sides ask for it
# Pay, medical costs of a work injury, severance and damages that were agreed and not paid (Mediation and Arbitration Law, art. 16).
ORDERED = (
    Cause.PAY, Cause.OVERTIME, Cause.ARREARS, Cause.SEVERANCE, Cause.DAMAGES, Cause.INJURY,
)  # fmt: skip
WAYS = {"05": FilingKind.ARBITRATION, "06": FilingKind.INSPECTION, "07": FilingKind.AID}  # where a dispute goes on, by how it ends here
FILING = (
    DisputeState.MEDIATING, DisputeState.PAUSED, DisputeState.AGREED, DisputeState.PERFORMED, DisputeState.CLOSED, DisputeState.REFUSED,
)  # fmt: skip
AFTER = {FilingKind.SUIT: "sue_by", FilingKind.CANCEL: "cancel_by"}  # what is filed after an award, and the term that it keeps


@dataclass(frozen=True)
class Terms:
    """What stands in an agreement beside its number, its day and its amount."""

    clauses: Sequence[str | tuple[str, date | None]] = ()  # what is done beside money, and by which day
    plan: Sequence[tuple[date, Decimal]] = ()  # instalments; none: all of it on one day
    signed: Sequence[tuple[str, str]] = ()  # side, name
    amounts: Mapping[int, Decimal] = field(default_factory=dict)  # by worker; none: in proportion to what each claims
    confirm: bool = False  # both sides want it confirmed

    def said(self) -> list[tuple[str, date | None]]:
        """The clauses that say something, each with its day if it has one."""
        pairs = [(one, None) if isinstance(one, str) else one for one in self.clauses]
        return [(text.strip(), due) for text, due in pairs if text.strip()]


def check_terms(amount: Decimal, on: date, pay_by: date | None, terms: Terms) -> None:
    """Instalments come after the signing and add up to the amount, and so does what each worker gets."""
    dues = [due for _text, due in terms.said() if due is not None]
    if any(due < on for due in dues):
        raise RuleBroken(_("It cannot be due before it was signed."))
    if amount == 0 and not dues:
        raise RuleBroken(_("No money is agreed: write with a clause by which day it is done, so that somebody looks whether it was."))
    if terms.plan:
        days = [day for day, _amount in terms.plan]
        if any(part <= 0 for _day, part in terms.plan) or len(set(days)) < len(days):
            raise RuleBroken(_("Each instalment has its own day, and an amount."))
        if min(days) < on:
            raise RuleBroken(_("It cannot be due before it was signed."))
        _adds_up(
            sum((part for _day, part in terms.plan), Decimal(0)), amount, _("The instalments add up to %(sum)s, and %(amount)s is agreed.")
        )
        if pay_by is not None and pay_by not in days:
            raise RuleBroken(_("Where instalments are agreed, their days say when it is paid."))
    if terms.amounts:
        if any(part < 0 for part in terms.amounts.values()):
            raise RuleBroken(_("An agreement is not negative."))
        _adds_up(sum(terms.amounts.values(), Decimal(0)), amount, _("What the workers get adds up to %(sum)s, and %(amount)s is agreed."))


def _adds_up(sum_: Decimal, amount: Decimal, said: str) -> None:
    if sum_ != amount:
        raise RuleBroken(said % {"sum": f"{sum_:,.2f}", "amount": f"{amount:,.2f}"})


def write_terms(dispute: Dispute, amount: Decimal, on: date, terms: Terms) -> None:
    """Lay the agreement on the lines of the workers, and keep its clauses, its days and its signatures. The row is held by the step that follows."""
    lines = [one for one in written_lines(dispute) if one.outcome not in ENDED]
    parts = _each(lines, terms.amounts) if terms.amounts else rules.in_proportion(amount, [one.claimed for one in lines])
    for one, agreed in zip(lines, parts, strict=True):
        one.agreed, one.outcome = agreed, LineOutcome.AGREED
    Claim.objects.bulk_update(lines, ["agreed", "outcome"], batch_size=1000)
    Clause.objects.bulk_create(
        Clause(dispute=dispute, n=n, text=text[:500], due_on=due) for n, (text, due) in enumerate(terms.said(), start=1)
    )
    Instalment.objects.bulk_create(Instalment(dispute=dispute, due_on=day, amount=part) for day, part in terms.plan)
    Signature.objects.bulk_create(
        Signature(dispute=dispute, side=side, name=name.strip()[:60], on=on) for side, name in terms.signed if name.strip()
    )


def _each(lines: Sequence[Claim], amounts: Mapping[int, Decimal]) -> list[Decimal]:
    """What each worker gets, laid on her lines in their order; nobody gets more than she claims."""
    left, parts = dict(amounts), []
    for one in lines:
        part = min(one.claimed, left.get(one.claimant_id, Decimal(0)))
        parts.append(part)
        if part:
            left[one.claimant_id] -= part
    if any(rest > 0 for rest in left.values()):
        raise RuleBroken(_("A worker would get more than she claims. If her claim has grown, correct it first."))
    return parts


def confirm_until(dispute: Dispute, on: date) -> date:
    """The last day on which both sides may have what they signed on a day confirmed by the court."""
    return agreement_days(place_of(dispute), on)["confirm"]


@transaction.atomic
def file(dispute: Dispute, *, kind: str, body: str, filed_on: date, number: str = "", note: str = "", by: User) -> Filing:
    """Something is filed with a court, a commission or an authority: what, where, when, and under which number there."""
    if not allows(by, May.MEDIATE, dispute):
        raise Refused(_("The mediation is led by its mediator or by the rights office."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute.pk)
    if held.state not in FILING:
        raise IllegalStep(f"{held.reference} is {held.state}")
    if not body.strip():
        raise RuleBroken(_("Write where it was filed."))
    if filed_on > today() or filed_on < held.applied_on:
        raise RuleBroken(_("It was filed between the application (%(day)s) and today.") % {"day": held.applied_on})
    if kind in TOGETHER:
        _within_its_days(held, kind, filed_on)
    if kind == FilingKind.ORDER:
        _may_be_ordered(held, filed_on)
    if kind in (*AFTER, FilingKind.ENFORCE):
        _after_award(held, kind, filed_on)
    if Filing.objects.filter(dispute=held, kind=kind, outcome="").exists():
        raise RuleBroken(_("This was filed already, and waits for its decision."))
    made = Filing.objects.create(
        dispute=held, kind=kind, body=body.strip()[:120], number=number.strip()[:60], filed_on=filed_on, note=note.strip()[:200], by=by
    )
    if kind in TOGETHER and held.confirm_by is not None:
        Dispute.objects.filter(pk=held.pk).update(confirm_by=None)
        held.confirm_by = None
        wind(held)
    if kind in AFTER:
        lapse(held, AFTER[FilingKind(kind)])
    relimit(held)
    return made


def _after_award(held: Dispute, kind: str, filed_on: date) -> None:
    """Who goes to court, asks to set an award aside or to enforce it has an award, or for enforcement an order or a confirmed agreement."""
    award = Filing.objects.filter(dispute=held, kind=FilingKind.ARBITRATION, served_on__lte=filed_on).order_by("-served_on").first()
    if kind == FilingKind.ENFORCE:
        titles = (FilingKind.COURT, FilingKind.REVIEW, FilingKind.ORDER, FilingKind.ARBITRATION, FilingKind.SUIT)
        if not Filing.objects.filter(dispute=held, kind__in=titles, outcome=FilingOutcome.GRANTED, decided_on__lte=filed_on).exists():
            raise RuleBroken(
                _("Enforcement needs an award, a judgment, a payment order or a confirmed agreement: record its decision first.")
            )
        return
    if award is None:
        raise RuleBroken(
            _("No award was received yet: record the decision of the commission first, with the day on which it was received.")
        )
    if kind == FilingKind.CANCEL and not award.final:
        raise RuleBroken(_("Only an award that is final for the employer can be set aside at its request (art. 49)."))


def _within_its_days(held: Dispute, kind: str, filed_on: date) -> None:
    """Both sides ask within thirty days of the agreement at the court, within fifteen at the commission (Civil Procedure Law, art. 205)."""
    if held.agreed_on is None:
        raise RuleBroken(_("There is no agreement yet that could be confirmed."))
    last = agreement_days(place_of(held), held.agreed_on)["confirm" if kind == FilingKind.COURT else "review"]
    if filed_on > last:
        raise RuleBroken(_("Both sides could ask for it until %(day)s. A payment order or arbitration remains open.") % {"day": last})


def _may_be_ordered(held: Dispute, filed_on: date) -> None:
    """A payment order is asked for where pay, injury costs, severance or damages were agreed and are not paid in time (art. 16)."""
    if held.state != DisputeState.AGREED or held.pay_by is None or filed_on <= held.pay_by:
        raise RuleBroken(_("A payment order is asked for when what was agreed is not paid by its day."))
    if not (held.cause in ORDERED or Claim.objects.filter(claimant__dispute=held, kind__in=ORDERED, agreed__gt=0).exists()):
        raise RuleBroken(_("A payment order is for pay, medical costs of work injuries, severance pay and damages (art. 16)."))


@transaction.atomic
def decide(
    filing: Filing, *, outcome: str, on: date, number: str = "", served_on: date | None = None, final: bool = False, by: User
) -> Filing:
    """The court, the commission or the authority has answered. With the day on which an award was received, what follows it runs (arts 48 to 50)."""
    if not allows(by, May.MEDIATE, filing.dispute):
        raise Refused(_("The mediation is led by its mediator or by the rights office."))
    if outcome not in FilingOutcome.values:
        raise RuleBroken(_("Say what came of it."))
    if on > today() or on < filing.filed_on:
        raise RuleBroken(_("It was decided between the day on which it was filed (%(day)s) and today.") % {"day": filing.filed_on})
    if served_on is not None and (filing.kind != FilingKind.ARBITRATION or outcome == FilingOutcome.WITHDRAWN):
        raise RuleBroken(_("Only an award of the commission is received; leave this day empty."))
    if served_on is not None and not on <= served_on <= today():
        raise RuleBroken(_("It was received between the day of the award (%(day)s) and today.") % {"day": on})
    if filing.kind == FilingKind.ARBITRATION and outcome != FilingOutcome.WITHDRAWN and served_on is None:
        raise RuleBroken(_("Write when the award was received: the days to go to court run from there."))
    facts: dict[str, Any] = {"outcome": outcome, "decided_on": on, "served_on": served_on, "final": final and served_on is not None}
    facts |= {"number": number.strip()[:60]} if number.strip() else {}
    if not Filing.objects.filter(pk=filing.pk, outcome="").update(**facts):
        raise Overtaken
    filing.refresh_from_db()
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=filing.dispute_id)
    if served_on is not None:
        _watch_award(held, served_on, final=final)
    relimit(held)
    return filing


def _watch_award(held: Dispute, served_on: date, *, final: bool) -> None:
    """Fifteen days to go to court (arts 48, 50); of a final award thirty in which the employer may have it set aside (art. 49)."""
    last = award_days(place_of(held), served_on)
    days = {"sue_by": last["sue"], "cancel_by": last["cancel"] if final else None}
    days = {name: day if day is not None and day >= today() else None for name, day in days.items()}
    Dispute.objects.filter(pk=held.pk).update(**days)
    for name, day in days.items():
        setattr(held, name, day)
    wind(held)
