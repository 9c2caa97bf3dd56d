"""What follows an agreement is watched: the next payment that is not covered, the next clause that is not done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.access.models import User
from niangjia.flow.api import wind
from niangjia.kit.dates import today
from niangjia.kit.errors import IllegalStep, Overtaken, Refused, RuleBroken
from niangjia.kit.who import allows
from niangjia.notices.api import tell
from niangjia.rights import rules
from niangjia.rights.enums import DisputeState, May
from niangjia.rights.models import Clause, Dispute
from niangjia.rights.queries import received_of
from niangjia.unions.api import answerable


def follow(held: Dispute) -> None:
    """The clock of the payment runs to the next instalment that is not covered, and stops when all is; the other clock to the next clause."""
    if held.agreed_on is None:
        return
    came, plan = received_of(held), list(held.instalments.values_list("due_on", "amount"))
    facts = {
        "covered": bool(held.agreed) and rules.is_performed(held.agreed or Decimal(0), came),
        "pay_by": rules.next_due(plan, came) if plan else held.pay_by,
        "do_by": held.clauses.filter(done_on=None, due_on__isnull=False).order_by("due_on").values_list("due_on", flat=True).first(),
    }
    if all(getattr(held, name) == value for name, value in facts.items()):
        return
    fresh = facts["covered"] and not held.covered and held.state == DisputeState.AGREED
    Dispute.objects.filter(pk=held.pk).update(**facts)
    for name, value in facts.items():
        setattr(held, name, value)
    wind(held)
    if fresh:
        _covered(held, came)


def _covered(held: Dispute, came: Decimal) -> None:
    """All has come: whoever mediates writes down that it was performed."""
    people = [held.mediator] if held.mediator is not None else answerable(held.handled_by, "rights")
    facts = {"reference": held.reference, "sum": f"{came:,.2f}"}
    tell(people, "dispute-covered", facts=facts, url=held.get_absolute_url())


@transaction.atomic
def do_clause(clause: Clause, *, on: date, proof: str, by: User) -> Clause:
    """What a clause says beside money was done, and what shows it."""
    if not allows(by, May.MEDIATE, clause.dispute):
        raise Refused(_("The mediation is led by its mediator or by the rights office."))
    held = Dispute.objects.select_for_update(of=("self",)).get(pk=clause.dispute_id)
    if held.state != DisputeState.AGREED:
        raise IllegalStep(f"{held.reference} is {held.state}")
    if held.agreed_on is None or not held.agreed_on <= on <= today():
        raise RuleBroken(_("It was done between the day of the agreement (%(day)s) and today.") % {"day": held.agreed_on})
    if not proof.strip():
        raise RuleBroken(_("Write what shows that it was done: a paper, a receipt, who saw it."))
    if not Clause.objects.filter(pk=clause.pk, done_on=None).update(done_on=on, proof=proof.strip()[:200], done_by=by):
        raise Overtaken
    follow(held)
    clause.refresh_from_db()
    return clause
